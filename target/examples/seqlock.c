/* SPDX-License-Identifier: MIT */
/*
 * seqlock.c: two numbers that belong together, under a sequence counter.
 *
 * A writer, one at a time, makes the counter odd, stores, and makes it even again.
 * A reader takes no lock: it reads the counter, the numbers, the counter again, and
 * begins anew if that was odd or is another.
 * Promises: a reader that is content has read what one writer wrote.
 * Yields: at each access to the counter, a number or the lock, and at fences.
 * Memory: the counter has to be seen odd before any number changes, and even after
 *   all have: smp_wmb(); it has to be read before the numbers and behind them:
 *   smp_rmb().
 * See: H.-J. Boehm, Can Seqlocks Get Along With Programming Language Memory Models?,
 *   MSPC 2012; Documentation/locking/seqlock.rst of Linux.
 */
#include "machine.h"
#include "target.h"

static struct pair {
	unsigned int sequence; /* odd: somebody writes */
	unsigned int low, high; /* high is low + 1 */
	spinlock_t lock; /* of writers */
} pair;

static void pair_init(const struct target_config *config)
{
	memset(&pair, 0, sizeof(pair));
	pair.high = 1;
	(void)config;
}

static int pair_regions(struct target_region *regions)
{
	*regions =
		(struct target_region){ .start = &pair, .size = sizeof(pair) };
	return 1;
}

static void pair_write(const struct op_args *args, struct op_result *result)
{
	unsigned int sequence;

	spin_lock(&pair.lock);
	sequence = READ_ONCE(pair.sequence);
	WRITE_ONCE(pair.sequence, sequence + 1);
	smp_wmb();
	WRITE_ONCE(pair.low, sequence + 2);
	WRITE_ONCE(pair.high, sequence + 3);
	smp_wmb();
	WRITE_ONCE(pair.sequence, sequence + 2);
	spin_unlock(&pair.lock);
	(void)args, (void)result;
}

static void pair_read(const struct op_args *args, struct op_result *result)
{
	unsigned int sequence, low, high;

	do {
		while ((sequence = READ_ONCE(pair.sequence)) & 1)
			cpu_relax();
		smp_rmb();
		low = READ_ONCE(pair.low);
		high = READ_ONCE(pair.high);
		smp_rmb();
	} while (READ_ONCE(pair.sequence) != sequence);
	VM_BUG_ON(high != low + 1, "torn-pair");
	(void)args, (void)result;
}

static void describe(const volatile void *addr, struct target_place *place)
{
	*place = (struct target_place){ "pair", -1, "", -1 };
	if (addr == &pair.sequence)
		place->field = "sequence";
	else if (addr == &pair.low)
		place->field = "low";
	else if (addr == &pair.high)
		place->field = "high";
	else if (addr == &pair.lock)
		place->field = "lock";
	else
		place->thing = NULL;
}

const struct target target_seqlock = {
	.name = "seqlock",
	.weak_memory = true,
	.pages_min = 2,
	.operation_names = { [OP_DRAIN] = "write", [OP_READ] = "read" },
	.promises = { { "torn-pair", "both numbers are of one write" } },
	TARGET_SITES,
	.init = pair_init,
	.regions = pair_regions,
	.operations = { [OP_DRAIN] = pair_write, [OP_READ] = pair_read },
	.describe = describe,
};
