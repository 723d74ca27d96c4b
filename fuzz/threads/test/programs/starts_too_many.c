/* SPDX-License-Identifier: MIT */
/*
 * starts_too_many.c: More at a time than there are tasks.
 * Expected: too-many-threads-at-once
 */
#include <pthread.h>
#include <semaphore.h>

static sem_t never;

static void *wait_for_ever(void *arg)
{
	sem_wait(&never);
	return arg;
}

int main(void)
{
	int i;

	sem_init(&never, 0, 0);
	for (i = 0; i < 8; i++) {
		pthread_t thread;

		pthread_create(&thread, NULL, wait_for_ever, NULL);
	}
	return 0;
}
