/* SPDX-License-Identifier: MIT */
/*
 * triage_table.c: what a triage came to, as a table: group by group, which of
 * them are one bug, and how many files were what.
 */
#include <string.h>

#include "plural.h"
#include "triage.h"

#define COLUMN 20 /* characters, at least */
#define RUNS_ON 128

/* "A before B; C before D", a line each. */
static void print_orders(const char *orders, FILE *out)
{
	const char *lead = "decided by", *end;

	for (; *orders; orders = end + (*end ? 2 : 0), lead = "and") {
		end = strstr(orders, "; ");
		if (!end)
			end = orders + strlen(orders);
		fprintf(out, "       %10s: %.*s\n", lead, (int)(end - orders),
			orders);
	}
}

/* What its files run on, as a folder is called: "no-recheck", "queue-linked-at-the-tail". */
static const char *runs_on(const struct group *group, char *text)
{
	const char *target = group->variant->target->name;
	const char *revert = group->variant->revert;

	if (!strcmp(target, variants[0].target->name))
		return revert;
	if (!strcmp(revert, "none"))
		return target;
	snprintf(text, RUNS_ON, "%s-%s", target, revert);
	return text;
}

/* As wide as the widest, so that columns are columns. */
static void find_widths(const struct triage *triage, int *id, int *on)
{
	char text[RUNS_ON];
	size_t i;

	*id = *on = COLUMN;
	for (i = 0; i < triage->nr_groups; i++) {
		const struct group *group = &triage->groups[i];
		int length = (int)strlen(group->identity.id);

		*id = length > *id ? length : *id;
		length = (int)strlen(runs_on(group, text));
		*on = length > *on ? length : *on;
	}
}

static void print_group(const struct triage *triage, size_t nr, FILE *out)
{
	const struct group *group = &triage->groups[nr];
	const struct identity *identity = &group->identity;
	char text[RUNS_ON];
	int id, on;

	find_widths(triage, &id, &on);
	fprintf(out, "%5zu  %5u  %-*s  %-*s  %11u  %10u\n", nr + 1,
		group->files, id, identity->id, on, runs_on(group, text),
		group->preemptions, group->operations);
	print_orders(group->orders, out);
	if (*identity->site[0] && (!*group->orders || !*identity->site[1]))
		fprintf(out, "       %s %s\n",
			*identity->site[1] ? "conflict:" : "in:",
			identity->site[0]);
	if (*identity->site[1] && !*group->orders)
		fprintf(out, "            and: %s\n", identity->site[1]);
	fprintf(out, "       example:  %s\n", group->example);
	if (triage->out)
		fprintf(out, "       program:  %s/%s\n", triage->out,
			group->file);
}

/* Each needs the same fix out, and is clean with it in. */
static bool need_one_fix(const struct group *a, const struct group *b)
{
	return a->variant == b->variant && a->needs_revert && b->needs_revert;
}

/* There is no fix to be asked. */
static bool share_conflict(const struct group *a, const struct group *b)
{
	return a->variant == b->variant && !a->needs_revert &&
	       !b->needs_revert && *a->identity.site[0] &&
	       !strcmp(a->identity.site[0], b->identity.site[0]) &&
	       !strcmp(a->identity.site[1], b->identity.site[1]);
}

/* How many groups are like @first, it included; 0: an earlier one is. */
static unsigned int nr_like(const struct triage *triage, size_t first,
			    bool (*like)(const struct group *a,
					 const struct group *b))
{
	unsigned int nr = 0;
	size_t i;

	for (i = 0; i < triage->nr_groups; i++) {
		if (!like(&triage->groups[first], &triage->groups[i]))
			continue;
		if (i < first)
			return 0;
		nr++;
	}
	return nr;
}

/* "groups 2, 3 and 5". Returns: false if there are no two, or were before. */
static bool print_like(const struct triage *triage, size_t first,
		       bool (*like)(const struct group *a,
				    const struct group *b),
		       FILE *out)
{
	unsigned int nr = nr_like(triage, first, like), said = 0;
	size_t i;

	if (nr < 2)
		return false;
	fprintf(out, "groups");
	for (i = first; i < triage->nr_groups; i++) {
		if (!like(&triage->groups[first], &triage->groups[i]))
			continue;
		said++;
		fprintf(out, "%s %zu",
			said == 1  ? "" :
			said == nr ? " and" :
				     ",",
			i + 1);
	}
	return true;
}

/* ... and the finding follows from the same orders. */
static bool share_orders(const struct group *a, const struct group *b)
{
	return share_conflict(a, b) && *a->orders &&
	       !strcmp(a->orders, b->orders);
}

static void print_bugs(const struct triage *triage, FILE *out)
{
	size_t i;

	for (i = 0; i < triage->nr_groups; i++)
		if (print_like(triage, i, need_one_fix, out))
			fprintf(out,
				" are one bug: each needs %s out, and is clean "
				"with that fix in\n",
				triage->groups[i].variant->revert);
	for (i = 0; i < triage->nr_groups; i++)
		if (print_like(triage, i, share_conflict, out))
			fprintf(out, "%s\n",
				nr_like(triage, i, share_orders) ==
						nr_like(triage, i,
							share_conflict) ?
					" are decided by the same orders" :
					" have the same two accesses in "
					"conflict");
	if (triage->nr_unsure)
		fprintf(out, "findings that show on other reverts as well: "
			     "%lu; --revert or a folder's name would say which "
			     "is meant\n",
			triage->nr_unsure);
}

/* Groups that are one bug for certain count once. */
static size_t nr_bugs(const struct triage *triage)
{
	size_t i, nr = 0;

	for (i = 0; i < triage->nr_groups; i++)
		nr += !triage->groups[i].needs_revert ||
		      nr_like(triage, i, need_one_fix);
	return nr;
}

void triage_print(const struct triage *triage, FILE *out)
{
	size_t i;
	int id, on;

	find_widths(triage, &id, &on);
	if (triage->nr_groups)
		fprintf(out, "%5s  %5s  %-*s  %-*s  %11s  %10s\n", "group",
			"files", id, "checker", on, "revert", "preemptions",
			"operations");
	for (i = 0; i < triage->nr_groups; i++)
		print_group(triage, i, out);
	print_bugs(triage, out);
	fprintf(out, "%zu finding%s, %zu group%s, at most %zu bug%s; %lu clean, "
		     "%lu skipped\n",
		triage->nr_finds, plural(triage->nr_finds), triage->nr_groups,
		plural(triage->nr_groups), nr_bugs(triage),
		plural(nr_bugs(triage)), triage->nr_clean, triage->nr_skipped);
}
