/* SPDX-License-Identifier: MIT */
/* missed_signal.c: who waits looks whether it has come. */
#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;
static int is_ready;

static void *wait_for_it(void *arg)
{
	pthread_mutex_lock(&mutex);
	while (!is_ready)
		pthread_cond_wait(&ready, &mutex);
	pthread_mutex_unlock(&mutex);
	return arg;
}

static void *say_so(void *arg)
{
	pthread_mutex_lock(&mutex);
	is_ready = 1;
	pthread_cond_signal(&ready);
	pthread_mutex_unlock(&mutex);
	return arg;
}

int main(void)
{
	pthread_t a, b;

	pthread_create(&a, NULL, wait_for_it, NULL);
	pthread_create(&b, NULL, say_so, NULL);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	return 0;
}
