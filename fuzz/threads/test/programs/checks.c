/* SPDX-License-Identifier: MIT */
/*
 * checks.c: A mutex that checks says what is wrong.
 * Expected: clean
 */
#include <assert.h>
#include <errno.h>
#include <pthread.h>

static pthread_mutex_t checks = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;
static pthread_mutex_t again = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

int main(void)
{
	assert(pthread_mutex_unlock(&checks) == EPERM);
	assert(!pthread_mutex_lock(&checks));
	assert(pthread_mutex_lock(&checks) == EDEADLK);
	assert(!pthread_mutex_unlock(&checks));
	assert(!pthread_mutex_lock(&again) && !pthread_mutex_trylock(&again));
	assert(!pthread_mutex_unlock(&again) && !pthread_mutex_unlock(&again));
	return 0;
}
