/* SPDX-License-Identifier: MIT */
/* exit_against_use.c: it is freed when the thread has ended. */
#include <pthread.h>
#include <stdlib.h>

static void *work(void *arg)
{
	int *job = arg;

	++*job;
	return NULL;
}

int main(void)
{
	int *job = calloc(1, sizeof(*job));
	pthread_t thread;

	pthread_create(&thread, NULL, work, job);
	pthread_join(thread, NULL);
	free(job);
	return 0;
}
