/* SPDX-License-Identifier: MIT */
/*
 * order_violation.c: who started a thread uses its result before it is
 * there.
 */
#include <assert.h>
#include <pthread.h>

static int result;

static void *compute(void *arg)
{
	result = 42;
	return arg;
}

int main(void)
{
	pthread_t thread;
	int seen;

	pthread_create(&thread, NULL, compute, NULL);
	seen = result;
	pthread_join(thread, NULL);
	assert(seen == 42);
	return 0;
}
