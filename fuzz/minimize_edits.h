/* SPDX-License-Identifier: MIT */
/*
 * minimize_edits.h: the edits that minimizing tries, as minimize.h's table
 * lists them. Each makes the nr-th change of its kind, from 0.
 */
#ifndef FUZZ_MINIMIZE_EDITS_H
#define FUZZ_MINIMIZE_EDITS_H

#include "minimize.h"

#define EDIT(name, search)                                                     \
	enum edit_result edit_##name(struct program *program, unsigned int nr);
#include "minimize_edits.def"

#endif
