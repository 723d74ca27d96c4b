/* SPDX-License-Identifier: MIT */
/*
 * boxes.c: numbers that are lent, as descriptors or slots of a slab are: open gives a
 * box, read and write are about one, close gives it back. A box is a handle of
 * programs; several tasks may use one at a time.
 *
 * A bit a box says that it is taken. Who opens finds one that is not, and takes it by
 * compare-and-swap; a box is empty, 0, when it is opened, for who closes it empties it.
 * Promises: some order of the calls explains what each got: the model.
 * Yields: at each access to taken and the numbers.
 */
#include "machine.h"
#include "target.h"

#define BOXES 4U

enum {
	OPEN = OP_OWN,
	WRITE,
	READ,
	CLOSE
};

static struct boxes {
	unsigned long taken; /* a bit a box */
	unsigned int numbers[BOXES];
} boxes;

static void boxes_init(const struct target_config *config)
{
	memset(&boxes, 0, sizeof(boxes));
	(void)config;
}

static int boxes_regions(struct target_region *regions)
{
	*regions = (struct target_region){ .start = &boxes,
					   .size = sizeof(boxes) };
	return 1;
}

static void op_open(const struct op_args *args, struct op_result *result)
{
	unsigned long taken;
	int box;

	do {
		taken = READ_ONCE(boxes.taken);
		if (taken == (1UL << BOXES) - 1)
			return;
		box = __builtin_ctzl(~taken);
	} while (cmpxchg(&boxes.taken, taken, taken | 1UL << box) != taken);
	op_returns(result, box);
	(void)args;
}

static void op_write(const struct op_args *args, struct op_result *result)
{
	WRITE_ONCE(boxes.numbers[args->handle], args->own[0]);
	(void)result;
}

static void op_read(const struct op_args *args, struct op_result *result)
{
	op_returns(result, READ_ONCE(boxes.numbers[args->handle]));
}

static void op_close(const struct op_args *args, struct op_result *result)
{
	WRITE_ONCE(boxes.numbers[args->handle], 0);
	clear_bit_unlock((unsigned int)args->handle, &boxes.taken);
	(void)result;
}

/* --------------------------------------------------------------- the model */

struct model {
	unsigned char taken[BOXES];
	unsigned char numbers[BOXES];
};

static void model_init(void *state, const struct target_config *config)
{
	(void)state; /* all are free */
	(void)config;
}

/* Any that is free will do: the one that it got, if that is. */
static void model_open(struct model *model, struct op_result *result)
{
	long box = result->valued ? result->value : 0;
	unsigned int i;

	if (box < 0 || box >= (long)BOXES)
		box = 0;
	for (i = 0; i < BOXES && model->taken[box]; i++)
		box = (box + 1) % (long)BOXES;
	*result = (struct op_result){ 0 };
	if (model->taken[box])
		return;
	model->taken[box] = 1;
	op_returns(result, box);
}

static void model_apply(void *state, enum operation op,
			const struct op_args *args, struct op_result *result)
{
	struct model *model = state;

	if ((unsigned int)op == OPEN) {
		model_open(model, result);
		return;
	}
	*result = (struct op_result){ 0 };
	if ((unsigned int)op == WRITE)
		model->numbers[args->handle] = (unsigned char)args->own[0];
	else if ((unsigned int)op == READ)
		op_returns(result, model->numbers[args->handle]);
	else
		model->taken[args->handle] = model->numbers[args->handle] = 0;
}

static const struct target_model model = {
	.size = sizeof(struct model),
	.init = model_init,
	.apply = model_apply,
};

static void describe(const volatile void *addr, struct target_place *place)
{
	size_t nr = ((uintptr_t)addr - (uintptr_t)boxes.numbers) /
		    sizeof(boxes.numbers[0]);

	*place = (struct target_place){ NULL, -1, "", -1 };
	if (addr == &boxes.taken)
		*place = (struct target_place){ "boxes", -1, "taken", -1 };
	else if (nr < BOXES)
		*place = (struct target_place){ "box", (int)nr, "number", -1 };
}

const struct target target_boxes = {
	.name = "boxes",
	.pages_min = 2,
	TARGET_SITES,
	.init = boxes_init,
	.regions = boxes_regions,
	.own = { { .name = "open", .run = op_open, .gives = "box" },
		 { .name = "write",
		   .run = op_write,
		   .takes = "box",
		   .arguments = { { "number", 1, 9 } } },
		 { .name = "read",
		   .run = op_read,
		   .takes = "box",
		   .returns = true },
		 { .name = "close",
		   .run = op_close,
		   .takes = "box",
		   .spends = true } },
	.model = &model,
	.describe = describe,
};
