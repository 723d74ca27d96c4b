/* SPDX-License-Identifier: MIT */
/* peterson.c: Peterson's lock. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

static atomic_int wants[2], turn;
static int inside;

static void *enter(void *arg)
{
	int me = *(int *)arg, other = !me;

	atomic_store(&wants[me], 1);
	atomic_store(&turn, other);
	while (atomic_load(&wants[other]) && atomic_load(&turn) == other)
		;
	inside++;
	assert(inside == 1);
	inside--;
	atomic_store(&wants[me], 0);
	return NULL;
}

int main(void)
{
	static int names[2] = { 0, 1 };
	pthread_t a, b;

	pthread_create(&a, NULL, enter, &names[0]);
	pthread_create(&b, NULL, enter, &names[1]);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	return 0;
}
