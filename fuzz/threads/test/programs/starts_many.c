/* SPDX-License-Identifier: MIT */
/*
 * starts_many.c: Threads one after the other, more than there are tasks.
 * Expected: clean
 */
#include <assert.h>
#include <pthread.h>

static void *add(void *arg)
{
	++*(int *)arg;
	return arg;
}

int main(void)
{
	int sum = 0, i;

	for (i = 0; i < 20; i++) {
		pthread_t thread;
		void *result;

		pthread_create(&thread, NULL, add, &sum);
		pthread_join(thread, &result);
		assert(result == &sum);
	}
	assert(sum == 20);
	return 0;
}
