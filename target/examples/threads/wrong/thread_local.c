/* SPDX-License-Identifier: MIT */
/* thread_local.c: a static variable is everybody's. */
#include <assert.h>
#include <pthread.h>

static int depth;

static void *enter_and_leave(void *arg)
{
	depth++;
	assert(depth == 1);
	depth--;
	return arg;
}

int main(void)
{
	pthread_t a, b;

	pthread_create(&a, NULL, enter_and_leave, NULL);
	pthread_create(&b, NULL, enter_and_leave, NULL);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	return 0;
}
