/* SPDX-License-Identifier: MIT */
/* own_value.c: a buffer that each thread should have for itself. */
#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

static int buffer;

static void *work(void *arg)
{
	int *mine = &buffer;

	*mine = *(int *)arg;
	sched_yield();
	assert(*mine == *(int *)arg);
	return NULL;
}

int main(void)
{
	static int names[2] = { 1, 2 };
	pthread_t a, b;

	pthread_create(&a, NULL, work, &names[0]);
	pthread_create(&b, NULL, work, &names[1]);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	return 0;
}
