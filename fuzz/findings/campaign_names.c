/* SPDX-License-Identifier: MIT */
/* campaign_names.c: a set of file names. See campaign.h. */
#include <stdlib.h>
#include <string.h>

#include "campaign.h"
#include "hash.h"

/* Where @name stands, or would stand. */
static size_t *slot_of(const struct names *names, const char *name)
{
	size_t all = 2 * names->room;
	size_t at = hash_contents(name, strlen(name)) % all;

	while (names->slots[at] &&
	       strcmp(names->name[names->slots[at] - 1], name))
		at = (at + 1) % all;
	return &names->slots[at];
}

static void names_grow(struct names *names)
{
	size_t i;

	names->room = names->room ? 2 * names->room : 256;
	names->name = realloc(names->name,
			      names->room * sizeof(*names->name));
	free(names->slots);
	names->slots = calloc(2 * names->room, sizeof(*names->slots));
	ensure(names->name && names->slots);
	for (i = 0; i < names->nr; i++)
		*slot_of(names, names->name[i]) = i + 1;
}

bool names_has(const struct names *names, const char *name)
{
	return names->room && *slot_of(names, name);
}

bool names_add(struct names *names, const char *name)
{
	if (names_has(names, name))
		return false;
	if (names->nr == names->room)
		names_grow(names);
	names->name[names->nr] = strdup(name);
	ensure(names->name[names->nr]);
	*slot_of(names, name) = ++names->nr;
	return true;
}

void names_free(struct names *names)
{
	while (names->nr)
		free(names->name[--names->nr]);
	free(names->name);
	free(names->slots);
	*names = (struct names){ NULL, 0, 0, NULL };
}
