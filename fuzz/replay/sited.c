/* SPDX-License-Identifier: MIT */
/* sited.c: see sited.h. */
#include "sited.h"

static void sited_begin(const struct policy *policy, struct engine *engine)
{
	struct sited *sited = policy->state;

	sited->play.begin(&sited->play, engine);
}

/* Each point is looked at. */
static unsigned int sited_next_point(const struct policy *policy,
				     struct engine *engine, struct task *task)
{
	struct sited *sited = policy->state;

	sited->play.next_point(&sited->play, engine, task);
	return task->point + 1;
}

/* How often up to now the task was where it is, by site or by function. */
static unsigned int visits(const struct sited *sited, const struct task *task,
			   bool function)
{
	const struct site *here = task->m.site;
	unsigned int point, nr = 0;

	for (point = 1; point <= task->point; point++) {
		const struct site *site = sited->sites[task->m.id][point - 1];

		nr += function ? site->function_hash == here->function_hash :
				 site->name_hash == here->name_hash;
	}
	return nr;
}

/* The function's name alone will do where it says the same. */
static void name_site(const struct sited *sited, const struct task *task,
		      struct program_switch *entry)
{
	unsigned int nr = visits(sited, task, false);
	bool function = visits(sited, task, true) == nr;

	entry->point = (uint16_t)nr;
	entry->site = function ? task->m.site->function_hash :
				 task->m.site->name_hash;
}

/* Beside the engine's own note of it, if it can be done at all. */
static void sited_note(struct sited *sited, const struct engine *engine,
		       const struct task *task, enum entry_kind kind,
		       uint8_t next)
{
	struct program_switch entry = {
		.task = (uint8_t)task->m.id,
		.op = (uint8_t)task->op,
		.kind = (uint8_t)kind,
		.point = (uint16_t)task->point,
		.next = next,
	};

	if (task->point && task->point <= SITED_POINTS && task->m.site)
		name_site(sited, task, &entry);
	if (engine->nr_taken < PROGRAM_SWITCHES)
		sited->entries[engine->nr_taken] = entry;
}

static struct task *sited_choose(const struct policy *policy,
				 struct engine *engine, struct task *task)
{
	struct sited *sited = policy->state;
	struct task *next;

	if (task->point && task->point <= SITED_POINTS)
		sited->sites[task->m.id][task->point - 1] = task->m.site;
	next = sited->play.choose(&sited->play, engine, task);
	if (next)
		sited_note(sited, engine, task, ENTRY_SWITCH,
			   (uint8_t)next->m.id);
	return next;
}

static bool sited_reorder(const struct policy *policy, struct engine *engine,
			  struct task *task, const struct reorder_offer *offer,
			  uint8_t *how)
{
	struct sited *sited = policy->state;

	if (task->point <= SITED_POINTS)
		sited->sites[task->m.id][task->point - 1] = task->m.site;
	if (!sited->play.reorder(&sited->play, engine, task, offer, how))
		return false;
	sited_note(sited, engine, task, offer->kind, *how);
	return true;
}

void policy_sited(struct policy *policy, struct sited *sited)
{
	policy_script(&sited->play, &sited->script);
	*policy = (struct policy){
		.name = "sited",
		.begin = sited_begin,
		.next_point = sited_next_point,
		.choose = sited_choose,
		.reorder = sited_reorder,
		.state = sited,
	};
}
