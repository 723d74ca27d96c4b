/* SPDX-License-Identifier: MIT */
/*
 * recursive_mutex.c: what takes the lock itself is called with the lock
 * held.
 */
#include <assert.h>
#include <pthread.h>

static pthread_mutex_t mutex;
static int counter;

static void add(void)
{
	pthread_mutex_lock(&mutex);
	counter++;
	pthread_mutex_unlock(&mutex);
}

static void *add_twice(void *arg)
{
	pthread_mutex_lock(&mutex);
	add();
	add();
	pthread_mutex_unlock(&mutex);
	return arg;
}

int main(void)
{
	pthread_mutexattr_t kind;
	pthread_t a, b;

	pthread_mutexattr_init(&kind);
	pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_NORMAL);
	pthread_mutex_init(&mutex, &kind);
	pthread_create(&a, NULL, add_twice, NULL);
	pthread_create(&b, NULL, add_twice, NULL);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	assert(counter == 4);
	pthread_mutex_destroy(&mutex);
	return 0;
}
