/* SPDX-License-Identifier: MIT */
/*
 * destroyed_mutex.c: a mutex is destroyed when the work is done, not when
 * its users are.
 */
#include <pthread.h>

static pthread_mutex_t mutex;
static int done;

static void *work(void *arg)
{
	pthread_mutex_lock(&mutex);
	done++;
	pthread_mutex_unlock(&mutex);
	return arg;
}

int main(void)
{
	pthread_t a, b;

	pthread_mutex_init(&mutex, NULL);
	pthread_create(&a, NULL, work, NULL);
	pthread_create(&b, NULL, work, NULL);
	pthread_join(a, NULL);
	pthread_mutex_destroy(&mutex);
	pthread_join(b, NULL);
	return 0;
}
