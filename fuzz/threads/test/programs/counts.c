/* SPDX-License-Identifier: MIT */
/*
 * counts.c: A loop that looks at most so often is no waiting.
 * Expected: clean
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

atomic_int never;

static void *look(void *arg)
{
	int i;

	for (i = 0; i < 100 && !atomic_load(&never); i++)
		;
	for (i = 0; i < 100 && !atomic_load(&never); i++)
		sched_yield();
	return arg;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, look, NULL);
	look(NULL);
	pthread_join(thread, NULL);
	return 0;
}
