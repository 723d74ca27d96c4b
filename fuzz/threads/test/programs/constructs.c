/* SPDX-License-Identifier: MIT */
/*
 * constructs.c: What a constructor has made for threads is there in each run.
 * Expected: clean
 */
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

static pthread_key_t key, other;
static _Thread_local int first = 1;
static _Thread_local int second = 2;
static int forgotten;

static void forget(void *value)
{
	forgotten += *(int *)value;
}

__attribute__((constructor)) static void make(void)
{
	assert(!pthread_key_create(&key, forget));
	first = 3;
}

static void *work(void *arg)
{
	assert(first == 1 && second == 2);
	assert(!pthread_setspecific(key, arg));
	return NULL;
}

int main(void)
{
	static int value = 4;
	pthread_t thread;

	assert(!pthread_key_create(&other, NULL) && other != key);
	second = 5;
	assert(first == 3 && second == 5);
	pthread_create(&thread, NULL, work, &value);
	pthread_join(thread, NULL);
	assert(forgotten == 4);
	return 0;
}
