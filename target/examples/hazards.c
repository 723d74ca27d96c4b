/* SPDX-License-Identifier: MIT */
/*
 * hazards.c: a lock-free free list that hazard pointers keep from ABA.
 *
 * A pop writes the node that it is about to take into its CPU's hazard, and looks
 * whether that is the head still. A push takes over what was retired before, and
 * puts back on the stack what of it is in nobody's hazard; the rest stays retired.
 * Promises: a node that was the head while it stood in a hazard does not become
 *   the head again before it leaves it. So the next that was read of it is its
 *   next for as long as it is the head.
 * Yields: at each access to head, a hazard, a next and the retired list.
 * See: M. M. Michael, Hazard Pointers, IEEE TPDS 15(6) (2004), which says why the
 *   head is looked at again.
 */
#include "machine.h"
#include "target.h"

struct node {
	struct node *next; /* on the stack */
	struct node *behind; /* on the retired list */
};

static struct stack {
	struct node *head;
	struct node *hazards[MACHINE_CPUS];
	struct node *retired;
	size_t nr;
	struct node nodes[TARGET_PAGES_MAX];
} stack;

static void stack_init(const struct target_config *config)
{
	size_t i;

	memset(&stack, 0, offsetof(struct stack, nodes[config->pages]));
	stack.nr = config->pages;
	for (i = stack.nr; i--; stack.head = &stack.nodes[i])
		stack.nodes[i].next = stack.head;
}

static int stack_regions(struct target_region *regions)
{
	size_t size = offsetof(struct stack, nodes[stack.nr]);

	*regions = (struct target_region){ .start = &stack, .size = size };
	return 1;
}

static void pop(const struct op_args *args, struct op_result *result)
{
	struct node **hazard, *node, *next;

	preempt_disable(); /* the hazard is this CPU's */
	hazard = &stack.hazards[smp_processor_id()];
	for (;;) {
		node = READ_ONCE(stack.head);
		WRITE_ONCE(*hazard, node);
		if (!node)
			break;
		/* It may have been taken and retired before it stood there. */
		if (READ_ONCE(stack.head) != node)
			continue;
		next = READ_ONCE(node->next);
		if (cmpxchg(&stack.head, node, next) == node)
			break;
	}
	WRITE_ONCE(*hazard, NULL);
	preempt_enable();
	if (node)
		result->pfn[result->nr++] = (int)(node - stack.nodes);
	(void)args;
}

static void put_on_stack(struct node *node)
{
	struct node *head;

	do {
		head = READ_ONCE(stack.head);
		WRITE_ONCE(node->next, head);
	} while (cmpxchg(&stack.head, head, node) != head);
}

static bool in_a_hazard(const struct node *node)
{
	int cpu;

	for (cpu = 0; cpu < MACHINE_CPUS; cpu++)
		if (READ_ONCE(stack.hazards[cpu]) == node)
			return true;
	return false;
}

static void retire(struct node *node)
{
	struct node *behind;

	do {
		behind = READ_ONCE(stack.retired);
		node->behind = behind;
	} while (cmpxchg(&stack.retired, behind, node) != behind);
}

static void push(const struct op_args *args, struct op_result *result)
{
	struct node *node = &stack.nodes[args->pfn], *behind;

	for (node->behind = xchg(&stack.retired, NULL); node; node = behind) {
		behind = node->behind;
		if (in_a_hazard(node))
			retire(node);
		else
			put_on_stack(node);
	}
	(void)result;
}

/* Bounded: once the bug has struck, a list may loop. */
static void free_nodes(const struct target_visit *visit)
{
	struct target_block block = { .cpu = -1, .linked = 1, .marked = 1 };
	const struct node *node = stack.head;
	size_t left = 2 * stack.nr;
	bool more = true;

	for (; more && node && left--; node = node->next) {
		block.pfn = (int)(node - stack.nodes);
		more = visit->block(visit->arg, &block);
	}
	for (node = stack.retired; more && node && left--;
	     node = node->behind) {
		block.pfn = (int)(node - stack.nodes);
		more = visit->block(visit->arg, &block);
	}
}

static void describe(const volatile void *addr, struct target_place *place)
{
	size_t cpu = (uintptr_t)addr - (uintptr_t)stack.hazards;
	size_t node = (uintptr_t)addr - (uintptr_t)stack.nodes;

	*place = (struct target_place){ NULL, -1, "", -1 };
	cpu /= sizeof(stack.hazards[0]);
	node /= sizeof(stack.nodes[0]);
	if (addr == &stack.head)
		*place = (struct target_place){ "stack", -1, "head", -1 };
	else if (addr == &stack.retired)
		*place = (struct target_place){ "stack", -1, "retired", -1 };
	else if (cpu < MACHINE_CPUS)
		*place = (struct target_place){ "cpu", (int)cpu, "hazard", -1 };
	else if (node < stack.nr && addr == &stack.nodes[node].next)
		*place = (struct target_place){ "page", (int)node, "next", -1 };
}

const struct target target_hazards = {
	.name = "hazards",
	.pages_min = 2,
	.page_name = "node",
	.operation_names = { [OP_ALLOC] = "pop", [OP_FREE] = "push" },
	TARGET_SITES,
	.init = stack_init,
	.regions = stack_regions,
	.operations = { [OP_ALLOC] = pop, [OP_FREE] = push },
	.free_blocks = free_nodes,
	.describe = describe,
};
