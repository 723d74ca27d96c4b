/* SPDX-License-Identifier: MIT */
/* order_violation.c: who started a thread waits for it. */
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

	pthread_create(&thread, NULL, compute, NULL);
	pthread_join(thread, NULL);
	assert(result == 42);
	return 0;
}
