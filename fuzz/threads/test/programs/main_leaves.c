/* SPDX-License-Identifier: MIT */
/*
 * main_leaves.c: main() ends by pthread_exit(), and the others go on.
 * Expected: clean
 */
#include <pthread.h>

static void *work(void *arg)
{
	pthread_detach(pthread_self());
	return arg;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, work, NULL);
	pthread_exit(NULL);
}
