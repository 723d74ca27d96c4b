/* SPDX-License-Identifier: MIT */
/* generate.c: see generate.h. */
#include "generate.h"

#include "edit.h"
#include "fit.h"
#include "mutate.h"
#include "operation.h"

#define GIVERS_DEEP 4 /* a giver may need a giver */
#define FAILING_ONE_IN 16 /* programs: in one of its operations */
#define FILLED_ONE_IN 8 /* programs: an operation of set-up many times */
#define STATE_ONE_IN                                                           \
	3 /* programs: an operation in set-up, for the state it leaves */
#define ELSEWHERE_ONE_IN 4 /* indices that no operation has yet */
#define ADDS_ELSEWHERE_ONE_IN 2 /* of who adds a page: others have one */
#define BARE_ONE_IN 4 /* new indices: without a page */
#define NEAR_ONE_IN                                                            \
	4 /* indices: beside another, or in a node beside its node */
#define MINE_NOT_ONE_IN                                                        \
	3 /* operations that may go on with what their task got */
#define SWARM_FROM 4 /* kinds of operations; of fewer all are in */

struct generator {
	struct program *program;
	const struct target *target;
	struct rng *rng;
	unsigned int weights[OP_COUNT]; /* 0: not of this swarm */
	unsigned int sum;
	unsigned int nr_given[HANDLE_KINDS];
	uint8_t giver[HANDLE_KINDS][PROGRAM_HANDLES]; /* the last operation */
	unsigned int
		mine; /* of the target's own, given last in the list at hand */
	unsigned int nr_places;
	uint8_t places[PROGRAM_SETUP_OPS]; /* positions that operations meet at */
};

/* ------------------------------------------------------------ which kinds */

static void choose_swarm(struct generator *generator)
{
	unsigned int op, kinds = 0;

	for (op = 0; op < OP_COUNT; op++)
		kinds += fit_possible(generator->target, op);
	for (op = 0; op < OP_COUNT; op++) {
		if (fit_possible(generator->target, op) &&
		    (kinds < SWARM_FROM || rng_one_in(generator->rng, 2)))
			generator->weights[op] =
				operation_weight(op, generator->target);
		generator->sum += generator->weights[op];
	}
}

static unsigned int random_kind(const struct generator *generator)
{
	unsigned int op, at = rng_below(generator->rng, generator->sum);

	for (op = 0; at >= generator->weights[op]; op++)
		at -= generator->weights[op];
	return op;
}

/* Of the target's operations one that gives what @taker takes. */
static unsigned int random_giver(const struct generator *generator,
				 unsigned int taker)
{
	unsigned int op, nr = 0, giver = OP_NOP;

	for (op = 0; op < OP_COUNT; op++)
		if (fit_possible(generator->target, op) &&
		    operation_hands(generator->target, op, taker) &&
		    rng_one_in(generator->rng, ++nr))
			giver = op;
	return giver;
}

/* ------------------------------------------------- what an operation needs */

/* To the end of @list; what it gives has a handle of its own if there is one. */
static void append(struct generator *generator, struct program_list *list,
		   struct program_op op)
{
	enum handle_kind gives = operation_gives(op.op, generator->target);

	if (gives != HANDLE_NONE) {
		op.gives = (uint8_t)(generator->nr_given[gives]++ %
				     PROGRAM_HANDLES);
		generator->giver[gives][op.gives] = op.op;
		if (gives == HANDLE_OWN && list != &generator->program->setup)
			generator->mine = op.gives;
	}
	edit_insert_op(generator->program, list, list->nr, op);
}

static struct program_op op_of(const struct generator *generator,
			       unsigned int kind)
{
	struct program_op op = mutate_random_op(
		generator->program, generator->target, generator->rng);

	op.op = (uint8_t)kind;
	mutate_own(&op, generator->target, generator->rng);
	return op;
}

/* One of a few; or beside another one, in its node or in one of the next. */
static uint8_t fresh_place(const struct generator *generator, unsigned int op)
{
	struct rng *rng = generator->rng;
	unsigned int shift = generator->program->config.fanout_shift;
	unsigned int nr = generator->nr_places, index;
	unsigned long file;

	if (!nr || !rng_one_in(rng, NEAR_ONE_IN)) {
		index = rng_below(rng, 4);
		file = mutate_file(op, generator->target, rng);
		return (uint8_t)target_position(file, index);
	}
	index = generator->places[rng_below(rng, nr)];
	file = target_file(index);
	index = rng_one_in(rng, 2) ? index ^ 1 :
				     index + ((1 + rng_below(rng, 3)) << shift);
	return (uint8_t)target_position(file, target_index(index));
}

static void put_at(struct program_op *op, unsigned int place)
{
	op->index = (uint8_t)target_index(place);
	op->file = (uint8_t)target_file(place);
}

static bool adds(unsigned int op)
{
	return op == OP_ADD || op == OP_ADD_LARGE;
}

/* A page of the cache, of set-up's. */
static void add_in_setup(struct generator *generator, unsigned int place)
{
	const struct target *target = generator->target;
	struct program_op add;

	if (!target_has(target, OP_ADD) && !target_has(target, OP_ADD_LARGE))
		return;
	add = op_of(generator, OP_ADD);
	if (!target_has(target, OP_ADD) ||
	    (target_has(target, OP_ADD_LARGE) && rng_one_in(generator->rng, 4)))
		add.op = OP_ADD_LARGE;
	put_at(&add, place);
	append(generator, &generator->program->setup, add);
}

/* One that others have, or a new one: with a page, but for who adds one, or bare. */
static void choose_place(struct generator *generator, struct program_op *op)
{
	struct rng *rng = generator->rng;
	unsigned int elsewhere = adds(op->op) ? ADDS_ELSEWHERE_ONE_IN :
						ELSEWHERE_ONE_IN;
	uint8_t place;

	if (generator->nr_places && !rng_one_in(rng, elsewhere)) {
		put_at(op,
		       generator->places[rng_below(rng, generator->nr_places)]);
		return;
	}
	place = fresh_place(generator, op->op);
	put_at(op, place);
	if (generator->nr_places == PROGRAM_SETUP_OPS ||
	    rng_one_in(rng, BARE_ONE_IN))
		return;
	generator->places[generator->nr_places++] = place;
	if (!adds(op->op))
		add_in_setup(generator, place);
}

/* One that somebody has a page of: who is about a file is to meet them. */
static void choose_file(const struct generator *generator,
			struct program_op *op)
{
	unsigned int nr = generator->nr_places;

	if (nr && operation_filed(op->op, generator->target))
		op->file = (uint8_t)target_file(
			generator->places[rng_below(generator->rng, nr)]);
}

static void choose_handle(struct generator *generator, struct program_op *op,
			  unsigned int deep);

/* What @op takes and names is there. */
static void provide(struct generator *generator, struct program_op *op,
		    unsigned int deep)
{
	if (operation_takes(op->op, generator->target) != HANDLE_NONE)
		choose_handle(generator, op, deep);
	if (operation_indexed(op->op, generator->target))
		choose_place(generator, op);
	else
		choose_file(generator, op);
}

static bool hands(const struct generator *generator, unsigned int handle,
		  const struct program_op *op)
{
	enum handle_kind kind = operation_takes(op->op, generator->target);

	return handle < PROGRAM_HANDLES && handle < generator->nr_given[kind] &&
	       operation_hands(generator->target,
			       generator->giver[kind][handle], op->op);
}

static bool is_given(const struct generator *generator,
		     const struct program_op *op)
{
	unsigned int i;

	for (i = 0; i < PROGRAM_HANDLES; i++)
		if (hands(generator, i, op))
			return true;
	return false;
}

/* One of its kind, of the target's own kinds: this one or the next. */
static void next_given(const struct generator *generator, struct program_op *op)
{
	unsigned int tries;

	for (tries = 0;
	     tries < PROGRAM_HANDLES && !hands(generator, op->takes, op);
	     tries++)
		op->takes = (uint8_t)((op->takes + 1) % PROGRAM_HANDLES);
}

/* Any that is given, or one that set-up will give. */
static void choose_handle(struct generator *generator, struct program_op *op,
			  unsigned int deep)
{
	enum handle_kind kind = operation_takes(op->op, generator->target);
	unsigned int *nr = &generator->nr_given[kind];
	struct program_op giver;

	if (kind == HANDLE_OWN && hands(generator, generator->mine, op) &&
	    !rng_one_in(generator->rng, MINE_NOT_ONE_IN)) {
		op->takes = (uint8_t)generator->mine;
		return;
	}
	if (!is_given(generator, op) ||
	    (deep < GIVERS_DEEP && rng_one_in(generator->rng, 4))) {
		giver = op_of(generator, random_giver(generator, op->op));
		provide(generator, &giver, deep + 1);
		append(generator, &generator->program->setup, giver);
	}
	op->takes = (uint8_t)rng_below(generator->rng, *nr < PROGRAM_HANDLES ?
							       *nr :
							       PROGRAM_HANDLES);
	if (kind == HANDLE_OWN)
		next_given(generator, op);
}

/* -------------------------------------------------------------- a program */

static void add_op(struct generator *generator, struct program_list *list)
{
	struct program_op op = op_of(generator, random_kind(generator));
	enum handle_kind gives = operation_gives(op.op, generator->target);
	unsigned int back = operation_back(generator->target, op.op);

	provide(generator, &op, 0);
	append(generator, list, op);
	if (gives == HANDLE_NONE || rng_one_in(generator->rng, 2) ||
	    back == OP_NOP)
		return;
	op = op_of(generator, back);
	op.takes = (uint8_t)((generator->nr_given[gives] - 1) %
			     PROGRAM_HANDLES);
	append(generator, list, op);
}

/*
 * The same again and again behind all else of set-up, as far as there is room:
 * what is full, or has gone round, is a state like another.
 */
static void fill(struct generator *generator)
{
	struct program_list *setup = &generator->program->setup;
	struct program_op op = op_of(generator, random_kind(generator));
	unsigned int times = 2U << rng_below(generator->rng, 4);

	provide(generator, &op, 0);
	while (times-- && setup->nr < PROGRAM_SETUP_OPS)
		append(generator, setup, op);
}

/* One thing more that has happened: written to, locked, isolated, read ... */
static void put_in_a_state(struct generator *generator)
{
	struct program_op op = op_of(generator, random_kind(generator));

	provide(generator, &op, 0);
	append(generator, &generator->program->setup, op);
}

/* What a CPU gathers holds references; half of the time set-up is long ago. */
static void settle(struct generator *generator)
{
	struct program_list *setup = &generator->program->setup;

	if (setup->nr && target_has(generator->target, OP_LRU_DRAIN) &&
	    rng_one_in(generator->rng, 2))
		append(generator, setup, op_of(generator, OP_LRU_DRAIN));
}

void generate_program(struct program *program, const struct target *target,
		      struct rng *rng)
{
	struct generator generator = { .program = program,
				       .target = target,
				       .rng = rng };
	unsigned int nr, task, tasks = 2 + rng_one_in(rng, 4);

	program_clear(program);
	choose_swarm(&generator);
	if (!generator.sum)
		return;
	if (target_pages_min(target) < TARGET_PAGES)
		program->config.pages = mutate_pages(target, rng);
	for (nr = rng_below(rng, 4); nr; nr--)
		mutate_config(program, target, rng);
	for (task = 0; task < tasks; task++) {
		generator.mine = NO_HANDLE;
		for (nr = 1 + rng_below(rng, GENERATE_OPS); nr; nr--)
			add_op(&generator, &program->tasks[task]);
	}
	generator.mine = NO_HANDLE;
	if (rng_one_in(rng, STATE_ONE_IN))
		put_in_a_state(&generator);
	if (rng_one_in(rng, FILLED_ONE_IN))
		fill(&generator);
	settle(&generator);
	if (rng_one_in(rng, FAILING_ONE_IN))
		mutate_fail(program, rng);
	mutate_room(program, target);
	program_normalize(program);
}
