/* SPDX-License-Identifier: MIT */
/*
 * double_free.c: the last of two frees it, and both may think that they
 * are.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static atomic_int users = 2;
static void *shared;

static void *put(void *arg)
{
	atomic_fetch_sub(&users, 1);
	if (atomic_load(&users) == 0)
		free(shared);
	return arg;
}

int main(void)
{
	pthread_t a, b;

	shared = malloc(8);
	pthread_create(&a, NULL, put, NULL);
	pthread_create(&b, NULL, put, NULL);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	return 0;
}
