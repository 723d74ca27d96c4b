/* SPDX-License-Identifier: MIT */
/*
 * cmd_run_elsewhere.h: what pagerace run does with a story and a --target that
 * it was not made for.
 */
#ifndef FUZZ_CMD_RUN_ELSEWHERE_H
#define FUZZ_CMD_RUN_ELSEWHERE_H

#include "command.h"

/* Text that is for another target. Bytes, and random walks, are for any. */
bool run_is_elsewhere(const struct input *input, const struct options *options);
/* The same revert there, by commit id or name. Returns: NULL, having said why. */
const struct variant *run_elsewhere_variant(const struct input *input,
					    const struct options *options);
/* Find its end anew. Returns: the exit code. */
int run_elsewhere(struct player *player, const struct variant *variant,
		  struct input *input, const char *expect,
		  const struct options *options);

#endif
