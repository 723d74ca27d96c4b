/* SPDX-License-Identifier: MIT */
/* lost_update.c: two threads add one each, by a load and a store. */
#include <assert.h>
#include <pthread.h>

static int counter;

static void *add(void *arg)
{
	counter++;
	return arg;
}

int main(void)
{
	pthread_t a, b;

	pthread_create(&a, NULL, add, NULL);
	pthread_create(&b, NULL, add, NULL);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	assert(counter == 2);
	return 0;
}
