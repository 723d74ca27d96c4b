/* SPDX-License-Identifier: MIT */
/*
 * treiber.c: a Treiber stack as a free list of single pages, with its bug.
 *
 * ABA: pop reads head = 0 and 0's next = 1, and loses the CPU. Another pops 0,
 * pops 1 and pushes 0 back. The first finds head = 0 as it was, and makes 1 the
 * head: a node that the other still owns.
 * Yields: at each access to head and to a next.
 * See: ../README.md; R. K. Treiber, IBM RJ 5118 (1986).
 */
#include "machine.h"
#include "target.h"

struct node {
	struct node *next;
};

static struct stack {
	struct node *head;
	size_t nr;
	struct node nodes[TARGET_PAGES_MAX];
} stack;

static void stack_init(const struct target_config *config)
{
	size_t i;

	stack.nr = config->pages;
	stack.head = NULL;
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
	struct node *node, *next;

	do {
		node = READ_ONCE(stack.head);
		if (!node)
			return;
		next = READ_ONCE(node->next);
	} while (cmpxchg(&stack.head, node, next) != node);
	result->pfn[result->nr++] = (int)(node - stack.nodes);
	(void)args;
}

static void push(const struct op_args *args, struct op_result *result)
{
	struct node *head, *node = &stack.nodes[args->pfn];

	do {
		head = READ_ONCE(stack.head);
		WRITE_ONCE(node->next, head);
	} while (cmpxchg(&stack.head, head, node) != head);
	(void)result;
}

/* Bounded: once the bug has struck, the list may loop. */
static void free_nodes(const struct target_visit *visit)
{
	struct target_block block = { .cpu = -1, .linked = 1, .marked = 1 };
	const struct node *node = stack.head;
	size_t left = stack.nr;

	while (node && left--) {
		block.pfn = (int)(node - stack.nodes);
		node = visit->block(visit->arg, &block) ? node->next : NULL;
	}
}

static void describe(const volatile void *addr, struct target_place *place)
{
	size_t at = (uintptr_t)addr - (uintptr_t)stack.nodes;
	size_t nr = at / sizeof(struct node);

	*place = (struct target_place){ NULL, -1, "", -1 };
	if (addr == &stack.head)
		*place = (struct target_place){ "stack", -1, "head", -1 };
	else if (nr < stack.nr)
		*place = (struct target_place){ "page", (int)nr, "next", -1 };
}

const struct target target_treiber = {
	.name = "treiber",
	.pages_min = 2,
	.page_name = "node",
	.operation_names = { [OP_ALLOC] = "pop", [OP_FREE] = "push" },
	TARGET_SITES,
	.init = stack_init,
	.regions = stack_regions,
	.operations = { [OP_ALLOC] = pop, [OP_FREE] = push },
	.alloc_drains = true,
	.free_blocks = free_nodes,
	.describe = describe,
};
