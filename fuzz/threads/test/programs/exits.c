/* SPDX-License-Identifier: MIT */
/*
 * exits.c: exit() ends the others, whatever they are at.
 * Expected: clean
 */
#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *wait_for_ever(void *arg)
{
	pthread_mutex_lock(&mutex);
	return arg;
}

int main(void)
{
	pthread_t thread;

	pthread_mutex_lock(&mutex);
	pthread_create(&thread, NULL, wait_for_ever, NULL);
	exit(0);
}
