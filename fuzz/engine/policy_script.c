/* SPDX-License-Identifier: MIT */
/*
 * policy_script.c: the schedule that a program brings, played to the letter.
 */
#include <string.h>

#include "policy.h"

static bool entry_before(const struct program_switch *a,
			 const struct program_switch *b)
{
	if (a->task != b->task)
		return a->task < b->task;
	if (a->op != b->op)
		return a->op < b->op;
	return !a->site && !b->site && a->point < b->point;
}

/* By task, operation and point; equals stay in the order of the program. */
static void script_insert(struct script *script,
			  const struct program_switch *entry, uint8_t number)
{
	unsigned int i = script->nr++;

	for (; i && entry_before(entry, &script->entries[i - 1]); i--) {
		script->entries[i] = script->entries[i - 1];
		script->number[i] = script->number[i - 1];
	}
	script->entries[i] = *entry;
	script->number[i] = number;
}

static void script_begin(const struct policy *policy, struct engine *engine)
{
	const struct program *program = engine->program;
	struct script *script = policy->state;
	unsigned int i, task = 0;

	script->nr = 0;
	for (i = 0; i < program->nr_switches; i++)
		if (program->switches[i].task < ENGINE_TASKS)
			script_insert(script, &program->switches[i],
				      (uint8_t)i);
	script->left = script->nr;
	script->used = script->done = 0;
	memset(script->seen, 0, sizeof(script->seen));
	memset(script->met, 0, sizeof(script->met));
	for (i = 0; task < ENGINE_TASKS; task++) {
		script->first[task] = script->at[task] = i;
		while (i < script->nr && script->entries[i].task == task)
			i++;
	}
	script->first[ENGINE_TASKS] = script->nr;
}

static unsigned int script_end(const struct script *script,
			       const struct task *task)
{
	return script->first[task->m.id + 1];
}

/* Pass over entries of operations and points that will not come again. */
static void script_skip(struct script *script, const struct task *task)
{
	unsigned int *at = &script->at[task->m.id];

	while (*at < script_end(script, task)) {
		const struct program_switch *entry = &script->entries[*at];

		if (entry->op > task->op ||
		    (entry->op == task->op &&
		     (entry->site || entry->point >= task->point)))
			break;
		script->left -= !(script->used >> *at & 1);
		++*at;
	}
}

static unsigned int script_next_point(const struct policy *policy,
				      struct engine *engine, struct task *task)
{
	struct script *script = policy->state;
	unsigned int i, next = POINT_NEVER;

	(void)engine;
	script_skip(script, task);
	for (i = script->at[task->m.id]; i < script_end(script, task); i++) {
		const struct program_switch *entry = &script->entries[i];

		if (entry->op != task->op)
			break;
		if (entry->site)
			return task->point + 1;
		if (entry->point > task->point && entry->point < next)
			next = entry->point;
	}
	return next;
}

static bool entry_is_here(const struct program_switch *entry,
			  const struct task *task)
{
	const struct site *site = task->m.site;

	return task->point && site &&
	       (site->name_hash == entry->site ||
		site->function_hash == entry->site);
}

/* The task has come to a new point: count the visits to named sites. */
static void script_visit(struct script *script, const struct task *task)
{
	uint32_t here = 1 + (task->op << 16 | task->point);
	unsigned int i;

	if (script->met[task->m.id] == here)
		return;
	script->met[task->m.id] = here;
	for (i = script->at[task->m.id]; i < script_end(script, task); i++) {
		const struct program_switch *entry = &script->entries[i];

		if (entry->site && entry->op == task->op &&
		    entry_is_here(entry, task))
			script->seen[i]++;
	}
}

static bool entry_is_due(const struct script *script, unsigned int i,
			 const struct task *task)
{
	const struct program_switch *entry = &script->entries[i];

	if (script->used >> i & 1)
		return false;
	if (!entry->site)
		return entry->point == task->point;
	return entry_is_here(entry, task) && script->seen[i] == entry->point;
}

/* Will the scheduler do what the entry says? See sched.c. */
static bool next_can_run(struct engine *engine, const struct task *task,
			 struct task *next)
{
	if (next == task)
		return true;
	if (next->list->irq && next->state == TASK_IDLE)
		return execute_may_interrupt(engine, next, engine->current);
	return sched_can_run(engine, next);
}

static struct task *script_choose(const struct policy *policy,
				  struct engine *engine, struct task *task)
{
	struct script *script = policy->state;
	unsigned int i;

	script_skip(script, task);
	script_visit(script, task);
	for (i = script->at[task->m.id]; i < script_end(script, task); i++) {
		uint8_t number = script->entries[i].next;
		struct task *next = task;

		if (script->entries[i].op != task->op)
			break;
		if (script->entries[i].kind != ENTRY_SWITCH ||
		    !entry_is_due(script, i, task))
			continue;
		if (number <= TASK_RCU)
			next = &engine->tasks[number];
		script->used |= 1ULL << i;
		script->done |= (uint64_t)next_can_run(engine, task, next) << i;
		script->left--;
		return next;
	}
	return NULL;
}

/* Of several entries at one access the first that it can bear is done. */
bool script_reorder(struct script *script, const struct task *task,
		    const struct reorder_offer *offer, uint8_t *how)
{
	bool done = false;
	unsigned int i;

	script_skip(script, task);
	script_visit(script, task);
	for (i = script->at[task->m.id]; i < script_end(script, task); i++) {
		const struct program_switch *entry = &script->entries[i];

		if (entry->op != task->op)
			break;
		if (entry->kind == ENTRY_SWITCH ||
		    !entry_is_due(script, i, task))
			continue;
		script->used |= 1ULL << i;
		script->left--;
		if (done || entry->kind != offer->kind ||
		    (entry->kind == ENTRY_STALE && entry->next > offer->most))
			continue;
		script->done |= 1ULL << i;
		*how = entry->next;
		done = true;
	}
	return done;
}

static bool play_reorder(const struct policy *policy, struct engine *engine,
			 struct task *task, const struct reorder_offer *offer,
			 uint8_t *how)
{
	(void)engine;
	return script_reorder(policy->state, task, offer, how);
}

void policy_script(struct policy *policy, struct script *script)
{
	*policy = (struct policy){
		.name = "script",
		.begin = script_begin,
		.next_point = script_next_point,
		.choose = script_choose,
		.reorder = play_reorder,
		.state = script,
	};
}
