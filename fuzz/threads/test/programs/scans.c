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
	long nr = (long)arg, i; /* the compiler makes a loop of it */

	for (;;) {
		for (i = 0; i < nr; i++)
			if (atomic_load(&words[i]))
				return arg;
	}
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, scan, (void *)20);
	pthread_join(thread, NULL);
	return 0;
}
