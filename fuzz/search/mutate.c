/* SPDX-License-Identifier: MIT */
/* mutate.c: see mutate.h. */
#include "mutate.h"

#include "edit.h"
#include "fit.h"
#include "operation.h"

#define FAIL_ONE_IN 32 /* small changes */
#define LARGE_ONE_IN 16 /* orders: larger than usual, where such are drawn */

/* -------------------------------------------------------------- operations */

static unsigned int weight_of(const struct target *target, unsigned int op)
{
	return fit_possible(target, op) ? operation_weight(op, target) : 0;
}

static unsigned int random_operation(const struct target *target,
				     struct rng *rng)
{
	unsigned int op, sum = 0, at;

	for (op = 0; op < OP_COUNT; op++)
		sum += weight_of(target, op);
	at = rng_below(rng, sum);
	for (op = 0; sum && at >= weight_of(target, op); op++)
		at -= weight_of(target, op);
	return op;
}

/* Some operation of @program, set-up included; NULL: it has none. */
static const struct program_op *some_op(const struct program *program,
					struct rng *rng)
{
	unsigned int task, at;

	if (!edit_place(program, rng_below(rng, program_nr_ops(program)),
			&task, &at))
		return NULL;
	return task < PROGRAM_TASKS ? &program->tasks[task].ops[at] :
				      &program->setup.ops[at];
}

/*
 * Let @op meet what is there: the index that another operation names, a handle
 * that another one gives.
 */
static void connect_op(struct program_op *op, const struct program *program,
		       const struct target *target, struct rng *rng)
{
	const struct program_op *other;
	unsigned int tries;

	for (tries = 0; tries < 4; tries++) {
		other = some_op(program, rng);
		if (!other)
			return;
		if (operation_indexed(op->op, target) &&
		    operation_indexed(other->op, target)) {
			op->index = other->index;
			op->file = other->file;
		} else if (operation_hands(target, other->op, op->op) &&
			   other->gives != NO_HANDLE) {
			op->takes = other->gives;
		} else {
			continue;
		}
		return;
	}
}

static unsigned int random_order(const struct target *target, struct rng *rng)
{
	unsigned int most = target->order_max;

	if (most > MUTATE_ORDER_USUAL)
		most = MUTATE_ORDER_USUAL;
	if (target->order_seldom && rng_one_in(rng, LARGE_ONE_IN))
		return most + 1 + rng_below(rng, target->order_seldom - most);
	return rng_below(rng, most + 1);
}

struct program_op mutate_random_op(const struct program *program,
				   const struct target *target,
				   struct rng *rng)
{
	struct program_op op = {
		.op = (uint8_t)random_operation(target, rng),
		.gives = (uint8_t)rng_small(rng, 3, PROGRAM_HANDLES),
		.takes = (uint8_t)rng_small(rng, 3, PROGRAM_HANDLES),
		.index = (uint8_t)rng_small(rng, 4, TARGET_FILE_PAGES),
		.count = (uint8_t)(1 + rng_below(rng, TARGET_BATCH_MAX)),
		.order = (uint8_t)random_order(target, rng),
		.compound = target->compound && rng_one_in(rng, 3),
	};

	op.file = mutate_file(op.op, target, rng);
	if (!rng_one_in(rng, 4))
		connect_op(&op, program, target, rng);
	mutate_own(&op, target, rng);
	return op;
}

enum {
	CHANGE_GIVES,
	CHANGE_TAKES,
	CHANGE_INDEX,
	CHANGE_ORDER,
	CHANGE_KIND,
	CHANGE_ALL,
	CHANGES
};

/* What may be another: one of those that say something to the target. */
static unsigned int random_change(const struct target *target, struct rng *rng)
{
	unsigned int what = rng_below(rng, CHANGES);

	if ((what == CHANGE_INDEX && !fit_reads(target, ARG_INDEX | ARG_OWN)) ||
	    (what == CHANGE_ORDER && !target->order_max))
		what = CHANGE_ALL;
	return what;
}

/* One field of @op anew. */
static void change_op(const struct program *program, struct program_op *op,
		      const struct target *target, struct rng *rng)
{
	const struct program_op other = mutate_random_op(program, target, rng);

	switch (random_change(target, rng)) {
	case CHANGE_GIVES:
		op->gives = other.gives;
		break;
	case CHANGE_TAKES:
		op->takes = other.takes;
		break;
	case CHANGE_INDEX:
		op->index = other.index;
		op->file = other.file;
		mutate_own(op, target, rng);
		break;
	case CHANGE_ORDER:
		op->order = other.order;
		op->compound = other.compound;
		break;
	case CHANGE_KIND:
		op->op = other.op;
		mutate_own(op, target, rng);
		break;
	default:
		*op = other;
	}
	fit_own(op, target);
}

/* ------------------------------------------------------------------- lists */

/* Two tasks most of the time, three now and then, seldom more. */
static struct program_list *random_list(struct program *program,
					struct rng *rng)
{
	unsigned int pick = rng_below(rng, 32);

	if (pick < 4)
		return &program->setup;
	if (pick < 26)
		return &program->tasks[rng_below(rng, 2)];
	if (pick < 31)
		return &program->tasks[2];
	return &program->tasks[rng_below(rng, PROGRAM_TASKS)];
}

static void mutate_insert(struct program *program, const struct target *target,
			  struct rng *rng)
{
	struct program_list *list = random_list(program, rng);
	unsigned int at = rng_below(rng, list->nr + 1U);

	edit_insert_op(program, list, at,
		       mutate_random_op(program, target, rng));
}

static void mutate_remove(struct program *program, struct rng *rng)
{
	struct program_list *list = random_list(program, rng);

	if (list->nr)
		edit_remove_op(program, list, rng_below(rng, list->nr));
}

static void mutate_change(struct program *program, const struct target *target,
			  struct rng *rng)
{
	struct program_list *list = random_list(program, rng);

	if (list->nr)
		change_op(program, &list->ops[rng_below(rng, list->nr)], target,
			  rng);
}

/* An operation goes to another place, perhaps another task's. */
static void mutate_move(struct program *program, struct rng *rng)
{
	struct program_list *from = random_list(program, rng);
	struct program_list *to = random_list(program, rng);
	struct program_op op;
	unsigned int at;

	if (!from->nr || to->nr >= edit_room(program, to))
		return;
	at = rng_below(rng, from->nr);
	op = from->ops[at];
	edit_remove_op(program, from, at);
	edit_insert_op(program, to, rng_below(rng, to->nr + 1U), op);
}

static void mutate_copy(struct program *program, struct rng *rng)
{
	struct program_list *from = random_list(program, rng);
	struct program_list *to = random_list(program, rng);
	unsigned int at;

	if (!from->nr)
		return;
	at = rng_below(rng, to->nr + 1U);
	edit_insert_op(program, to, at, from->ops[rng_below(rng, from->nr)]);
}

/* ---------------------------------------------------------------- schedule */

static unsigned int random_task(struct rng *rng)
{
	return rng_one_in(rng, 16) ? rng_below(rng, TASK_RCU + 1) :
				     rng_below(rng, 3);
}

#define POINTS_MASK 0x3ff /* where a point may move to, at least */

/* Early points are likelier than late ones; 0 is the boundary. */
static uint16_t random_point(const struct target *target, struct rng *rng)
{
	unsigned int shift = rng_below(rng, target_points_shift(target) + 1);

	return (uint16_t)rng_below(rng, 1U << shift);
}

static struct program_switch random_switch(const struct program *program,
					   const struct target *target,
					   struct rng *rng)
{
	unsigned int task = random_task(rng), ops = PROGRAM_OPS;

	if (task < PROGRAM_TASKS && program->tasks[task].nr)
		ops = program->tasks[task].nr;
	return (struct program_switch){
		.task = (uint8_t)task,
		.op = (uint8_t)rng_below(rng, ops),
		.point = random_point(target, rng),
		.next = (uint8_t)random_task(rng),
	};
}

static void change_switch(const struct program *program,
			  struct program_switch *entry,
			  const struct target *target, struct rng *rng)
{
	unsigned int mask = POINTS_MASK;

	mask |= (1U << target_points_shift(target)) - 1;
	switch (rng_below(rng, 3)) {
	case 0:
		entry->point = (uint16_t)(entry->point +
					  rng_below(rng, 9) - 4);
		entry->point &= (uint16_t)mask;
		break;
	case 1:
		entry->next = (uint8_t)random_task(rng); /* or how far */
		break;
	default:
		*entry = random_switch(program, target, rng);
	}
}

static void mutate_switches(struct program *program,
			    const struct target *target, struct rng *rng)
{
	unsigned int nr = program->nr_switches;
	unsigned int at = rng_below(rng, nr);

	switch (rng_below(rng, 4)) {
	case 0:
	case 1:
		if (nr < PROGRAM_SWITCHES)
			program->switches[program->nr_switches++] =
				random_switch(program, target, rng);
		break;
	case 2:
		if (nr)
			program->switches[at] =
				program->switches[--program->nr_switches];
		break;
	default:
		if (nr)
			change_switch(program, &program->switches[at], target,
				      rng);
	}
}

/* ---------------------------------------------------------------- in sum */

static void mutate_once(struct program *program, const struct target *target,
			struct rng *rng)
{
	if (rng_one_in(rng, FAIL_ONE_IN)) {
		mutate_fail(program, rng);
		return;
	}
	switch (rng_below(rng, 12)) {
	case 0:
	case 1:
	case 2:
		mutate_insert(program, target, rng);
		break;
	case 3:
		mutate_remove(program, rng);
		break;
	case 4:
	case 5:
		mutate_change(program, target, rng);
		break;
	case 6:
		mutate_move(program, rng);
		break;
	case 7:
		mutate_copy(program, rng);
		break;
	case 8:
		mutate_config(program, target, rng);
		break;
	default:
		mutate_switches(program, target, rng);
	}
}

void mutate_program(struct program *program, const struct target *target,
		    struct rng *rng)
{
	unsigned int times = 1 + rng_below(rng, 4);

	while (times--)
		mutate_once(program, target, rng);
	mutate_room(program, target);
	program_normalize(program);
}

void mutate_schedule(struct program *program, const struct target *target,
		     struct rng *rng)
{
	unsigned int times = 1 + rng_below(rng, 4);

	while (times--)
		mutate_switches(program, target, rng);
	program_normalize(program);
}

void mutate_cross(const struct program *a, const struct program *b,
		  struct program *child, struct rng *rng)
{
	unsigned int task, i;

	*child = *a;
	child->nr_switches = 0;
	for (task = 0; task < PROGRAM_TASKS; task++) {
		const struct program *from = rng_one_in(rng, 2) ? a : b;

		child->tasks[task] = from->tasks[task];
		for (i = 0; i < from->nr_switches; i++)
			if (from->switches[i].task == task &&
			    child->nr_switches < PROGRAM_SWITCHES)
				child->switches[child->nr_switches++] =
					from->switches[i];
	}
	if (rng_one_in(rng, 2)) {
		child->setup = b->setup;
		child->config = b->config;
	}
	program_normalize(child);
}
