/* SPDX-License-Identifier: MIT */
/*
 * ring_mpmc.c: ck_ring with two producers and two consumers: each value comes once.
 * Explore: all
 */
#include <assert.h>
#include <ck_ring.h>
#include <pthread.h>

#define SIZE 4 /* room for three */

static ck_ring_t ring;
static ck_ring_buffer_t slots[SIZE];
static int values[2];
static unsigned int got[2];

static void take(void)
{
	void *value;

	if (!ck_ring_dequeue_mpmc(&ring, slots, &value))
		return;
	assert(value == &values[0] || value == &values[1]);
	ck_pr_inc_uint(&got[(int *)value - values]);
}

static void *work(void *arg)
{
	assert(ck_ring_enqueue_mpmc(&ring, slots, arg));
	take();
	return NULL;
}

int main(void)
{
	pthread_t thread;

	ck_ring_init(&ring, SIZE);
	pthread_create(&thread, NULL, work, &values[0]);
	work(&values[1]);
	pthread_join(thread, NULL);
	take();
	take();
	assert(got[0] == 1 && got[1] == 1);
	return 0;
}
