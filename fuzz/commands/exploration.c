/* SPDX-License-Identifier: MIT */
/* exploration.c: see exploration.h. */
#include "exploration.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "build.h"
#include "file.h"
#include "sites.h"

void exploration_print_bound(const struct explored *found, unsigned int bound)
{
	if (!bound)
		printf("preemptions     schedules      findings\n");
	printf("%11u  %12lu  %12lu\n", bound, found->schedules[bound],
	       found->findings[bound]);
	fflush(stdout);
}

/* ----------------------------------------------------------------- findings */

/* Who looks on in this build: the input's own choice, or the first. */
static const char *who_looks_on(const struct exploration *it)
{
	const struct sanitizer *sanitizer = sanitizers;

	if (*it->input.head.sanitizer)
		return it->input.head.sanitizer;
	while (sanitizer->name && !sanitizer->on)
		sanitizer++;
	return sanitizer->name ? sanitizer->name : "";
}

static void bug_head(const struct exploration *it,
		     const struct explored_bug *bug, struct text_head *head)
{
	const char *first = bug->crashed ? "in" : "in conflict:";
	char bound[64];

	*head = (struct text_head){ .target = "" };
	if (strcmp(it->variant->target->name, "core"))
		snprintf(head->target, sizeof(head->target), "%s",
			 it->variant->target->name);
	snprintf(head->revert, sizeof(head->revert), "%s", it->variant->revert);
	snprintf(head->expect, sizeof(head->expect), "%s", bug->id);
	if (bug->crashed)
		snprintf(head->sanitizer, sizeof(head->sanitizer), "%s",
			 who_looks_on(it));
	snprintf(bound, sizeof(bound), "schedules with at most %u preemptions",
		 it->bound);
	snprintf(head->why, sizeof(head->why),
		 "%lu %s end like this%s%s%s%s%s%s", bug->schedules,
		 it->options->all ? "inequivalent schedules" : bound,
		 *bug->steps[0] ? "\n" : "",
		 *bug->steps[0] ? first : "", *bug->steps[0] ? " " : "",
		 bug->steps[0], *bug->steps[1] ? "\nand: " : "",
		 bug->steps[1]);
}

/* Returns: length of the program's text with the schedule of @bug; 0: none. */
static size_t bug_text(const struct exploration *it,
		       const struct explored_bug *bug, char *text, size_t max)
{
	struct program program = it->input.program;
	struct text_head head;

	if (bug->nr_taken > PROGRAM_SWITCHES)
		return 0;
	bug_head(it, bug, &head);
	program.nr_switches = (uint8_t)bug->nr_taken;
	memcpy(program.switches, bug->taken,
	       bug->nr_taken * sizeof(bug->taken[0]));
	return text_print(&head, &program, sites_names(it->variant->target),
			  text, max);
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
	char path[PATH_MAX], text[EXPLORATION_TEXT_MAX];
	size_t size = bug_text(it, bug, text, sizeof(text));

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
	printf("%s: %lu schedules, the simplest with %u preemptions\n", path,
	       bug->schedules, bug->preemptions);
	return true;
}

static void print_bug(const struct exploration *it,
		      const struct explored_bug *bug)
{
	char text[EXPLORATION_TEXT_MAX];
	size_t size = bug_text(it, bug, text, sizeof(text));

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
		printf("explored all %lu inequivalent schedules (%lu "
		       "redundant): %lu findings", found->schedules[0],
		       found->runs.redundant, findings);
	else
		printf("explored %lu schedules with at most %u preemptions: "
		       "%lu findings",
		       explored_within(found->schedules, it->bound), it->bound,
		       findings);
	for (i = 0; i < found->nr; i++)
		if (!same_id_before(found, &found->bugs[i])) {
			printf("%s%s", before, found->bugs[i].id);
			before = ", ";
		}
	printf("%s\n", findings ? ")" : "");
	return findings ? EXIT_EXPECTED : EXIT_UNEXPECTED;
}
