/* SPDX-License-Identifier: MIT */
/* wrong_waiter.c: a broadcast wakes them all. */
#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int tea, cake;

static void *want(void *arg)
{
	int *what = arg;

	pthread_mutex_lock(&mutex);
	while (!*what)
		pthread_cond_wait(&changed, &mutex);
	pthread_mutex_unlock(&mutex);
	return NULL;
}

static void serve(int *what)
{
	pthread_mutex_lock(&mutex);
	*what = 1;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&mutex);
}

int main(void)
{
	pthread_t a, b;

	pthread_create(&a, NULL, want, &tea);
	pthread_create(&b, NULL, want, &cake);
	serve(&tea);
	pthread_join(a, NULL);
	serve(&cake);
	pthread_join(b, NULL);
	return 0;
}
