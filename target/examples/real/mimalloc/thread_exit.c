/* SPDX-License-Identifier: MIT */
/*
 * thread_exit.c: a block that outlives the thread whose heap it is of: others free it before,
 * while or after the thread's heap is given up, and take over what is left of it.
 * Sources: src/static.c
 * Runs: 1000
 */
#include <assert.h>
#include <mimalloc.h>
#include <pthread.h>
#include <stdatomic.h>

static _Atomic(int *) given[2];

static void *give(void *arg)
{
	int i;

	for (i = 0; i < 2; i++) {
		int *block = mi_malloc(64);

		*block = i;
		atomic_store(&given[i], block);
	}
	return arg;
}

static void take(int i)
{
	int *block = atomic_exchange(&given[i], NULL);

	if (!block)
		return;
	assert(*block == i);
	mi_free(block);
}

int main(void)
{
	pthread_t thread;
	int *mine;

	pthread_create(&thread, NULL, give, NULL);
	take(0);
	mine = mi_malloc(64);
	*mine = 7;
	take(1);
	pthread_join(thread, NULL);
	take(0);
	take(1);
	assert(*mine == 7);
	mi_free(mine);
	mi_collect(true);
	return 0;
}
