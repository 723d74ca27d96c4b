/* SPDX-License-Identifier: MIT */
/* stack.c: three threads on one stack, as pthread and C11 have it; for bench threads. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

static struct node {
	struct node *next;
} nodes[3];

static _Atomic(struct node *) head;

static void push(struct node *node)
{
	node->next = atomic_load(&head);
	while (!atomic_compare_exchange_weak(&head, &node->next, node))
		;
}

static struct node *pop(void)
{
	struct node *node = atomic_load(&head);

	while (node && !atomic_compare_exchange_weak(&head, &node, node->next))
		;
	return node;
}

static void *thread(void *node)
{
	push(node);
	assert(pop());
	return NULL;
}

int main(void)
{
	pthread_t threads[3];
	int i;

	for (i = 0; i < 3; i++)
		pthread_create(&threads[i], NULL, thread, &nodes[i]);
	for (i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	assert(!head);
	return 0;
}
