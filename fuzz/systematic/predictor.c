/* SPDX-License-Identifier: MIT */
/* predictor.c: see predictor.h. */
#include "predictor.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "fit.h"
#include "forms.h"
#include "ledger.h"
#include "profile.h"
#include "rng.h"
#include "setups.h"
#include "tsan_report.h"

#define STOPPED 0 /* tasks */
#define OTHERS 1
#define IDS 4096 /* spots of a block, at most */
#define ID_SLOTS (4U * IDS) /* a power of two */

/* A look of an operation that can be stopped. */
struct look {
	uint16_t id; /* of its spot */
	uint16_t point;
	uint32_t mark;
	uint8_t op; /* of a callback: which */
	bool last; /* nothing to be stopped in front of behind it */
};

struct stopped {
	struct program_op op; /* OP_NOP: callbacks of the set-up */
	unsigned int nr;
	struct look looks[PROFILE_SPOTS];
};

/* A set-up and a few first operations. */
struct block {
	struct predictor *predictor;
	struct predicted *predicted;
	const struct target *target;
	struct engine *engine;
	struct record *record;
	struct block_turn turn;
	struct rng rng;
	struct program setup;
	unsigned int nr_stopped;
	struct stopped stopped[FORMS_PLACED_MAX + 1];
	unsigned int nr_ids;
	uint64_t at[IDS];
	uint16_t slot[ID_SLOTS]; /* 0: free, else one more than an id */
	struct {
		uint32_t mark, before; /* 0: nobody stores there */
	} stores[IDS];
	struct profile profile;
};

/* -------------------------------------------------------------------- spots */

/* Returns: IDS if there is no such spot, and none can be @made. */
static unsigned int id_of(struct block *block, uint64_t at, bool made)
{
	uint32_t hash = hash_word(hash_word(HASH_START, (uint32_t)at),
				  (uint32_t)(at >> 32));

	for (;; hash++) {
		uint16_t *slot = &block->slot[hash % ID_SLOTS];

		if (*slot && block->at[*slot - 1] == at)
			return *slot - 1U;
		if (*slot)
			continue;
		if (!made || block->nr_ids == IDS)
			return IDS;
		block->at[block->nr_ids++] = at;
		*slot = (uint16_t)block->nr_ids;
		return block->nr_ids - 1;
	}
}

/* --------------------------------------------------------------------- runs */

static void note_finding(struct block *block, const struct program *program,
			 const struct finding *finding)
{
	struct explored_bug bug;

	explored_bug(&bug, block->engine, finding->id);
	explored_conflict(&bug, block->engine, block->record);
	bug.schedules = 1;
	block->predicted->findings++;
	predicted_add(block->predicted, program, &bug);
}

static bool is_killer(const struct predictor *predictor,
		      const struct program *program)
{
	uint64_t hash = predictor->nr_killers ? ledger_hash(program) : 0;
	unsigned int i;

	for (i = 0; i < predictor->nr_killers && i < PREDICT_KILLERS; i++)
		if (predictor->killers[i] == hash)
			return true;
	return false;
}

/* Returns: it ended without a finding. */
static bool play_recorded(struct block *block, struct program *program,
			  bool stopped)
{
	const struct run_options options = { .observers = { record_observer(
						     block->record) } };
	unsigned int reports = tsan_reports();
	const struct verdict *verdict;

	fit_program(program, block->target);
	if (!stopped && is_killer(block->predictor, program))
		return false;
	block->predicted->playing = *program;
	block->predicted->stopped = stopped;
	block->predicted->runs++;
	verdict = engine_run(block->engine, block->target, program, &options);
	if (verdict->finding.checker)
		note_finding(block, program, &verdict->finding);
	else if (tsan_reports() > reports)
		_exit(77); /* as other sanitizers do, at the report */
	return !verdict->finding.checker;
}

/* ----------------------------------------------------------- who is stopped */

static void set_stopped(struct program *program, const struct program_op *op)
{
	if (op->op == OP_NOP)
		return;
	program->tasks[STOPPED] = (struct program_list){ .nr = 1 };
	program->tasks[STOPPED].ops[0] = *op;
}

static void add_stopped(struct block *block, const struct program_op *op)
{
	struct stopped *stopped = &block->stopped[block->nr_stopped];
	struct program program = block->setup;
	unsigned int i;

	set_stopped(&program, op);
	if (!play_recorded(block, &program, false))
		return;
	profile_accesses(&block->profile, block->record,
			 op->op == OP_NOP ? TASK_RCU : STOPPED);
	stopped->op = *op;
	stopped->nr = 0;
	for (i = 0; i < block->profile.nr; i++) {
		const struct spot *spot = &block->profile.spots[i];
		unsigned int id = id_of(block, spot->at, true);

		if (id < IDS)
			stopped->looks[stopped->nr++] =
				(struct look){ .id = (uint16_t)id,
					       .point = spot->point,
					       .mark = spot->mark,
					       .op = spot->op,
					       .last = spot->last };
	}
	block->nr_stopped += stopped->nr > 0;
}

/* ---------------------------------------------------------- communications */

/* What is communicated there; 0: nothing. */
static uint32_t hash_look(const struct block *block, const struct look *look)
{
	uint32_t hash = hash_word(look->mark, block->stores[look->id].mark);

	return block->stores[look->id].mark ?
		       hash_word(hash, block->stores[look->id].before) | 1 :
		       0;
}

/*
 * A run in which @stopped stands in front of @point for all of the others. Returns:
 * false if it had been played.
 */
static bool play_stop(struct block *block, const struct program *others,
		      const struct stopped *stopped, unsigned int op,
		      unsigned int point)
{
	struct program program = *others;
	bool callback = stopped->op.op == OP_NOP;

	set_stopped(&program, &stopped->op);
	program.switches[program.nr_switches++] = (struct program_switch){
		.task = callback ? TASK_RCU : STOPPED,
		.op = (uint8_t)op,
		.point = (uint16_t)point,
		.next = OTHERS,
	};
	if (callback && others->tasks[OTHERS].nr > 1) /* its turn else */
		program.switches[program.nr_switches++] =
			(struct program_switch){ .task = OTHERS,
						 .op = 1,
						 .next = OTHERS };
	program_normalize(&program);
	if (kinds_played(&block->predictor->kinds, ledger_hash(&program)))
		return false;
	block->predicted->schedules++;
	play_recorded(block, &program, true);
	return true;
}

/* Looks come in the order of points. Returns: was it stopped anywhere? */
static bool try_stopped(struct block *block, const struct program *others,
			const struct stopped *stopped)
{
	struct kinds *kinds = &block->predictor->kinds;
	uint32_t past[KINDS_PAST] = { 0 }, next;
	const struct look *last = NULL;
	unsigned int nr = 0, i;
	bool any = false;

	for (i = 0; i < stopped->nr; i++) {
		const struct look *look = &stopped->looks[i];

		next = hash_look(block, look);
		if (!next)
			continue;
		if (last && last->op != look->op)
			nr = 0;
		last = look;
		if (kinds_take(kinds, block->turn, past, nr, next))
			any |= play_stop(block, others, stopped, look->op,
					 look->point);
		memmove(past + 1, past, (KINDS_PAST - 1) * sizeof(past[0]));
		past[0] = next;
		nr += nr < KINDS_PAST;
	}
	if (last && !last->last && kinds_take(kinds, block->turn, past, nr, 0))
		any |= play_stop(block, others, stopped, last->op,
				 last->point + 1U);
	return any;
}

/* Returns: do they store where anybody looks? */
static bool play_others(struct block *block, struct program *others)
{
	bool stores = false;
	unsigned int i, id, first;

	if (!play_recorded(block, others, false))
		return false;
	profile_stores(&block->profile, block->record, &others->tasks[OTHERS],
		       OTHERS);
	memset(block->stores, 0, block->nr_ids * sizeof(block->stores[0]));
	for (i = 0; i < block->profile.nr; i++) {
		const struct spot *spot = &block->profile.spots[i];

		id = id_of(block, spot->at, false);
		if (id == IDS)
			continue;
		block->stores[id].mark = spot->mark;
		block->stores[id].before = spot->before;
		stores |= !(spot->at & SPOT_LOCK);
	}
	if (!stores)
		return false;
	first = rng_below(&block->rng, block->nr_stopped);
	for (i = 0; i < block->nr_stopped; i++)
		block->predicted->programs += try_stopped(
			block, others,
			&block->stopped[(first + i) % block->nr_stopped]);
	return true;
}

static void play_first(struct block *block, const struct program_op *first)
{
	static struct program_op second[FORMS_PLACED_MAX];
	struct program program = block->setup, others;
	struct program_list *list = &program.tasks[OTHERS];
	unsigned int nr, i;

	*list = (struct program_list){ .nr = 1, .cpu = 1 };
	list->ops[0] = *first;
	forms_name_result(&program, block->target, &list->ops[0]);
	others = program;
	if (!play_others(block, &others))
		return;
	nr = forms_placed(block->target, &program, &block->rng, second);
	for (i = 0; i < nr; i++) {
		others = program;
		others.tasks[OTHERS].nr = 2;
		others.tasks[OTHERS].ops[1] = second[i];
		play_others(block, &others);
	}
}

/* ------------------------------------------------------------------- blocks */

/* The reviewed set-ups first; then with operations more, of which nobody thought. */
static bool make_setup(struct block *block, unsigned int setup)
{
	static struct program_op forms[FORMS_PLACED_MAX];
	unsigned int more = block->turn.pass < 2 ? block->turn.pass : 2;
	struct program_list *list = &block->setup.setup;

	if (!setups_program(setup, block->target, &block->setup))
		return false;
	for (; more && list->nr < PROGRAM_SETUP_OPS; more--) {
		if (!forms_placed(block->target, &block->setup, &block->rng,
				  forms))
			return false;
		list->ops[list->nr] = forms[0];
		forms_name_result(&block->setup, block->target,
				  &list->ops[list->nr++]);
	}
	return play_recorded(block, &block->setup, false);
}

/* Returns: false if there is nothing in it. */
static bool play_block(struct block *block)
{
	static struct program_op forms[FORMS_PLACED_MAX];
	const struct program_op none = { .op = OP_NOP };
	unsigned int setup, group, nr, i;
	struct rng rng;

	turns_block(block->turn, &setup, &group);
	if (!make_setup(block, setup))
		return false;
	rng_seed(&rng, rng_mix(block->turn.pass, setup)); /* of all groups */
	nr = forms_placed(block->target, &block->setup, &rng, forms);
	if (group * TURN_GROUP >= nr)
		return false;
	block->nr_stopped = block->nr_ids = 0;
	memset(block->slot, 0, sizeof(block->slot));
	memset(block->stores, 0, sizeof(block->stores));
	add_stopped(block, &none);
	for (i = 0; i < nr; i++)
		add_stopped(block, &forms[i]);
	for (i = group * TURN_GROUP; i < nr && i < (group + 1) * TURN_GROUP;
	     i++)
		play_first(block, &forms[i]);
	return true;
}

/* The next block, or the same once more, if it is that which killed. */
static bool play_next(struct block *block)
{
	struct predicted *predicted = block->predicted;
	bool played;

	do {
		if (!predicted->deaths || predicted->deaths >= PREDICT_DEATHS) {
			predicted->deaths = 0;
			if (!turns_take(&block->predictor->turns,
					&predicted->turn))
				return false;
		}
		block->turn = predicted->turn;
		rng_seed(&block->rng, rng_mix(block->turn.block, 1));
		played = play_block(block);
		predicted->deaths = 0;
	} while (!played);
	return true;
}

void predictor_work(struct predictor *predictor, struct predicted *predicted,
		    const struct target *target, struct engine *engine,
		    struct record *record)
{
	static struct block block;
	double begun = clock_seconds();

	block.predictor = predictor;
	block.predicted = predicted;
	block.target = target;
	block.engine = engine;
	block.record = record;
	predicted->over = !play_next(&block);
	predicted->seconds = clock_seconds() - begun;
}
