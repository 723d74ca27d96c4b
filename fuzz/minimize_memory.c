/* SPDX-License-Identifier: MIT */
/* minimize_memory.c: see minimize_memory.h. */
#include "minimize_memory.h"

#include <stdlib.h>

#include "engine.h"

#define MEMORY_SEARCHES 4096

struct memory {
	unsigned int nr;
	struct {
		unsigned int preemptions;
		struct program program; /* without switches */
	} searches[MEMORY_SEARCHES];
};

struct memory *memory_create(void)
{
	struct memory *memory = malloc(sizeof(*memory));

	ensure(memory);
	memory->nr = 0;
	return memory;
}

void memory_destroy(struct memory *memory)
{
	free(memory);
}

void memory_add(struct memory *memory, const struct program *program,
		unsigned int preemptions)
{
	if (memory->nr == MEMORY_SEARCHES)
		return;
	memory->searches[memory->nr].preemptions = preemptions;
	memory->searches[memory->nr].program = *program;
	memory->searches[memory->nr].program.nr_switches = 0;
	memory->nr++;
}

bool memory_knows(const struct memory *memory, const struct program *program,
		  unsigned int preemptions)
{
	struct program bare = *program;
	unsigned int i;

	bare.nr_switches = 0;
	for (i = 0; i < memory->nr; i++)
		if (memory->searches[i].preemptions == preemptions &&
		    program_equal(&memory->searches[i].program, &bare))
			return true;
	return false;
}
