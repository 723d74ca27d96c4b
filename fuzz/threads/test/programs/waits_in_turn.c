/* SPDX-License-Identifier: MIT */
/*
 * waits_in_turn.c: Two threads take turns, each in a loop without a hint.
 * Expected: clean
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

static atomic_int turn;
static int sum;

static void *play(void *arg)
{
	int me = *(int *)arg, round;

	for (round = 0; round < 3; round++) {
		while (atomic_load_explicit(&turn, memory_order_acquire) != me)
			;
		sum++;
		atomic_store_explicit(&turn, !me, memory_order_release);
	}
	return NULL;
}

int main(void)
{
	static int names[2] = { 0, 1 };
	pthread_t thread;

	pthread_create(&thread, NULL, play, &names[1]);
	play(&names[0]);
	pthread_join(thread, NULL);
	assert(sum == 6);
	return 0;
}
