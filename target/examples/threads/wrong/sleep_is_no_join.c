/* SPDX-License-Identifier: MIT */
/* sleep_is_no_join.c: a pause is thought to be long enough for the other. */
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
	sleep(1);
	assert(atomic_load(&done));
	pthread_join(thread, NULL);
	return 0;
}
