/* SPDX-License-Identifier: MIT */
/*
 * crasher.c: a target whose bug is a wild access, for tests of what is done about
 * one.
 *
 * A reader looks twice at where a value stands, and uses what the second look
 * says; "remove" takes the value away for a moment. One preemption between the
 * two looks, and another inside "remove", and the reader has nothing in hand.
 * "read" uses it plainly, behind its last access; "lookup" by an access that it
 * announces and does not survive.
 * Yields: at each access to where.
 */
#include "machine.h"
#include "target.h"

/* Not NULL, of which UBSan would tell before the hardware does. */
#define NOWHERE ((int *)64)

static struct {
	int *where;
	int value;
} shelf;

static void shelf_init(const struct target_config *config)
{
	(void)config;
	shelf.where = &shelf.value;
	shelf.value = 1;
}

static int shelf_regions(struct target_region *regions)
{
	*regions = (struct target_region){ .start = &shelf,
					   .size = sizeof(shelf) };
	return 1;
}

static void take_away(const struct op_args *args, struct op_result *result)
{
	int *where = READ_ONCE(shelf.where);

	(void)args, (void)result;
	WRITE_ONCE(shelf.where, NOWHERE);
	WRITE_ONCE(shelf.where, where);
}

static void look(const struct op_args *args, struct op_result *result)
{
	volatile int *where;

	(void)args, (void)result;
	if (READ_ONCE(shelf.where) == NOWHERE)
		return;
	where = READ_ONCE(shelf.where);
	(void)*where;
}

static void look_closely(const struct op_args *args, struct op_result *result)
{
	int *where;

	(void)args, (void)result;
	if (READ_ONCE(shelf.where) == NOWHERE)
		return;
	where = READ_ONCE(shelf.where);
	(void)READ_ONCE(*where);
}

static void describe(const volatile void *addr, struct target_place *place)
{
	*place = (struct target_place){ NULL, -1, "", -1 };
	if (addr == &shelf.where)
		*place = (struct target_place){ "shelf", -1, "where", -1 };
	else if (addr == &shelf.value)
		*place = (struct target_place){ "value", -1, "itself", -1 };
}

const struct target target_crasher = {
	.name = "crasher",
	TARGET_SITES,
	.init = shelf_init,
	.regions = shelf_regions,
	.operations = { [OP_REMOVE] = take_away,
			[OP_READ] = look,
			[OP_LOOKUP] = look_closely },
	.describe = describe,
};
