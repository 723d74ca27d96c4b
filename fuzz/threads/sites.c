/* SPDX-License-Identifier: MIT */
/*
 * sites.c: from a place in the program's code to its sites.
 *
 * The build has found the places and sorted them; what was looked up is kept in
 * a table by address.
 */
#include "ensure.h"
#include "runtime.h"

#define CACHE 4096 /* entries; a power of two */

static struct entry {
	uintptr_t where;
	enum machine_kind kind;
	struct site *site;
} cache[CACHE];

struct site *threads_own_site(enum machine_kind kind)
{
	struct site *site = threads.program->sites;
	unsigned int i;

	for (i = 0; i < THREADS_SITES; i++)
		if (site[i].kind == kind)
			return &site[i];
	ensure(!"a site of each kind");
	return NULL;
}

static const struct threads_place *place_of(uintptr_t where)
{
	const struct threads_program *program = threads.program;
	uintptr_t offset = where - (uintptr_t)program->text;
	size_t low = 0, high = program->nr_places;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (program->places[middle].offset < offset)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == program->nr_places || program->places[low].offset != offset)
		return NULL;
	return &program->places[low];
}

static struct site *find_site(uintptr_t where, enum machine_kind kind)
{
	const struct threads_place *place = place_of(where);
	uint32_t i;

	/* Behind the last place there is a row that ends them. */
	for (i = place ? place->site : 0; place && i < place[1].site; i++)
		if (threads.program->sites[i].kind == kind)
			return &threads.program->sites[i];
	return threads_own_site(kind);
}

struct site *threads_site(uintptr_t where, enum machine_kind kind)
{
	struct entry *entry =
		&cache[(where ^ where >> 12 ^ (uintptr_t)kind << 7) % CACHE];

	if (entry->where == where && entry->kind == kind)
		return entry->site;
	*entry = (struct entry){ where, kind, find_site(where, kind) };
	return entry->site;
}
