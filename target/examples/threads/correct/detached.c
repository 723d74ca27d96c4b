/* SPDX-License-Identifier: MIT */
/* detached.c: the thread says that it is done with it. */
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

static sem_t done;

static void *work(void *arg)
{
	int *lent = arg;

	*lent = 1;
	sem_post(&done);
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
