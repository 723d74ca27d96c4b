/* SPDX-License-Identifier: MIT */
/*
 * scans.c: Who looks at several words in turn, for one that nobody will store, waits.
 * Expected: deadlock
 */
#include <pthread.h>
#include <stdatomic.h>

atomic_int words[20];

static void *scan(void *arg)
{
	for (;;) {
		int i;

		for (i = 0; i < 20; i++)
			if (atomic_load(&words[i]))
				return arg;
	}
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, scan, NULL);
	pthread_join(thread, NULL);
	return 0;
}
