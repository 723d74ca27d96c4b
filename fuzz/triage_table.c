/* SPDX-License-Identifier: MIT */
/*
 * triage_table.c: what a triage came to, as a table: group by group, which of
 * them are one bug, and how many files were what.
 */
#include <string.h>

#include "triage.h"

static void print_group(const struct triage *triage, size_t nr, FILE *out)
{
	const struct group *group = &triage->groups[nr];
	const struct identity *identity = &group->identity;

	fprintf(out, "%5zu  %5u  %-20s  %-20s  %11u  %10u\n", nr + 1,
		group->files, identity->id,
		strcmp(group->variant->target->name, variants[0].target->name) ?
			group->variant->target->name :
			group->variant->revert,
		group->preemptions, group->operations);
	if (*identity->site[0])
		fprintf(out, "       %s %s\n",
			*identity->site[1] ? "conflict:" : "in:",
			identity->site[0]);
	if (*identity->site[1])
		fprintf(out, "            and: %s\n", identity->site[1]);
	fprintf(out, "       example:  %s\n", group->example);
	if (triage->out)
		fprintf(out, "       program:  %s/%s\n", triage->out,
			group->file);
}

/* Groups of the same bug as @first, itself aside. */
static bool is_one_bug(const struct group *a, const struct group *b)
{
	return a->variant == b->variant && a->needs_revert && b->needs_revert;
}

static unsigned int one_bug_with(const struct triage *triage, size_t first)
{
	unsigned int nr = 0;
	size_t i;

	for (i = 0; i < triage->nr_groups; i++) {
		if (!is_one_bug(&triage->groups[i], &triage->groups[first]))
			continue;
		if (i < first)
			return 0; /* said already */
		nr++;
	}
	return nr;
}

static void print_one_bug(const struct triage *triage, size_t first, FILE *out)
{
	unsigned int nr = one_bug_with(triage, first), said = 0;
	size_t i;

	if (nr < 2)
		return;
	fprintf(out, "groups");
	for (i = first; i < triage->nr_groups; i++) {
		if (!is_one_bug(&triage->groups[i], &triage->groups[first]))
			continue;
		said++;
		fprintf(out, "%s %zu",
			said == 1  ? "" :
			said == nr ? " and" :
				     ",",
			i + 1);
	}
	fprintf(out, " are one bug: each needs %s out, and is clean with that "
		     "fix in\n",
		triage->groups[first].variant->revert);
}

/* What no fix can be asked about: said, and not counted as one. */
static void print_same_conflicts(const struct triage *triage, FILE *out)
{
	size_t i, j;

	for (i = 0; i < triage->nr_groups; i++)
		for (j = i + 1; j < triage->nr_groups; j++) {
			const struct group *a = &triage->groups[i];
			const struct group *b = &triage->groups[j];

			if (a->variant == b->variant && !is_one_bug(a, b) &&
			    *a->identity.site[0] &&
			    !strcmp(a->identity.site[0], b->identity.site[0]) &&
			    !strcmp(a->identity.site[1], b->identity.site[1]))
				fprintf(out, "groups %zu and %zu have the same "
					     "two accesses in conflict\n",
					i + 1, j + 1);
		}
}

/* Bugs that can be told apart: groups that are one count once. */
static size_t nr_bugs(const struct triage *triage)
{
	size_t i, nr = 0;

	for (i = 0; i < triage->nr_groups; i++)
		nr += !triage->groups[i].needs_revert ||
		      one_bug_with(triage, i);
	return nr;
}

void triage_print(const struct triage *triage, FILE *out)
{
	size_t i;

	if (triage->nr_groups)
		fprintf(out, "%5s  %5s  %-20s  %-20s  %11s  %10s\n", "group",
			"files", "checker", "revert", "preemptions",
			"operations");
	for (i = 0; i < triage->nr_groups; i++)
		print_group(triage, i, out);
	for (i = 0; i < triage->nr_groups; i++)
		print_one_bug(triage, i, out);
	print_same_conflicts(triage, out);
	if (triage->nr_unsure)
		fprintf(out, "findings that show on other reverts as well: "
			     "%lu; --revert or a folder's name would say which "
			     "is meant\n",
			triage->nr_unsure);
	fprintf(out, "%zu finding%s, %zu group%s, %zu bug%s; %lu clean, "
		     "%lu skipped\n",
		triage->nr_finds, triage->nr_finds == 1 ? "" : "s",
		triage->nr_groups, triage->nr_groups == 1 ? "" : "s",
		nr_bugs(triage), nr_bugs(triage) == 1 ? "" : "s",
		triage->nr_clean, triage->nr_skipped);
}
