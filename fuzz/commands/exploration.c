/* SPDX-License-Identifier: MIT */
/* exploration.c: see exploration.h. */
#include "exploration.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "bug_text.h"
#include "file.h"
#include "plural.h"

void exploration_print_bound(const struct explored *found, unsigned int bound)
{
	if (!bound)
		printf("preemptions     schedules      findings\n");
	printf("%11u  %12lu  %12lu\n", bound, found->schedules[bound],
	       found->findings[bound]);
	fflush(stdout);
}

/* ----------------------------------------------------------------- findings */

/* Returns: length of the program's text with the schedule of @bug; 0: none. */
static size_t its_text(const struct exploration *it,
		       const struct explored_bug *bug, char text[BUG_TEXT_MAX])
{
	char bound[64];
	const struct bug_scope scope = {
		.variant = it->variant,
		.program = &it->input.program,
		.worker = it->jobs->arg,
		.sanitizer = it->input.head.sanitizer,
		.kind = it->options->all ? "inequivalent " : "",
		.which = it->options->all ? "" : bound,
	};

	snprintf(bound, sizeof(bound), " with at most %u preemption%s",
		 it->bound, plural(it->bound));
	return bug_text(&scope, bug, text);
}

/* How many before it in @found have its id. */
static unsigned int same_id_before(const struct explored *found,
				   const struct explored_bug *bug)
{
	const struct explored_bug *other;
	unsigned int nr = 0;

	for (other = found->bugs; other < bug; other++)
		nr += !strcmp(other->id, bug->id);
	return nr;
}

static bool write_bug(const struct exploration *it,
		      const struct explored_bug *bug)
{
	const char *folder = it->options->findings;
	char path[PATH_MAX], text[BUG_TEXT_MAX];
	size_t size = its_text(it, bug, text);

	snprintf(path, sizeof(path), "%s/%s-%u.prog", folder, bug->id,
		 1 + same_id_before(&it->jobs->found, bug));
	if (!size) {
		printf("%s: %u switches do not fit into a program\n", bug->id,
		       bug->nr_taken);
		return true;
	}
	if (!file_make_way(path) || !file_replace(path, text, size)) {
		complain(path, "%s", strerror(errno));
		printf("\n%.*s\n", (int)size, text);
		return false;
	}
	printf("%s: %lu schedule%s, the simplest with %u preemption%s\n", path,
	       bug->schedules, plural(bug->schedules), bug->preemptions,
	       plural(bug->preemptions));
	return true;
}

static void print_bug(const struct exploration *it,
		      const struct explored_bug *bug)
{
	char text[BUG_TEXT_MAX];
	size_t size = its_text(it, bug, text);

	if (same_id_before(&it->jobs->found, bug))
		return;
	if (size)
		printf("\n%.*s\n", (int)size, text);
	else
		printf("\n%s: %u switches do not fit into a program\n\n",
		       bug->id, bug->nr_taken);
}

bool exploration_give(const struct exploration *it)
{
	struct explored *found = &it->jobs->found;
	bool written = true;
	unsigned int i;

	explored_sort(found);
	for (i = 0; i < found->nr; i++)
		if (!it->options->findings)
			print_bug(it, &found->bugs[i]);
		else if (!write_bug(it, &found->bugs[i]))
			written = false;
	return written;
}

/* What of it is not as the last line says. */
static void say_limits(const struct exploration *it)
{
	const struct tour_counts *runs = &it->jobs->found.runs;

	if (runs->cut)
		printf("%lu schedules with more than %d choices, or interrupt "
		       "lists beyond %d: later ones were not tried\n",
		       runs->cut,
		       it->options->all ? DPOR_STEPS : EXPLORE_LEVELS,
		       it->options->all ? DPOR_IRQS : PROGRAM_TASKS);
	if (runs->crowded)
		printf("%lu times too much was asleep: some were played twice\n",
		       runs->crowded);
}

int exploration_conclude(const struct exploration *it)
{
	const struct explored *found = &it->jobs->found;
	unsigned long findings = explored_within(found->findings, it->bound);
	const char *before = " (";
	unsigned int i;

	say_limits(it);
	if (it->options->all)
		printf("explored %s%lu inequivalent schedule%s (%lu "
		       "redundant)",
		       found->runs.cut ? "" : "all ", found->schedules[0],
		       plural(found->schedules[0]), found->runs.redundant);
	else
		printf("explored %lu schedules with at most %u preemption%s",
		       explored_within(found->schedules, it->bound), it->bound,
		       plural(it->bound));
	if (it->options->reorderings)
		printf(" and %lu reordering%s", it->options->reorderings,
		       plural((unsigned int)it->options->reorderings));
	printf(": %lu finding%s", findings, plural(findings));
	for (i = 0; i < found->nr; i++)
		if (!same_id_before(found, &found->bugs[i])) {
			printf("%s%s", before, found->bugs[i].id);
			before = ", ";
		}
	printf("%s\n", findings ? ")" : "");
	return findings ? EXIT_EXPECTED : EXIT_UNEXPECTED;
}
