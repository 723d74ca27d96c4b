/* SPDX-License-Identifier: MIT */
/*
 * grace.c: a table whose readers take no lock, and RCU of its own for it.
 *
 * A reader notes the phase that it began in. Who has taken an item out of the
 * table turns the phase and waits for readers of another one, and does so twice,
 * before the item is free: a reader may note a phase that was turned since it
 * looked.
 * Promises:
 *  1. What a reader found in the table is not free before it has left.
 *  2. One at a time turns the phase and waits: by another's turn in between a
 *     reader of long ago would look like one who has just come.
 * Yields: at each access to the phase, a reader, a slot or an index, and at locks.
 * See: M. Desnoyers, P. McKenney, A. Stern, M. Dagenais, J. Walpole, User-Level
 *   Implementations of Read-Copy Update, IEEE TPDS 23(2) (2012): the general
 *   purpose one, why it turns twice, and the mutex around both.
 */
#include "machine.h"
#include "target.h"

#define NOWHERE TARGET_FILE_PAGES

struct item {
	unsigned long index; /* where it stands; NOWHERE: free */
};

static struct table {
	unsigned int phase; /* 0 or 1 */
	unsigned int readers[MACHINE_CPUS]; /* 0: none; 1 + phase */
	spinlock_t waits; /* held by who waits for readers */
	spinlock_t lock; /* of slots and indices */
	struct item *slots[TARGET_FILE_PAGES];
	size_t nr;
	struct item items[TARGET_PAGES_MAX];
} table;

static void table_init(const struct target_config *config)
{
	size_t i;

	memset(&table, 0, offsetof(struct table, items));
	table.nr = config->pages;
	for (i = 0; i < table.nr; i++)
		table.items[i].index = NOWHERE;
}

static int table_regions(struct target_region *regions)
{
	size_t size = offsetof(struct table, items[table.nr]);

	*regions = (struct target_region){ .start = &table, .size = size };
	return 1;
}

static bool reads_since_before(int cpu)
{
	unsigned int reader = READ_ONCE(table.readers[cpu]);
	unsigned int phase = READ_ONCE(table.phase);

	return reader && reader != 1 + phase;
}

static void turn_and_wait(void)
{
	unsigned int phase = READ_ONCE(table.phase);
	int cpu;

	WRITE_ONCE(table.phase, !phase);
	for (cpu = 0; cpu < MACHINE_CPUS; cpu++)
		while (reads_since_before(cpu))
			cpu_relax();
}

/* Until all have left who read now. */
static void wait_for_readers(void)
{
	spin_lock(&table.waits);
	turn_and_wait();
	turn_and_wait();
	spin_unlock(&table.waits);
}

/* Which stands there stays for as long as it is read. */
static void read_item(const struct op_args *args, struct op_result *result)
{
	unsigned int phase, *reader;
	struct item *item;

	preempt_disable(); /* the reader is this CPU's */
	reader = &table.readers[smp_processor_id()];
	phase = READ_ONCE(table.phase);
	WRITE_ONCE(*reader, 1 + phase);
	item = rcu_dereference(table.slots[args->index]);
	VM_BUG_ON(item && READ_ONCE(item->index) != args->index,
		  "freed-while-it-is-read");
	WRITE_ONCE(*reader, 0);
	preempt_enable();
	(void)result;
}

static void give(struct op_result *result, const struct item *item)
{
	result->pfn[0] = (int)(item - table.items);
	result->index[0] = item->index;
	result->nr = 1;
}

static void add_item(const struct op_args *args, struct op_result *result)
{
	struct item *item = table.items, *end = item + table.nr;

	spin_lock(&table.lock);
	while (item < end && item->index != NOWHERE)
		item++;
	if (item < end && !table.slots[args->index]) {
		WRITE_ONCE(item->index, args->index);
		rcu_assign_pointer(table.slots[args->index], item);
		give(result, item);
	}
	spin_unlock(&table.lock);
}

static void remove_item(const struct op_args *args, struct op_result *result)
{
	struct item *item;

	spin_lock(&table.lock);
	item = table.slots[args->index];
	if (item)
		WRITE_ONCE(table.slots[args->index], NULL);
	spin_unlock(&table.lock);
	if (!item)
		return;
	wait_for_readers();
	give(result, item);
	spin_lock(&table.lock);
	WRITE_ONCE(item->index, NOWHERE);
	spin_unlock(&table.lock);
}

static int cache_entry(unsigned long index)
{
	const struct item *item = table.slots[index];

	return item ? (int)(item - table.items) : TARGET_NO_PAGE;
}

static void free_items(const struct target_visit *visit)
{
	struct target_block block = { .cpu = -1, .linked = 1, .marked = 1 };
	const struct item *item = table.items, *end = item + table.nr;
	bool more = true;

	for (; more && item < end; item++) {
		block.pfn = (int)(item - table.items);
		if (item->index == NOWHERE)
			more = visit->block(visit->arg, &block);
	}
}

static void describe(const volatile void *addr, struct target_place *place)
{
	size_t cpu = (uintptr_t)addr - (uintptr_t)table.readers;
	size_t slot = (uintptr_t)addr - (uintptr_t)table.slots;
	size_t item = (uintptr_t)addr - (uintptr_t)table.items;

	*place = (struct target_place){ NULL, -1, "", -1 };
	cpu /= sizeof(table.readers[0]);
	slot /= sizeof(table.slots[0]);
	item /= sizeof(table.items[0]);
	if (cpu < MACHINE_CPUS)
		*place = (struct target_place){ "cpu", (int)cpu, "reader", -1 };
	else if (slot < TARGET_FILE_PAGES)
		*place = (struct target_place){ "table", -1, "slots",
						(int)slot };
	else if (item < table.nr)
		*place =
			(struct target_place){ "page", (int)item, "index", -1 };
	else if (addr == &table.phase)
		*place = (struct target_place){ "table", -1, "phase", -1 };
	else if (addr == &table.waits)
		*place = (struct target_place){ "table", -1, "waits", -1 };
	else if (addr == &table.lock)
		*place = (struct target_place){ "table", -1, "lock", -1 };
}

const struct target target_grace = {
	.name = "grace",
	.pages_min = 2,
	.page_name = "item",
	.promises = { { "freed-while-it-is-read",
			"an item stays what it is while a reader has it" } },
	TARGET_SITES,
	.init = table_init,
	.regions = table_regions,
	.operations = {
		[OP_ADD] = add_item,
		[OP_REMOVE] = remove_item,
		[OP_READ] = read_item,
	},
	.removes = { [OP_REMOVE] = REMOVES_ALL },
	.free_blocks = free_items,
	.cache_entry = cache_entry,
	.describe = describe,
};
