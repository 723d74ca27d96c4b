/* SPDX-License-Identifier: MIT */
/*
 * has_its_own.c: Variables of threads begin with their values; keys forget theirs at the end.
 * Expected: clean
 */
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

static _Thread_local int numbers[3] = { 1, 2, 3 };
static _Thread_local long none;
static pthread_key_t key;
static int forgotten;

static void forget(void *value)
{
	assert(*(int *)value == 5);
	free(value);
	forgotten++;
}

static void *work(void *arg)
{
	int *value = malloc(sizeof(*value));

	assert(numbers[0] == 1 && numbers[2] == 3 && none == 0);
	numbers[2] = 4;
	none = 1;
	*value = 5;
	pthread_setspecific(key, value);
	return arg;
}

int main(void)
{
	pthread_t a;

	pthread_key_create(&key, forget);
	numbers[2] = 7;
	pthread_create(&a, NULL, work, NULL);
	pthread_join(a, NULL);
	assert(numbers[2] == 7 && forgotten == 1);
	assert(!pthread_getspecific(key));
	return 0;
}
