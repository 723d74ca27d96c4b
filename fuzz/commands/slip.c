/* SPDX-License-Identifier: MIT */
/* slip.c: see slip.h. */
#include "called.h"
#include "slip.h"

#include <stdio.h>
#include <string.h>

#include "chance.h"
#include "nearest.h"
#include "sites.h"

#define SITES_NAMED 4

/* @all: what lists them. */
static const char *give(struct nearest *nearest, const char *all,
			char hint[SLIP_MAX])
{
	if (nearest->name)
		snprintf(hint, SLIP_MAX, "%s", nearest_hint(nearest));
	else
		snprintf(hint, SLIP_MAX, "; try: %s list %s", called_as(), all);
	return hint;
}

const char *slip_word(const char *word, const char *const *words,
		      char hint[SLIP_MAX])
{
	struct nearest nearest;

	nearest_begin(&nearest, word, strlen(word));
	for (; *words; words++)
		nearest_offer(&nearest, *words);
	snprintf(hint, SLIP_MAX, "%s", nearest_hint(&nearest));
	return hint;
}

const char *slip_policy(const char *name, char hint[SLIP_MAX])
{
	const struct chance_way *const *way;
	struct nearest nearest;

	nearest_begin(&nearest, name, strlen(name));
	nearest_offer(&nearest, "script");
	for (way = chance_ways; *way; way++)
		nearest_offer(&nearest, (*way)->name);
	return give(&nearest, "policies", hint);
}

const char *slip_target(const char *name, char hint[SLIP_MAX])
{
	const struct variant *variant;
	struct nearest nearest;

	if (!strcmp(name, "linux")) { /* the project's, built when asked for */
		snprintf(hint, SLIP_MAX,
			 " in this build; ./build.sh linux makes one with it");
		return hint;
	}
	nearest_begin(&nearest, name, strlen(name));
	for (variant = variants; variant->target; variant++)
		nearest_offer(&nearest, variant->target->name);
	return give(&nearest, "targets", hint);
}

const char *slip_revert(const char *name, const char *target,
			char hint[SLIP_MAX])
{
	const struct variant *variant;
	struct nearest nearest;

	nearest_begin(&nearest, name, strlen(name));
	for (variant = variants; variant->target; variant++)
		if (!strcmp(variant->target->name, target)) {
			nearest_offer(&nearest, variant->revert);
			nearest_offer(&nearest, variant->alias);
		}
	return give(&nearest, "reverts", hint);
}

/* Is it one that is told by @site already? */
static bool is_told(const struct target *target, const struct site *site)
{
	const struct site *before;

	for (before = target->sites; before < site; before++)
		if (before->name_hash == site->name_hash)
			return true;
	return false;
}

/* The first sites of the function that @name begins with. */
static void name_sites(const char *name, const struct target *target,
		       char hint[SLIP_MAX])
{
	size_t length = strcspn(name, ":"), at = 0;
	const struct site *site;
	unsigned int nr = 0;
	char full[SITE_NAME_MAX];

	for (site = target->sites; site < target->sites_end; site++) {
		if (strlen(site->function) != length ||
		    strncmp(site->function, name, length) || !site->name_hash ||
		    is_told(target, site))
			continue;
		if (nr++ == SITES_NAMED || at + SITE_NAME_MAX >= SLIP_MAX)
			break;
		site_name(site, full, sizeof(full));
		at += (size_t)snprintf(hint + at, SLIP_MAX - at, "%s%s",
				       at ? ", " : "; there is ", full);
	}
}

const char *slip_site(const char *name, const struct target *target,
		      char hint[SLIP_MAX])
{
	char names[2][SITE_NAME_MAX], *full = names[0];
	const struct site *site;
	struct nearest nearest;

	nearest_begin(&nearest, name, strlen(name));
	for (site = target->sites; site < target->sites_end; site++) {
		if (!site->name_hash)
			continue; /* in no code any more */
		nearest_offer(&nearest, site->function);
		site_name(site, full, SITE_NAME_MAX);
		nearest_offer(&nearest, full);
		if (nearest.name == full)
			full = names[full == names[0]];
	}
	give(&nearest, "sites", hint);
	if (!nearest.name)
		name_sites(name, target, hint);
	return hint;
}
