/* SPDX-License-Identifier: MIT */
/*
 * exit_against_use.c: what a thread works on is freed when its starter is
 * done.
 */
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
	free(job);
	pthread_join(thread, NULL);
	return 0;
}
