/* SPDX-License-Identifier: MIT */
/*
 * order_handles.h: a target of order_test.c whose operations hand pages on, and one that
 * ends its run in the middle of data_race().
 */
#ifndef SANITIZERS_TEST_ORDER_HANDLES_H
#define SANITIZERS_TEST_ORDER_HANDLES_H

#include "order_acts.h"

static void give(const struct op_args *args, struct op_result *result)
{
	(void)args;
	*x = 1;
	result->nr = 1;
	result->pfn[0] = 3;
}

static void take(const struct op_args *args, struct op_result *result)
{
	(void)args, (void)result;
	look(x);
}

static void give_up(const struct op_args *args, struct op_result *result)
{
	(void)args, (void)result;
	*x = 1;
	machine_race_begin(); /* its fiber never leaves that */
	machine_bug("on-purpose");
}

static const struct target target_handles = {
	.name = "handles",
	TARGET_SITES,
	.init = fake_init,
	.regions = fake_regions,
	.operations = { [OP_ALLOC] = give,
			[OP_FREE] = take,
			[OP_ADD] = fake_add,
			[OP_DRAIN_ALL] = take,
			[OP_DRAIN] = give_up },
};

#endif
