/* SPDX-License-Identifier: MIT */
/* destroyed_mutex.c: it is destroyed behind all of them. */
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
	pthread_join(b, NULL);
	pthread_mutex_destroy(&mutex);
	return 0;
}
