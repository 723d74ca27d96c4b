/* SPDX-License-Identifier: MIT */
/*
 * stack_c11.c: stack.c with <pagerace/c11.h> and the target written out: what its
 * threads do is an operation, and that there are three says a program.
 */
#include "c11.h"
#include "target.h"

struct node {
	struct node *next;
};

static struct stack {
	_Atomic(struct node *) head;
	struct node nodes[MACHINE_CPUS];
} stack;

static void push(struct node *node)
{
	node->next = atomic_load(&stack.head);
	while (!atomic_compare_exchange_weak(&stack.head, &node->next, node))
		;
}

static struct node *pop(void)
{
	struct node *node = atomic_load(&stack.head);

	while (node &&
	       !atomic_compare_exchange_weak(&stack.head, &node, node->next))
		;
	return node;
}

static void thread(const struct op_args *args, struct op_result *result)
{
	push(&stack.nodes[smp_processor_id()]);
	VM_BUG_ON(!pop(), "nothing-to-pop");
	(void)args;
	(void)result;
}

static void stack_init(const struct target_config *config)
{
	memset(&stack, 0, sizeof(stack));
	(void)config;
}

static int stack_regions(struct target_region *regions)
{
	*regions = (struct target_region){ .start = &stack,
					   .size = sizeof(stack) };
	return 1;
}

const struct target target_stack_c11 = {
	.name = "stack_c11",
	TARGET_SITES,
	.init = stack_init,
	.regions = stack_regions,
	.own = { { .name = "thread", .run = thread } },
};
