/* SPDX-License-Identifier: MIT */
/*
 * gates_show.h: gates, asked for: the run watched, the kernel's file opened, all of it
 * printed; for who has the command line.
 */
#ifndef FUZZ_GATES_SHOW_H
#define FUZZ_GATES_SHOW_H

#include "show.h"

/* Of the next run that @player plays to be shown gates are asked. */
void gates_watch(struct player *player);
/*
 * Of that run, @show: on standard output. @vmlinux: a file, or NULL. Returns: 0; 1 if
 * something is not expressed; 2 in trouble, having said why.
 */
int gates_show(struct player *player, const struct show *show, const char *file,
	       const char *vmlinux);

#endif
