/* SPDX-License-Identifier: MIT */
/*
 * errs.c: What errno says is for each thread alone.
 * Expected: clean
 */
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>

static void *set(void *arg)
{
	errno = *(int *)arg;
	sched_yield();
	assert(errno == *(int *)arg);
	return NULL;
}

int main(void)
{
	static int codes[2] = { 1, 2 };
	pthread_t a, b;

	pthread_create(&a, NULL, set, &codes[0]);
	pthread_create(&b, NULL, set, &codes[1]);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	assert(errno == 0);
	return 0;
}
