/* SPDX-License-Identifier: MIT */
/* bug_text.c: see bug_text.h. */
#include "bug_text.h"

#include <stdio.h>
#include <string.h>

#include "build.h"
#include "plural.h"
#include "sites.h"
#include "targets.h"

/* Who looks on in this build: the input's own choice, or the first. */
static const char *who_looks_on(const struct bug_scope *scope)
{
	const struct sanitizer *sanitizer = sanitizers;

	if (*scope->sanitizer)
		return scope->sanitizer;
	while (sanitizer->name && !sanitizer->on)
		sanitizer++;
	return sanitizer->name ? sanitizer->name : "";
}

static void bug_head(const struct bug_scope *scope,
		     const struct explored_bug *bug, struct text_head *head)
{
	const struct variant *variant = scope->variant;
	const char *first = bug->crashed ? "in" : "in conflict:";

	*head = (struct text_head){ .target = "" };
	if (strcmp(variant->target->name, "core"))
		snprintf(head->target, sizeof(head->target), "%s",
			 variant->target->name);
	snprintf(head->revert, sizeof(head->revert), "%s", variant->revert);
	snprintf(head->expect, sizeof(head->expect), "%s", bug->id);
	if (bug->crashed)
		snprintf(head->sanitizer, sizeof(head->sanitizer), "%s",
			 who_looks_on(scope));
	snprintf(head->why, sizeof(head->why),
		 "%lu %sschedule%s%s end%s like this%s%s%s%s%s%s",
		 bug->schedules, scope->kind, plural(bug->schedules),
		 scope->which, bug->schedules == 1 ? "s" : "",
		 *bug->steps[0] ? "\n" : "", *bug->steps[0] ? first : "",
		 *bug->steps[0] ? " " : "", bug->steps[0],
		 *bug->steps[1] ? "\nand: " : "", bug->steps[1]);
}

/* Its schedule told by sites, where that is the same one. */
static void name_sites(struct worker *worker, struct program *program,
		       const char *id)
{
	struct program sited = *program;
	struct outcome points, sites;

	if (!worker_run(worker, program, WORKER_DIGEST | WORKER_SITED,
			&points) ||
	    points.nr_taken != program->nr_switches)
		return;
	memcpy(sited.switches, points.sited,
	       sited.nr_switches * sizeof(sited.switches[0]));
	if (worker_run(worker, &sited, WORKER_DIGEST, &sites) &&
	    !strcmp(sites.id, id) && sites.digest == points.digest)
		*program = sited;
}

size_t bug_text(const struct bug_scope *scope, const struct explored_bug *bug,
		char text[BUG_TEXT_MAX])
{
	struct program program = *scope->program;
	struct text_head head;

	if (bug->nr_taken > PROGRAM_SWITCHES)
		return 0;
	bug_head(scope, bug, &head);
	program.nr_switches = (uint8_t)bug->nr_taken;
	memcpy(program.switches, bug->taken,
	       bug->nr_taken * sizeof(bug->taken[0]));
	name_sites(scope->worker, &program, bug->id);
	return text_print(&head, &program, sites_names(scope->variant->target),
			  text, BUG_TEXT_MAX);
}
