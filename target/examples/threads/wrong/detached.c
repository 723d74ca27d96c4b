/* SPDX-License-Identifier: MIT */
/* detached.c: a detached thread outlives what it was lent. */
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

static sem_t done;

static void *work(void *arg)
{
	int *lent = arg;

	sem_post(&done);
	*lent = 1;
	return NULL;
}

int main(void)
{
	int *lent = malloc(sizeof(*lent));
	pthread_t thread;

	sem_init(&done, 0, 0);
	pthread_create(&thread, NULL, work, lent);
	pthread_detach(thread);
	sem_wait(&done);
	free(lent);
	return 0;
}
