/* SPDX-License-Identifier: MIT */
/* asked.c: see asked.h. */
#include "asked.h"

#include <stdio.h>
#include <string.h>

#include "plural.h"

#define POINTS 256 /* access points that a schedule is taken to have */

static bool has_list(const struct target *target,
		     const struct program_list *list)
{
	unsigned int i;

	for (i = 0; i < list->nr; i++)
		if (!target_has(target, list->ops[i].op))
			return false;
	return true;
}

bool asked_has_all(const struct target *target, const struct program *program)
{
	unsigned int i;

	for (i = 0; i < PROGRAM_TASKS; i++)
		if (!has_list(target, &program->tasks[i]))
			return false;
	return has_list(target, &program->setup);
}

static void note(struct asked *asked, bool found, const struct outcome *outcome,
		 const char *other)
{
	asked->found = found;
	asked->preemptions = outcome->preemptions;
	snprintf(asked->id, sizeof(asked->id), "%s",
		 found ? outcome->id : other);
}

/* Returns: false if it was stopped. */
static bool ask_classes(struct asked *asked, struct worker *worker,
			const struct program *program, const char *expect,
			unsigned long limit)
{
	struct outcome like = { .page = TARGET_NO_PAGE };
	struct search search = {
		.reducing = true,
		.preemptions = PROGRAM_SWITCHES,
		.limit = limit * POINTS,
		.like = &like,
	};

	if (strcmp(expect, "clean")) {
		snprintf(like.id, sizeof(like.id), "%s", expect);
		search.checker = checker_target_bug.id;
	}
	if (!worker_search(worker, program, &search))
		return false;
	asked->some_class = search.found;
	asked->classes = search.exhaustive && !search.found;
	asked->tried = search.tried;
	note(asked, false, &search.outcome, search.other);
	return true;
}

static bool ask_refind(struct asked *asked, struct refind *it,
		       const struct program *program)
{
	if (!refind(it, program))
		return false;
	asked->exhaustive = it->exhaustive;
	asked->tried = it->tried;
	note(asked, it->found, &it->outcome, it->other);
	if (!it->found)
		asked->preemptions = it->bound;
	return true;
}

/* All schedules within the bound, with as many reorderings as the story has. */
static bool ask_weak(struct asked *asked, struct worker *worker,
		     const struct program *program, const char *expect,
		     unsigned long limit)
{
	struct outcome like = { .page = TARGET_NO_PAGE };
	struct search search = {
		.preemptions = asked->preemptions,
		.reorderings = asked->reorderings,
		.limit = limit * POINTS,
		.like = &like,
	};

	if (strcmp(expect, "clean")) {
		snprintf(like.id, sizeof(like.id), "%s", expect);
		search.checker = checker_target_bug.id;
	}
	if (!worker_search(worker, program, &search))
		return false;
	asked->exhaustive = search.exhaustive && !search.found;
	asked->tried = search.tried;
	note(asked, search.found, &search.outcome, search.other);
	if (!search.found)
		asked->preemptions = search.preemptions;
	return true;
}

bool asked_find(struct asked *asked, struct worker *worker,
		const struct program *program, const struct target *home,
		const char *expect, unsigned int preemptions,
		unsigned long limit)
{
	struct refind it = {
		.worker = worker,
		.expect = expect,
		.preemptions = preemptions,
		.limit = limit,
		.points = limit * POINTS,
	};
	struct program there = *program;

	worker_aim(worker, asked->variant->target);
	refind_adapt(&there, home, asked->variant->target);
	asked->reorderings = program_nr_reorderings(program);
	if (asked->reorderings) {
		asked->preemptions = preemptions;
		return ask_weak(asked, worker, &there, expect, limit);
	}
	if (!ask_classes(asked, worker, &there, expect, limit))
		return false;
	return asked->classes || ask_refind(asked, &it, &there);
}

const char *asked_words(const struct asked *asked, char *text, size_t max)
{
	char weak[48] = "";
	int at;

	if (asked->reorderings)
		snprintf(weak, sizeof(weak), " and at most %u reordering%s",
			 asked->reorderings, plural(asked->reorderings));
	if (asked->found) {
		snprintf(text, max,
			 "%s, in one of %lu schedule%s, with %u "
			 "preemption%s%s",
			 asked->id, asked->tried, plural(asked->tried),
			 asked->preemptions, plural(asked->preemptions), weak);
		return text;
	}
	at = snprintf(text, max, "%snone of %lu schedule%s%s",
		      asked->some_class ? "a class of schedules ends in it; " :
					  "",
		      asked->tried, plural(asked->tried),
		      asked->classes ? ", one of each class" : " tried");
	if (!asked->classes && asked->exhaustive)
		at += snprintf(text + at, max - (size_t)at,
			       ", among them all with at most %u "
			       "preemption%s%s",
			       asked->preemptions, plural(asked->preemptions),
			       weak);
	else if (asked->reorderings)
		at += snprintf(text + at, max - (size_t)at,
			       ", with at most %u preemption%s%s",
			       asked->preemptions, plural(asked->preemptions),
			       weak);
	if (*asked->id)
		snprintf(text + at, max - (size_t)at, "; another finding: %s",
			 asked->id);
	return text;
}
