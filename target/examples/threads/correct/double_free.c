/* SPDX-License-Identifier: MIT */
/* double_free.c: the count is taken down and looked at in one step. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static atomic_int users = 2;
static void *shared;

static void *put(void *arg)
{
	if (atomic_fetch_sub(&users, 1) == 1)
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
