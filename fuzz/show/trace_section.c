/* SPDX-License-Identifier: MIT */
/*
 * trace_section.c: in which critical sections deciding steps lie: where a lock was
 * taken and let go of, where an RCU read section, or one without preemption, began
 * and ended. Neither of these is a
 * step: a task that makes one has not lost its CPU since its step before, and is
 * told right behind that.
 */
#include "trace.h"

static bool is_same_operation(const struct step *a, const struct step *b)
{
	return a->task == b->task && a->op == b->op && a->setup == b->setup;
}

/* Did it take the lock at @addr? */
static bool takes(const struct step *step, const volatile void *addr)
{
	return step->kind == STEP_ACCESS && step->addr == addr &&
	       (step->site->kind == MACHINE_LOCKS ||
		(step->site->kind == MACHINE_TRYLOCKS && !step->old));
}

static bool lets_go(const struct step *step, const volatile void *addr)
{
	return step->kind == STEP_ACCESS && step->addr == addr &&
	       step->site->kind == MACHINE_UNLOCKS;
}

/* Does its task, of step @at which takes a lock, decide before it lets go of it? */
static bool decides_behind(const struct trace *trace, unsigned int at)
{
	const struct record *record = trace->record;
	const struct step *lock = &record->steps[at];

	for (at++; at < record->nr; at++) {
		const struct step *step = &record->steps[at];

		if (step->task != lock->task)
			continue;
		if (!is_same_operation(step, lock) || lets_go(step, lock->addr))
			return false;
		if (trace_decides(trace, step))
			return true;
	}
	return false;
}

static bool decides_before(const struct trace *trace, unsigned int at)
{
	const struct step *steps = trace->record->steps, *unlock = &steps[at];

	while (at-- > 0) {
		if (steps[at].task != unlock->task)
			continue;
		if (!is_same_operation(&steps[at], unlock))
			return false;
		if (trace_decides(trace, &steps[at]))
			return true;
		if (takes(&steps[at], unlock->addr))
			return false;
	}
	return false;
}

bool trace_is_border(const struct trace *trace, unsigned int at)
{
	const struct step *step = &trace->record->steps[at];

	if (step->kind != STEP_ACCESS || !step->addr)
		return false;
	return (takes(step, step->addr) && decides_behind(trace, at)) ||
	       (lets_go(step, step->addr) && decides_before(trace, at));
}

/* ------------------------------------------------------------ read sections */

/* The step of its task before, or behind, step @at of its operation; nr: none. */
static unsigned int neighbour(const struct record *record, unsigned int at,
			      bool behind)
{
	const struct step *step = &record->steps[at];

	while (behind ? ++at < record->nr : at-- > 0) {
		if (record->steps[at].task != step->task)
			continue;
		return is_same_operation(&record->steps[at], step) ? at :
								     record->nr;
	}
	return record->nr;
}

enum section {
	SECTION_NONE,
	SECTION_READS,
	SECTION_PINNED, /* of which RCU may be the reason */
};

static bool is_of_a_lock(const struct step *step)
{
	return step->locks || (step->kind == STEP_ACCESS &&
			       (step->site->kind == MACHINE_LOCKS ||
				step->site->kind == MACHINE_TRYLOCKS ||
				step->site->kind == MACHINE_UNLOCKS));
}

/* A lock may be what keeps its CPU: with one it is in what it was in before. */
static enum section section_of(const struct record *record, unsigned int at)
{
	if (record->steps[at].reads)
		return SECTION_READS;
	while (at < record->nr && is_of_a_lock(&record->steps[at]))
		at = neighbour(record, at, false);
	return at < record->nr && record->steps[at].pinned &&
			       !record->steps[at].reads ?
		       SECTION_PINNED :
		       SECTION_NONE;
}

/* Does a step that decides lie in the section that step @at is in? */
static bool section_decides(const struct trace *trace, unsigned int at)
{
	const struct record *record = trace->record;
	const enum section which = section_of(record, at);
	unsigned int i;
	int behind;

	for (behind = 0; behind < 2; behind++)
		for (i = at; i < record->nr && section_of(record, i) == which;
		     i = neighbour(record, i, behind))
			if (trace_decides(trace, &record->steps[i]))
				return true;
	return false;
}

const char *trace_section(const struct trace *trace, unsigned int at)
{
	static const char *const words[][2] = {
		[SECTION_READS] = { "rcu_read_lock {", "} rcu_read_unlock" },
		[SECTION_PINNED] = { "preempt_disable {", "} preempt_enable" },
	};
	const struct record *record = trace->record;
	enum section now, then;
	unsigned int next;

	if (trace->verbose || !deciding_is(trace->deciding))
		return NULL;
	next = neighbour(record, at, true);
	if (next == record->nr)
		return NULL;
	now = section_of(record, at);
	then = section_of(record, next);
	if (now != then && now && section_decides(trace, at))
		return words[now][1];
	if (now != then && then && section_decides(trace, next))
		return words[then][0];
	return NULL;
}
