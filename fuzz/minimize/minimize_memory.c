/* SPDX-License-Identifier: MIT */
/* minimize_memory.c: see minimize_memory.h. */
#include "minimize_memory.h"

#include <stdlib.h>

#include "edit.h"
#include "engine.h"

#define MEMORY_SEARCHES 4096

struct memory {
	unsigned int nr;
	struct made {
		unsigned int preemptions, reorderings;
		unsigned long limit, longest;
		bool exhaustive;
		struct program program; /* with reorderings alone */
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

/* What a search goes by: its schedules are its own. */
static struct program searched(const struct program *program)
{
	struct program bare = *program;

	edit_keep_reorderings(&bare);
	return bare;
}

void memory_add(struct memory *memory, const struct program *program,
		const struct search *search)
{
	struct made *made = &memory->searches[memory->nr];

	if (memory->nr == MEMORY_SEARCHES)
		return;
	*made = (struct made){
		.preemptions = search->preemptions,
		.reorderings = search->reorderings,
		.limit = search->limit,
		.longest = search->longest,
		.exhaustive = search->exhaustive,
		.program = searched(program),
	};
	memory->nr++;
}

/* An exhaustive one says what any with shorter runs would say. */
static bool says_it(const struct made *made, const struct search *search)
{
	if (made->preemptions != search->preemptions ||
	    made->reorderings != search->reorderings)
		return false;
	if (made->exhaustive)
		return made->longest >= search->longest;
	return made->limit == search->limit && made->longest == search->longest;
}

bool memory_knows(const struct memory *memory, const struct program *program,
		  const struct search *search)
{
	struct program bare = searched(program);
	unsigned int i;

	for (i = 0; i < memory->nr; i++)
		if (says_it(&memory->searches[i], search) &&
		    program_equal(&memory->searches[i].program, &bare))
			return true;
	return false;
}
