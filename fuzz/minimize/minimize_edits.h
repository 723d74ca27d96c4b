/* SPDX-License-Identifier: MIT */
/*
 * minimize_edits.h: the edits that minimizing tries, as minimize.h's table
 * lists them. Each makes the nr-th change of its kind, from 0.
 */
#ifndef FUZZ_MINIMIZE_EDITS_H
#define FUZZ_MINIMIZE_EDITS_H

#include "minimize.h"

#define EDIT(name, kind)                                                       \
	edit_make edit_##name;
#include "minimize_edits.def"

/* --------------------------------------------------- minimize_dissolve.c */

/*
 * Other tasks do what one did, when it did it in the run @outcome. Operations
 * that did not begin go.
 */
enum edit_result edit_dissolve_task(struct program *program,
				    const struct outcome *outcome,
				    unsigned int nr);

/* ------------------------------------------------------- minimize_grow.c */

/* One operation more. */
edit_make grow_by_one;
/* Two: a reference on a block is taken and put. */
edit_make grow_by_reference;

#endif
