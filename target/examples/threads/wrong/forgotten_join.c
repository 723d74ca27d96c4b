/* SPDX-License-Identifier: MIT */
/* forgotten_join.c: nobody waits for the thread if it has been quick. */
#include <pthread.h>
#include <stdatomic.h>

static atomic_int done;

static void *work(void *arg)
{
	atomic_store(&done, 1);
	return arg;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, work, NULL);
	if (!atomic_load(&done))
		pthread_join(thread, NULL);
	return 0;
}
