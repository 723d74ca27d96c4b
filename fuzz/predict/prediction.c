/* SPDX-License-Identifier: MIT */
/* prediction.c: see prediction.h. */
#include "prediction.h"

#include <string.h>

#include "fit.h"
#include "hash.h"
#include "setups.h"

#define STOPPED 0 /* tasks */
#define OTHERS 1

/* -------------------------------------------------------------------- spots */

/* Returns: PREDICT_SPOTS if there is no such spot, and none can be @made. */
static unsigned int id_of(struct prediction *own, uint64_t at, bool made)
{
	uint32_t hash = hash_word(hash_word(HASH_START, (uint32_t)at),
				  (uint32_t)(at >> 32));

	for (;; hash++) {
		uint16_t *slot = &own->slot[hash % PREDICT_SLOTS];

		if (*slot && own->at[*slot - 1] == at)
			return *slot - 1U;
		if (*slot)
			continue;
		if (!made || own->nr_ids == PREDICT_SPOTS)
			return PREDICT_SPOTS;
		own->at[own->nr_ids++] = at;
		*slot = (uint16_t)own->nr_ids;
		return own->nr_ids - 1;
	}
}

/* --------------------------------------------------------------------- runs */

void prediction_init(struct prediction *own, struct predictor *predictor,
		     const struct target *target,
		     const struct predict_player *player)
{
	own->predictor = predictor;
	own->target = target;
	own->player = *player;
	own->programs = 0;
	own->first = own->end = own->second = own->nr_seconds = 0;
}

/* Returns: it ended without a finding. */
static bool play_recorded(struct prediction *own, struct program *program,
			  bool stop)
{
	enum predict_end end;

	fit_program(program, own->target);
	if (!stop && predictor_kills(own->predictor, program))
		return false;
	end = own->player.play(own->player.arg, program, stop);
	own->enough |= end == PREDICT_ENOUGH;
	return end == PREDICT_CLEAN;
}

/* ----------------------------------------------------------- who is stopped */

static void set_stopped(struct program *program, const struct program_op *op)
{
	if (op->op == OP_NOP)
		return;
	program->tasks[STOPPED] = (struct program_list){ .nr = 1 };
	program->tasks[STOPPED].ops[0] = *op;
}

static void add_stopped(struct prediction *own, const struct program_op *op)
{
	struct stopped *stopped = &own->stopped[own->nr_stopped];
	struct program program = own->setup;
	unsigned int i;

	set_stopped(&program, op);
	if (!play_recorded(own, &program, false))
		return;
	profile_accesses(&own->profile, own->player.record,
			 op->op == OP_NOP ? TASK_RCU : STOPPED);
	stopped->op = *op;
	stopped->nr = 0;
	for (i = 0; i < own->profile.nr; i++) {
		const struct spot *spot = &own->profile.spots[i];
		unsigned int id = id_of(own, spot->at, true);

		if (id < PREDICT_SPOTS)
			stopped->looks[stopped->nr++] =
				(struct look){ .id = (uint16_t)id,
					       .point = spot->point,
					       .mark = spot->mark,
					       .value = spot->value,
					       .op = spot->op,
					       .last = spot->last };
	}
	own->nr_stopped += stopped->nr > 0;
}

/* ---------------------------------------------------------- communications */

/* What is communicated there; 0: nothing. */
static uint32_t hash_look(const struct prediction *own, const struct look *look)
{
	const struct stored *stored = &own->stores[look->id];
	uint32_t hash;

	if (!stored->mark)
		return 0;
	hash = hash_word(look->mark, stored->mark);
	hash = hash_word(hash, kinds_change(look->value, stored->value));
	return hash_word(hash, stored->before) | 1;
}

/*
 * A run in which @stopped stands in front of @point for all of the others. Returns:
 * false if it had been played.
 */
static bool play_stop(struct prediction *own, const struct program *others,
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
	if (kinds_played(&own->predictor->kinds, program_hash(&program)))
		return false;
	play_recorded(own, &program, true);
	return true;
}

/* Looks come in the order of points. Returns: was it stopped anywhere? */
static bool try_stopped(struct prediction *own, const struct program *others,
			const struct stopped *stopped)
{
	struct kinds *kinds = &own->predictor->kinds;
	uint32_t past[KINDS_PAST] = { 0 }, next;
	const struct look *last = NULL;
	unsigned int nr = 0, i;
	bool any = false;

	for (i = 0; i < stopped->nr && !own->enough; i++) {
		const struct look *look = &stopped->looks[i];

		next = hash_look(own, look);
		if (!next)
			continue;
		if (last && last->op != look->op)
			nr = 0;
		last = look;
		if (kinds_take(kinds, own->turn, past, nr, next))
			any |= play_stop(own, others, stopped, look->op,
					 look->point);
		memmove(past + 1, past, (KINDS_PAST - 1) * sizeof(past[0]));
		past[0] = next;
		nr += nr < KINDS_PAST;
	}
	if (last && !last->last && !own->enough &&
	    kinds_take(kinds, own->turn, past, nr, 0))
		any |= play_stop(own, others, stopped, last->op,
				 last->point + 1U);
	return any;
}

/* Returns: do they store where anybody looks? */
static bool play_others(struct prediction *own, struct program *others)
{
	bool stores = false;
	unsigned int i, id, first;

	if (!play_recorded(own, others, false))
		return false;
	profile_stores(&own->profile, own->player.record,
		       &others->tasks[OTHERS], OTHERS);
	memset(own->stores, 0, own->nr_ids * sizeof(own->stores[0]));
	for (i = 0; i < own->profile.nr; i++) {
		const struct spot *spot = &own->profile.spots[i];

		id = id_of(own, spot->at, false);
		if (id == PREDICT_SPOTS)
			continue;
		own->stores[id] = (struct stored){ .value = spot->value,
						   .mark = spot->mark,
						   .before = spot->before };
		stores |= !(spot->at & SPOT_LOCK);
	}
	if (!stores)
		return false;
	first = rng_below(&own->rng, own->nr_stopped);
	for (i = 0; i < own->nr_stopped && !own->enough; i++)
		own->programs += try_stopped(
			own, others,
			&own->stopped[(first + i) % own->nr_stopped]);
	return true;
}

/* ------------------------------------------------------------------- blocks */

/* The reviewed set-ups first; then with operations more, of which nobody thought. */
static bool make_setup(struct prediction *own, unsigned int setup)
{
	unsigned int more = own->turn.pass < 2 ? own->turn.pass : 2;
	struct program_list *list = &own->setup.setup;

	if (!setups_program(setup, own->target, &own->setup))
		return false;
	for (; more && list->nr < PROGRAM_SETUP_OPS; more--) {
		if (!forms_placed(own->target, &own->setup, &own->rng,
				  own->firsts))
			return false;
		list->ops[list->nr] = own->firsts[0];
		forms_name_result(&own->setup, own->target,
				  &list->ops[list->nr++]);
	}
	return play_recorded(own, &own->setup, false);
}

/* Each operation alone: where it looks. */
static void look_at_all(struct prediction *own, unsigned int nr)
{
	const struct program_op none = { .op = OP_NOP };
	unsigned int i;

	own->nr_stopped = own->nr_ids = 0;
	memset(own->slot, 0, sizeof(own->slot));
	memset(own->stores, 0, sizeof(own->stores));
	add_stopped(own, &none);
	for (i = 0; i < nr && !own->enough; i++)
		add_stopped(own, &own->firsts[i]);
}

bool prediction_begin(struct prediction *own, struct block_turn turn)
{
	unsigned int setup, group, nr;
	struct rng rng;

	own->turn = turn;
	own->enough = false;
	own->first = own->end = own->second = own->nr_seconds = 0;
	rng_seed(&own->rng, rng_mix(turn.block, 1 + turn.seed));
	turns_block(turn, &setup, &group);
	if (!make_setup(own, setup))
		return false;
	rng_seed(&rng, rng_mix(turn.pass, setup)); /* of all groups */
	nr = forms_placed(own->target, &own->setup, &rng, own->firsts);
	if (group * TURN_GROUP >= nr)
		return false;
	look_at_all(own, nr);
	own->first = group * TURN_GROUP;
	own->end = own->first + TURN_GROUP < nr ? own->first + TURN_GROUP : nr;
	return true;
}

static void play_first(struct prediction *own, const struct program_op *first)
{
	struct program_list *list = &own->one.tasks[OTHERS];
	struct program others;

	own->second = own->nr_seconds = 0;
	own->one = own->setup;
	*list = (struct program_list){ .nr = 1, .cpu = 1 };
	list->ops[0] = *first;
	forms_name_result(&own->one, own->target, &list->ops[0]);
	others = own->one;
	if (play_others(own, &others))
		own->nr_seconds = forms_placed(own->target, &own->one,
					       &own->rng, own->seconds);
}

static void play_second(struct prediction *own, const struct program_op *second)
{
	struct program others = own->one;

	others.tasks[OTHERS].nr = 2;
	others.tasks[OTHERS].ops[1] = *second;
	play_others(own, &others);
}

bool prediction_step(struct prediction *own)
{
	own->enough = false;
	if (own->second < own->nr_seconds)
		play_second(own, &own->seconds[own->second++]);
	else if (own->first < own->end)
		play_first(own, &own->firsts[own->first++]);
	else
		return false;
	return true;
}
