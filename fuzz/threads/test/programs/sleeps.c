/* SPDX-License-Identifier: MIT */
/*
 * sleeps.c: Who sleeps lets others go first; the clock goes on for who looks at it.
 * Expected: clean
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

static atomic_int done;

static void *work(void *arg)
{
	int i;

	for (i = 0; i < 100; i++)
		usleep(10);
	atomic_store(&done, 1);
	return arg;
}

int main(void)
{
	time_t before = time(NULL);
	pthread_t thread;

	pthread_create(&thread, NULL, work, NULL);
	sleep(2);
	assert(time(NULL) >= before + 2);
	while (!atomic_load(&done))
		sleep(1);
	while (time(NULL) < before + 60)
		;
	pthread_join(thread, NULL);
	return 0;
}
