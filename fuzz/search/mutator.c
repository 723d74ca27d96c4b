/* SPDX-License-Identifier: MIT */
/* mutator.c: see mutator.h. */
#include "mutator.h"

#include <string.h>

#include "bail.h"
#include "fit.h"
#include "generate.h"
#include "hash.h"
#include "interrupt.h"
#include "mutate.h"
#include "window.h"

#define FRESH_ONE_IN 2
#define FRESH_BESIDE_SEEDS_ONE_IN 32 /* seeds are worth more */
#define REVERSAL_ONE_IN 5

#define REORDER_ONE_IN 2 /* children, if memory is weak */
#define REORDERINGS_ONE_IN 8 /* mutations */
#define OWN_ONE_IN 2 /* rounds begin with the schedule that the parent has */
#define OWN_IN_ORDER_ONE_IN 4 /* if it has none, and tasks run in order */

static const char *const chances[MUTATOR_CHANCES] = { "random-walk", "pos",
						      "surw" };

void mutator_init(struct mutator *mutator, struct engine *engine,
		  const struct target *target)
{
	memset(&mutator->reverse, 0, sizeof(mutator->reverse));
	memset(mutator->known, 0, sizeof(mutator->known));
	mutator->record.nr = 0;
	mutator->engine = engine;
	mutator->target = target;
	mutator->children = 0;
	mutator->rounds = 0;
	mutator->more = 0;
	mutator->fruitful = false;
	mutator->asks = false;
	mutator->schedules_only = false;
	mutator->weak = false;
	memset(&mutator->cycle, 0, sizeof(mutator->cycle));
	mutator->begun = false;
	mutator->nr_seeds = 0;
	mutator->next_seed = 0;
	mutator->of_seed = false;
	mutator->owed = 0;
	foresight_init(&mutator->foresight, engine, target);
}

static uint32_t hash_list(uint32_t hash, const struct program_list *list)
{
	hash = hash_word(hash, list->nr);
	return hash_bytes(hash, list->ops, list->nr * sizeof(list->ops[0]));
}

/* Did programs with these operations come up before? From now on they did. */
static bool is_known(struct mutator *mutator, const struct program *program)
{
	uint32_t hash = hash_list(HASH_START, &program->setup);
	unsigned int task;
	bool *known, before;

	for (task = 0; task < PROGRAM_TASKS; task++)
		hash = hash_list(hash, &program->tasks[task]);
	known = &mutator->known[hash_word(hash, 0) % MUTATOR_LISTS];
	before = *known;
	*known = true;
	return before;
}

/* An access changes places with another. Returns: false if none can. */
static bool mutator_reorder(struct mutator *mutator,
			    const struct program *program, struct rng *rng,
			    struct program *child)
{
	if (!mutator->weak || !rng_one_in(rng, REORDER_ONE_IN) ||
	    !cycle_reorder(&mutator->cycle, mutator->engine, &mutator->record,
			   program, rng, child))
		return false;
	mutator->fruitful |= mutator->cycle.first;
	return true;
}

/*
 * Reverse a race of the run in the record, which was one of @program, or reorder
 * two of its accesses, or call an interrupt of it, and let that be the next child.
 * Returns: false if there is nothing of that.
 */
static bool mutator_child(struct mutator *mutator, struct program *program,
			  struct rng *rng)
{
	struct program child;

	if (!interrupt_call(&mutator->record, program, rng, &child) &&
	    !mutator_reorder(mutator, program, rng, &child)) {
		if (!reverse_race(&mutator->reverse, &mutator->record, program,
				  rng, &child))
			return false;
		mutator->fruitful |= mutator->reverse.first;
	}
	*program = mutator->child = child;
	return true;
}

/* The child that was handed out last has been run, and recorded. */
static bool child_has_run(const struct mutator *mutator)
{
	return mutator->engine->program &&
	       program_equal(mutator->engine->program, &mutator->child);
}

/* The parent goes first: what is to be reversed is what the caller records. */
static void mutator_ask(struct mutator *mutator)
{
	mutator->child = mutator->parent;
	mutator->children = MUTATOR_CHILDREN;
}

/*
 * Run the parent, recorded, in its own schedule or one by chance, which @program
 * gets. Returns: as bail_run().
 */
static const struct verdict *
play_parent(struct mutator *mutator, struct program *program, struct rng *rng)
{
	struct engine *engine = mutator->engine;
	struct run_options options = { .observers = { record_observer(
					       &mutator->record) } };
	unsigned int pick = rng_below(rng, MUTATOR_CHANCES);
	struct window window = { .from = 0 };
	const struct verdict *verdict;
	struct policy policy;

	if (!rng_one_in(rng, program->nr_switches ? OWN_ONE_IN :
						    OWN_IN_ORDER_ONE_IN)) {
		chance_policy(&mutator->chances[pick], &window.inner,
			      mutator->seed, mutator->played[pick]++);
		if (rng_one_in(rng, 2))
			window.from = rng_below(rng, mutator->record.nr);
		window_policy(&window, &policy);
		options.policy = &policy;
		program->nr_switches = 0;
	}
	verdict = bail_run(engine, mutator->target, program, &options);
	engine->program = NULL; /* the caller's, soon gone */
	if (options.policy && engine_script(engine, program))
		program_normalize(program);
	return verdict;
}

/* Programs that somebody gave, of which nothing is common. */
static bool is_wanted(const struct mutator *mutator)
{
	return mutator->of_seed || mutator->schedules_only;
}

/*
 * Begin a round with the parent; if that is a finding itself, or kills, it is
 * handed out.
 */
static void mutator_round(struct mutator *mutator, struct program *program,
			  struct rng *rng)
{
	const struct verdict *verdict;

	*program = mutator->parent;
	mutator->fruitful = false;
	if (mutator->asks) {
		mutator_ask(mutator);
		return;
	}
	verdict = play_parent(mutator, program, rng);
	if (!verdict || verdict->finding.checker)
		return;
	mutator->reverse.rare = true; /* so is what reverses no race */
	if (!mutator_child(mutator, program, rng))
		mutator->rounds = 0;
	else if (mutator->reverse.rare || is_wanted(mutator))
		mutator->children = MUTATOR_CHILDREN - 1;
}

/* The next child of the round. Returns: false if the round is over. */
static bool mutator_go_on(struct mutator *mutator, struct program *program,
			  struct rng *rng)
{
	if (!mutator->children)
		return false;
	mutator->children--;
	if (child_has_run(mutator)) {
		*program = mutator->child;
		if (mutator_child(mutator, program, rng))
			return true;
		/* There is no race in the parent. */
		if (mutator->asks && mutator->children == MUTATOR_CHILDREN - 1)
			mutator->rounds = 0;
	}
	mutator->children = 0;
	return false;
}

void mutator_saw(struct mutator *mutator, const struct program *program)
{
	if (!mutator->begun && mutator->nr_seeds < MUTATOR_SEEDS &&
	    program_nr_ops(program) && !is_known(mutator, program))
		mutator->seeds[mutator->nr_seeds++] = *program;
}

/* From now on rounds are @parent's: so many, and more while they bear fruit. */
static void mutator_adopt(struct mutator *mutator, const struct program *parent,
			  unsigned int rounds, struct rng *rng)
{
	unsigned int i;

	mutator->parent = *parent;
	mutator->seed = rng_next(rng);
	memset(mutator->played, 0, sizeof(mutator->played));
	for (i = 0; i < MUTATOR_CHANCES; i++)
		chance_init(&mutator->chances[i], chance_find(chances[i]), 0);
	mutator->rounds = rounds - 1;
	mutator->more = MUTATOR_MORE;
}

static bool another_round(struct mutator *mutator)
{
	if (mutator->rounds) {
		mutator->rounds--;
		return true;
	}
	if (!mutator->fruitful || !mutator->more)
		return false;
	mutator->more--;
	return true;
}

/* A burst of the next seed, if all others had as many inputs as seeds had. */
static bool seed_burst(struct mutator *mutator, struct rng *rng)
{
	if (!mutator->nr_seeds || mutator->owed)
		return false;
	mutator_adopt(mutator, &mutator->seeds[mutator->next_seed],
		      MUTATOR_BURST, rng);
	mutator->next_seed = (mutator->next_seed + 1) % mutator->nr_seeds;
	return true;
}

/* Is it time for a burst, of a seed or of @program? */
static bool mutator_burst(struct mutator *mutator,
			  const struct program *program, struct rng *rng)
{
	mutator->of_seed = seed_burst(mutator, rng);
	if (mutator->of_seed)
		return true;
	if (is_known(mutator, program))
		return false;
	mutator_adopt(mutator, program, MUTATOR_BURST, rng);
	return true;
}

/* One input more for a seed, or for the others. */
static void mutator_share(struct mutator *mutator)
{
	if (mutator->of_seed)
		mutator->owed++;
	else if (mutator->owed)
		mutator->owed--;
}

static bool is_time_for_fresh(const struct mutator *mutator, struct rng *rng)
{
	if (mutator->schedules_only)
		return false;
	return rng_one_in(rng, mutator->nr_seeds ? FRESH_BESIDE_SEEDS_ONE_IN :
						   FRESH_ONE_IN);
}

static void mutator_mutate(const struct mutator *mutator,
			   struct program *program, struct rng *rng)
{
	if (mutator->weak && rng_one_in(rng, REORDERINGS_ONE_IN))
		mutate_reorderings(program, mutator->target, rng);
	else if (mutator->schedules_only)
		mutate_schedule(program, mutator->target, rng);
	else
		mutate_program(program, mutator->target, rng);
}

/* Returns: @program is a finding, to be handed out. */
static bool mutator_foresee(struct mutator *mutator, uint64_t seed,
			    struct program *program)
{
	return !mutator->asks && !mutator->schedules_only &&
	       foresight_next(&mutator->foresight, seed, program);
}

void mutator_next(struct mutator *mutator, struct program *program,
		  uint64_t seed)
{
	struct rng rng;

	rng_seed(&rng, seed);
	fit_program(program, mutator->target);
	mutator->begun = true;
	mutator_share(mutator);
	if (mutator_go_on(mutator, program, &rng) ||
	    mutator_foresee(mutator, seed, program))
		return;
	if (!another_round(mutator) && !mutator_burst(mutator, program, &rng)) {
		if (is_time_for_fresh(mutator, &rng)) {
			generate_program(program, mutator->target, &rng);
		} else if (!rng_one_in(&rng, REVERSAL_ONE_IN)) {
			mutator_mutate(mutator, program, &rng);
			return;
		} else if (rng_one_in(&rng, 2)) {
			mutator_mutate(mutator, program, &rng);
		}
		mutator_adopt(mutator, program, 1, &rng);
	}
	mutator_round(mutator, program, &rng);
}
