/* SPDX-License-Identifier: MIT */
/* philosophers.c: three philosophers, each with the left fork first. */
#include <pthread.h>

static pthread_mutex_t forks[3] = { PTHREAD_MUTEX_INITIALIZER,
				    PTHREAD_MUTEX_INITIALIZER,
				    PTHREAD_MUTEX_INITIALIZER };
static int meals[3];

static void *dine(void *arg)
{
	int *mine = arg, nr = (int)(mine - meals);
	int first = nr, second = (nr + 1) % 3;

	pthread_mutex_lock(&forks[first]);
	pthread_mutex_lock(&forks[second]);
	++*mine;
	pthread_mutex_unlock(&forks[second]);
	pthread_mutex_unlock(&forks[first]);
	return NULL;
}

int main(void)
{
	pthread_t threads[3];
	int i;

	for (i = 0; i < 3; i++)
		pthread_create(&threads[i], NULL, dine, &meals[i]);
	for (i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
