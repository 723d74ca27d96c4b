/* SPDX-License-Identifier: MIT */
/* thread_local.c: _Thread_local is each thread's own. */
#include <assert.h>
#include <pthread.h>

static _Thread_local int depth;

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
