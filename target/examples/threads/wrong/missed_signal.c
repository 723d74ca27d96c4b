/* SPDX-License-Identifier: MIT */
/*
 * missed_signal.c: who waits looks at nothing first: the signal may have
 * come already.
 */
#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;

static void *wait_for_it(void *arg)
{
	pthread_mutex_lock(&mutex);
	pthread_cond_wait(&ready, &mutex);
	pthread_mutex_unlock(&mutex);
	return arg;
}

static void *say_so(void *arg)
{
	pthread_mutex_lock(&mutex);
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
