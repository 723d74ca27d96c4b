/* SPDX-License-Identifier: MIT */
/*
 * mcs.c: a free list under a queue lock that needs no compare-and-exchange.
 *
 * Whoever wants the lock swaps its place into the tail, and waits in its place
 * until the one before lets it in. Who leaves and sees nobody behind swaps the
 * tail for nothing. If it was another's by then, it has to go back in; whoever
 * found nothing there meanwhile has the lock, a usurper, and those who were taken
 * out line up behind the last one of those.
 * Promises: one CPU at a time is between mcs_lock() and mcs_unlock().
 * Yields: at each access to the tail, a place or the head.
 * See: J. M. Mellor-Crummey, M. L. Scott, Algorithms for Scalable Synchronization
 *   on Shared-Memory Multiprocessors, ACM TOCS 9(1) (1991), which has the release
 *   by swaps alone, and its usurpers.
 */
#include "machine.h"
#include "target.h"

struct place {
	struct place *next;
	bool waits;
};

struct node {
	struct node *next;
};

static struct list {
	struct place *tail;
	struct place places[MACHINE_CPUS];
	struct node *head;
	size_t nr;
	struct node nodes[TARGET_PAGES_MAX];
} list;

static void list_init(const struct target_config *config)
{
	size_t i;

	memset(&list, 0, offsetof(struct list, nodes[config->pages]));
	list.nr = config->pages;
	for (i = list.nr; i--; list.head = &list.nodes[i])
		list.nodes[i].next = list.head;
}

static int list_regions(struct target_region *regions)
{
	size_t size = offsetof(struct list, nodes[list.nr]);

	*regions = (struct target_region){ .start = &list, .size = size };
	return 1;
}

static void mcs_lock(void)
{
	struct place *me, *before;

	preempt_disable(); /* the place is this CPU's */
	me = &list.places[smp_processor_id()];
	WRITE_ONCE(me->next, NULL);
	before = xchg(&list.tail, me);
	if (!before)
		return;
	WRITE_ONCE(me->waits, true);
	WRITE_ONCE(before->next, me);
	while (smp_load_acquire(&me->waits))
		cpu_relax();
}

static void mcs_unlock(void)
{
	struct place *me = &list.places[smp_processor_id()];
	struct place *next = READ_ONCE(me->next);
	struct place *last = NULL, *usurper = NULL;

	if (!next)
		last = xchg(&list.tail, NULL);
	if (last && last != me)
		usurper = xchg(&list.tail, last);
	while (!next && last != me) {
		cpu_relax();
		next = READ_ONCE(me->next);
	}
	if (usurper)
		WRITE_ONCE(usurper->next, next);
	else if (next)
		smp_store_release(&next->waits, false);
	preempt_enable();
}

static void pop(const struct op_args *args, struct op_result *result)
{
	struct node *node;

	if (!READ_ONCE(list.head)) /* not worth the lock */
		return;
	mcs_lock();
	node = list.head;
	if (node) {
		WRITE_ONCE(list.head, node->next);
		result->pfn[result->nr++] = (int)(node - list.nodes);
	}
	mcs_unlock();
	(void)args;
}

static void push(const struct op_args *args, struct op_result *result)
{
	struct node *node = &list.nodes[args->pfn];

	mcs_lock();
	node->next = list.head;
	WRITE_ONCE(list.head, node);
	mcs_unlock();
	(void)result;
}

/* Bounded: once the bug has struck, the list may loop. */
static void free_nodes(const struct target_visit *visit)
{
	struct target_block block = { .cpu = -1, .linked = 1, .marked = 1 };
	const struct node *node = list.head;
	size_t left = list.nr;

	while (node && left--) {
		block.pfn = (int)(node - list.nodes);
		node = visit->block(visit->arg, &block) ? node->next : NULL;
	}
}

static const char *check(void)
{
	return list.tail ? "lock-left-held" : NULL;
}

static void describe(const volatile void *addr, struct target_place *place)
{
	size_t at = (uintptr_t)addr - (uintptr_t)list.places;
	int cpu = (int)(at / sizeof(struct place));

	*place = (struct target_place){ NULL, -1, "", -1 };
	if (addr == &list.tail)
		*place = (struct target_place){ "lock", -1, "tail", -1 };
	else if (addr == &list.head)
		*place = (struct target_place){ "list", -1, "head", -1 };
	else if (at < sizeof(list.places))
		*place = (struct target_place){ "cpu", cpu, "next", -1 };
	if (place->instance >= 0 && addr == &list.places[cpu].waits)
		place->field = "waits";
}

static void spell_value(const volatile void *addr, unsigned int size,
			uint64_t value, struct target_words *words)
{
	(void)addr;
	if (size == sizeof(void *) && !value)
		words->add(words, "NULL");
}

const struct target target_mcs = {
	.name = "mcs",
	.pages_min = 2,
	.page_name = "node",
	.operation_names = { [OP_ALLOC] = "pop", [OP_FREE] = "push" },
	TARGET_SITES,
	.init = list_init,
	.regions = list_regions,
	.operations = { [OP_ALLOC] = pop, [OP_FREE] = push },
	.alloc_drains = true,
	.free_blocks = free_nodes,
	.check = check,
	.describe = describe,
	.spell_value = spell_value,
};
