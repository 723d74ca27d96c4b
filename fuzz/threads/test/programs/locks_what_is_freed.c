/* SPDX-License-Identifier: MIT */
/*
 * locks_what_is_freed.c: A mutex in an object that was given back.
 * Expected: use-after-free
 */
#include <pthread.h>
#include <stdlib.h>

int main(void)
{
	pthread_mutex_t *mutex = calloc(1, sizeof(*mutex));

	free(mutex);
	pthread_mutex_lock(mutex);
	return 0;
}
