/* SPDX-License-Identifier: MIT */
/* own_value.c: each thread has its own, which its end frees. */
#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

static pthread_key_t key;

static void *work(void *arg)
{
	int *mine = malloc(sizeof(*mine));

	pthread_setspecific(key, mine);
	mine = pthread_getspecific(key);

	*mine = *(int *)arg;
	sched_yield();
	assert(*mine == *(int *)arg);
	return NULL;
}

int main(void)
{
	static int names[2] = { 1, 2 };
	pthread_t a, b;

	pthread_key_create(&key, free);
	pthread_create(&a, NULL, work, &names[0]);
	pthread_create(&b, NULL, work, &names[1]);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	return 0;
}
