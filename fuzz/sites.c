/* SPDX-License-Identifier: MIT */
/* sites.c: see sites.h. */
#include "sites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "hash.h"

int site_name(const struct site *site, char *name, size_t max)
{
	return snprintf(name, max, "%s:%s(%s)", site->function, site->accessor,
			site->expr);
}

static int compare(const void *left, const void *right)
{
	const struct site *a = *(const struct site *const *)left;
	const struct site *b = *(const struct site *const *)right;
	int order = strcmp(a->function, b->function);

	if (!order)
		order = strcmp(a->accessor, b->accessor);
	if (!order)
		order = strcmp(a->expr, b->expr);
	if (!order)
		order = (a->line > b->line) - (a->line < b->line);
	return order;
}

static bool same_name(const struct site *a, const struct site *b)
{
	return !strcmp(a->function, b->function) &&
	       !strcmp(a->accessor, b->accessor) && !strcmp(a->expr, b->expr);
}

static uint32_t never_zero(uint32_t hash)
{
	return hash ? hash : 1;
}

void site_hash(struct site *site)
{
	char name[SITE_NAME_MAX + 8];

	site_name(site, name, SITE_NAME_MAX);
	site->name_hash = never_zero(hash_string(HASH_START, name));
	site->function_hash =
		never_zero(hash_string(HASH_START, site->function));
	site->hash = hash_word(site->name_hash, site->nth);
}

/* @before: the site that precedes it in order, or NULL. */
static void site_number(struct site *site, const struct site *before)
{
	site->id = before ? before->id : 0;
	site->nth = 1;
	if (before && same_name(site, before))
		site->nth = before->nth + (site->line != before->line);
	if (!before || compare(&site, &before))
		site->id++;
	site_hash(site);
}

void sites_init(const struct target *target)
{
	size_t nr = (size_t)(target->sites_end - target->sites), i;
	struct site **sorted = malloc((nr + 1) * sizeof(*sorted));

	ensure(sorted);
	for (i = 0; i < nr; i++)
		sorted[i] = (struct site *)(uintptr_t)&target->sites[i];
	qsort(sorted, nr, sizeof(*sorted), compare);
	for (i = 0; i < nr; i++)
		site_number(sorted[i], i ? sorted[i - 1] : NULL);
	free(sorted);
}
