/* SPDX-License-Identifier: MIT */
/* sleep_is_no_join.c: the other says that it is done. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

static atomic_int done;

static void *work(void *arg)
{
	usleep(10);
	atomic_store(&done, 1);
	return arg;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, work, NULL);
	while (!atomic_load(&done))
		usleep(1000);
	assert(atomic_load(&done));
	pthread_join(thread, NULL);
	return 0;
}
