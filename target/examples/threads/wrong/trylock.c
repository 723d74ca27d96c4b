/* SPDX-License-Identifier: MIT */
/* trylock.c: what could not be locked is unlocked. */
#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int x;

static void *work(void *arg)
{
	if (!pthread_mutex_trylock(&mutex))
		x++;
	pthread_mutex_unlock(&mutex);
	return arg;
}

int main(void)
{
	pthread_t a, b;

	pthread_create(&a, NULL, work, NULL);
	pthread_create(&b, NULL, work, NULL);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	return 0;
}
