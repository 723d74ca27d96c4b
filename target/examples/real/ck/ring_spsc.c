/* SPDX-License-Identifier: MIT */
/*
 * ring_spsc.c: ck_ring with one producer and one consumer: in order, nothing lost.
 * Explore: all
 */
#include <assert.h>
#include <ck_ring.h>
#include <pthread.h>

#define SIZE 2 /* room for one */
#define VALUES 3

static ck_ring_t ring;
static ck_ring_buffer_t slots[SIZE];
static int values[VALUES];

static void *produce(void *arg)
{
	int i;

	for (i = 0; i < VALUES; i++)
		while (!ck_ring_enqueue_spsc(&ring, slots, &values[i]))
			ck_pr_stall();
	return arg;
}

int main(void)
{
	pthread_t thread;
	void *got;
	int i;

	ck_ring_init(&ring, SIZE);
	pthread_create(&thread, NULL, produce, NULL);
	for (i = 0; i < VALUES; i++) {
		while (!ck_ring_dequeue_spsc(&ring, slots, &got))
			ck_pr_stall();
		assert(got == &values[i]);
	}
	pthread_join(thread, NULL);
	assert(!ck_ring_dequeue_spsc(&ring, slots, &got));
	return 0;
}
