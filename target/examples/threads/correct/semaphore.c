/* SPDX-License-Identifier: MIT */
/* semaphore.c: a semaphore of one. */
#include <assert.h>
#include <pthread.h>
#include <semaphore.h>

static sem_t gate;
static int inside;

static void *enter(void *arg)
{
	sem_wait(&gate);
	inside++;
	assert(inside == 1);
	inside--;
	sem_post(&gate);
	return arg;
}

int main(void)
{
	pthread_t a, b;

	sem_init(&gate, 0, 1);
	pthread_create(&a, NULL, enter, NULL);
	pthread_create(&b, NULL, enter, NULL);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	sem_destroy(&gate);
	return 0;
}
