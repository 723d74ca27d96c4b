/* SPDX-License-Identifier: MIT */
/*
 * upgrade.c: what was seen under a read lock is thought to hold under the
 * write lock.
 */
#include <assert.h>
#include <pthread.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int made;

static void *make_once(void *arg)
{
	int missing;

	pthread_rwlock_rdlock(&lock);
	missing = !made;
	pthread_rwlock_unlock(&lock);
	if (!missing)
		return arg;
	pthread_rwlock_wrlock(&lock);
	made++;
	pthread_rwlock_unlock(&lock);
	return arg;
}

int main(void)
{
	pthread_t a, b;

	pthread_create(&a, NULL, make_once, NULL);
	pthread_create(&b, NULL, make_once, NULL);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	assert(made == 1);
	return 0;
}
