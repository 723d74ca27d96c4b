/* SPDX-License-Identifier: MIT */
/*
 * minimize_memory.h: a memory of searches that were in vain, so that none is
 * made twice. Forgets what does not fit; that costs time and nothing else.
 */
#ifndef FUZZ_MINIMIZE_MEMORY_H
#define FUZZ_MINIMIZE_MEMORY_H

#include "program.h"

struct memory;

struct memory *memory_create(void);
void memory_destroy(struct memory *memory);
/* The schedules of @program's operations with at most @preemptions. */
void memory_add(struct memory *memory, const struct program *program,
		unsigned int preemptions);
bool memory_knows(const struct memory *memory, const struct program *program,
		  unsigned int preemptions);

#endif
