/* SPDX-License-Identifier: MIT */
/* sites.c: see sites.h. */
#include "sites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ensure.h"
#include "hash.h"
#include "plain.h"

int site_name(const struct site *site, char *name, size_t max)
{
	int length = snprintf(name, max, "%s:%s(%.*s)", site->function,
			      site->accessor, SITE_EXPR_MAX, site->expr);

	return (size_t)length < max ? length : (int)max - 1;
}

static const struct site *site_find(const struct target *target, uint32_t hash)
{
	const struct site *site;

	for (site = target->sites; site < target->sites_end; site++)
		if (site->name_hash == hash || site->function_hash == hash)
			return site;
	return plain_find(hash);
}

static bool write_name(const struct target *target, uint32_t hash, char *name,
		       size_t max)
{
	const struct site *site = site_find(target, hash);

	if (!site)
		return false;
	if (site->name_hash == hash)
		site_name(site, name, max);
	else
		snprintf(name, max, "%s", site->function);
	return true;
}

struct text_names sites_names(const struct target *target)
{
	return target ? (struct text_names){ write_name, target } :
			TEXT_NAMELESS;
}

const char *site_file(const struct site *site)
{
	const char *slash = strrchr(site->file, '/');

	if (slash && (*site->file == '/' || *site->file == '.'))
		return slash + 1;
	return site->file;
}

/* By name, then by place: what is equal here is one place, copied. */
static int compare(const void *left, const void *right)
{
	const struct site *a = *(const struct site *const *)left;
	const struct site *b = *(const struct site *const *)right;
	int order = strcmp(a->function, b->function);

	if (!order)
		order = strcmp(a->accessor, b->accessor);
	if (!order)
		order = strncmp(a->expr, b->expr, SITE_EXPR_MAX);
	if (!order)
		order = (a->line > b->line) - (a->line < b->line);
	if (!order)
		order = (int)a->place - (int)b->place;
	if (!order)
		order = (a->serial > b->serial) - (a->serial < b->serial);
	return order;
}

static bool same_name(const struct site *a, const struct site *b)
{
	return !strcmp(a->function, b->function) &&
	       !strcmp(a->accessor, b->accessor) &&
	       !strncmp(a->expr, b->expr, SITE_EXPR_MAX);
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
		site->nth = before->nth;
	if (!before || compare(&site, &before)) {
		ensure(site->id < UINT16_MAX);
		site->id++;
		site->nth += before && same_name(site, before);
		ensure(site->nth);
	}
	site_hash(site);
}

/* What the build found out about @site. Returns: false if it is of dead code */
static bool site_take_name(struct site *site, const struct site *name)
{
	if (name && name->function) {
		site->function = name->function;
		site->file = name->file;
		site->line = name->line;
		site->place = name->place;
		if (name->expr)
			site->expr = name->expr;
	}
	if (site->function)
		return true;
	site->kind = MACHINE_NONE;
	site->function = site->file = "";
	return false;
}

void sites_init(const struct target *target)
{
	size_t all = (size_t)(target->sites_end - target->sites), nr = 0, i;
	struct site **sorted = malloc((all + 1) * sizeof(*sorted));

	ensure(sorted);
	for (i = 0; i < all; i++) {
		sorted[nr] = (struct site *)(uintptr_t)&target->sites[i];
		nr += site_take_name(sorted[nr], target->site_names ?
					     &target->site_names[i] : NULL);
	}
	qsort(sorted, nr, sizeof(*sorted), compare);
	for (i = 0; i < nr; i++)
		site_number(sorted[i], i ? sorted[i - 1] : NULL);
	free(sorted);
}
