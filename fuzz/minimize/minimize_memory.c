/* SPDX-License-Identifier: MIT */
/* minimize_memory.c: see minimize_memory.h. */
#include "minimize_memory.h"

#include <stdlib.h>

#include "engine.h"

#define MEMORY_SEARCHES 4096

struct memory {
	unsigned int nr;
	struct made {
		unsigned int preemptions;
		unsigned long limit, longest;
		bool exhaustive;
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
		const struct search *search)
{
	struct made *made = &memory->searches[memory->nr];

	if (memory->nr == MEMORY_SEARCHES)
		return;
	*made = (struct made){
		.preemptions = search->preemptions,
		.limit = search->limit,
		.longest = search->longest,
		.exhaustive = search->exhaustive,
		.program = *program,
	};
	made->program.nr_switches = 0;
	memory->nr++;
}

/* An exhaustive one says what any with shorter runs would say. */
static bool says_it(const struct made *made, const struct search *search)
{
	if (made->preemptions != search->preemptions)
		return false;
	if (made->exhaustive)
		return made->longest >= search->longest;
	return made->limit == search->limit && made->longest == search->longest;
}

bool memory_knows(const struct memory *memory, const struct program *program,
		  const struct search *search)
{
	struct program bare = *program;
	unsigned int i;

	bare.nr_switches = 0;
	for (i = 0; i < memory->nr; i++)
		if (says_it(&memory->searches[i], search) &&
		    program_equal(&memory->searches[i].program, &bare))
			return true;
	return false;
}
