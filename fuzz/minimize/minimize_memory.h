/* SPDX-License-Identifier: MIT */
/*
 * minimize_memory.h: a memory of searches that were in vain, so that none is
 * made twice. Forgets what does not fit; that costs time and nothing else.
 */
#ifndef FUZZ_MINIMIZE_MEMORY_H
#define FUZZ_MINIMIZE_MEMORY_H

#include "worker.h"

struct memory;

struct memory *memory_create(void);
void memory_destroy(struct memory *memory);
/* @search, as it ended, of the schedules of @program's operations. */
void memory_add(struct memory *memory, const struct program *program,
		const struct search *search);
/* Would @search find no more than one that was made already? */
bool memory_knows(const struct memory *memory, const struct program *program,
		  const struct search *search);

#endif
