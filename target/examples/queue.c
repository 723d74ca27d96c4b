/* SPDX-License-Identifier: MIT */
/*
 * queue.c: a first-in first-out queue without locks, its operations its own, with
 * a sequential specification.
 *
 * A list from an emptied node at its head to the newest one. Who enqueues links a
 * node behind the last, and then moves the tail there; who finds the tail behind
 * moves it on first. Nodes are used once.
 * Promises: some order of the calls explains what each dequeue got: the model.
 * Yields: at each access to head, tail or a next.
 * See: M. M. Michael, M. L. Scott, Simple, Fast, and Practical Non-Blocking and
 *      Blocking Concurrent Queue Algorithms, PODC 1996.
 */
#include "machine.h"
#include "target.h"

#define NODES 128 /* more than a program has operations */

enum {
	ENQUEUE = OP_OWN,
	DEQUEUE
};

struct node {
	struct node *next;
	unsigned int value;
};

static struct queue {
	struct node *head, *tail;
	atomic_t used;
	struct node nodes[NODES];
} queue;

static void queue_init(const struct target_config *config)
{
	memset(&queue, 0, sizeof(queue));
	queue.head = queue.tail = &queue.nodes[0];
	(void)config;
}

static int queue_regions(struct target_region *regions)
{
	*regions = (struct target_region){ .start = &queue,
					   .size = sizeof(queue) };
	return 1;
}

static void enqueue(const struct op_args *args, struct op_result *result)
{
	struct node *tail, *next, *node;

	node = &queue.nodes[atomic_add_return(1, &queue.used)];
	node->value = args->own[0];
	for (;;) {
		tail = READ_ONCE(queue.tail);
		next = READ_ONCE(tail->next);
		if (next)
			cmpxchg(&queue.tail, tail, next);
		else if (!cmpxchg(&tail->next, NULL, node))
			break;
	}
	cmpxchg(&queue.tail, tail, node);
	(void)result;
}

static void dequeue(const struct op_args *args, struct op_result *result)
{
	struct node *head, *tail, *next;

	do {
		head = READ_ONCE(queue.head);
		tail = READ_ONCE(queue.tail);
		next = READ_ONCE(head->next);
		if (!next)
			return;
		if (head == tail)
			cmpxchg(&queue.tail, tail, next);
	} while (cmpxchg(&queue.head, head, next) != head);
	op_returns(result, next->value);
	(void)args;
}

/* --------------------------------------------------------------- the model */

struct model {
	unsigned char first, nr;
	unsigned char values[NODES];
};

static void model_init(void *state, const struct target_config *config)
{
	(void)state; /* empty */
	(void)config;
}

static void model_apply(void *state, enum operation op,
			const struct op_args *args, struct op_result *result)
{
	struct model *model = state;

	*result = (struct op_result){ 0 };
	if ((unsigned int)op == ENQUEUE)
		model->values[model->nr++] = (unsigned char)args->own[0];
	else if (model->first < model->nr)
		op_returns(result, model->values[model->first++]);
}

static const struct target_model model = {
	.size = sizeof(struct model),
	.init = model_init,
	.apply = model_apply,
};

static void describe(const volatile void *addr, struct target_place *place)
{
	size_t nr = ((uintptr_t)addr - (uintptr_t)queue.nodes) /
		    sizeof(struct node);

	*place = (struct target_place){ NULL, -1, "", -1 };
	if (addr == &queue.head)
		*place = (struct target_place){ "queue", -1, "head", -1 };
	else if (addr == &queue.tail)
		*place = (struct target_place){ "queue", -1, "tail", -1 };
	else if (addr == &queue.used)
		*place = (struct target_place){ "queue", -1, "used", -1 };
	else if (nr < NODES)
		*place = (struct target_place){ "node", (int)nr, "next", -1 };
}

const struct target target_queue = {
	.name = "queue",
	.pages_min = 2,
	TARGET_SITES,
	.init = queue_init,
	.regions = queue_regions,
	.own = { { .name = "enqueue",
		   .run = enqueue,
		   .arguments = { { "value", 1, 9 } } },
		 { .name = "dequeue", .run = dequeue, .returns = true } },
	.model = &model,
	.describe = describe,
};
