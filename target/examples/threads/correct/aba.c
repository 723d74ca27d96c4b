/* SPDX-License-Identifier: MIT */
/* aba.c: the top has a count of pops beside it. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

#define NONE 3u
#define TOP(old, node) ((((old) >> 2) + 1) << 2 | (node))

static unsigned int next[3] = { 1, 2, NONE };
static atomic_uint top;
static atomic_int owners[3];

static unsigned int pop(void)
{
	unsigned int old = atomic_load(&top), now;

	do {
		if ((old & 3) == NONE)
			return NONE;
		now = TOP(old, next[old & 3]);
	} while (!atomic_compare_exchange_weak(&top, &old, now));
	assert(!atomic_fetch_add(&owners[old & 3], 1));
	return old & 3;
}

static void push(unsigned int node)
{
	unsigned int old = atomic_load(&top);

	atomic_fetch_sub(&owners[node], 1);
	do
		next[node] = old & 3;
	while (!atomic_compare_exchange_weak(&top, &old, TOP(old, node)));
}

static void *take_one(void *arg)
{
	pop();
	return arg;
}

static void *take_two_give_one(void *arg)
{
	unsigned int node = pop();

	pop();
	if (node != NONE)
		push(node);
	pop();
	return arg;
}

int main(void)
{
	pthread_t a, b;

	pthread_create(&a, NULL, take_one, NULL);
	pthread_create(&b, NULL, take_two_give_one, NULL);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	return 0;
}
