/* SPDX-License-Identifier: MIT */
/*
 * rwlock.c: ck_rwlock: a writer writes two words that a reader sees equal.
 * Explore: all
 */
#include <assert.h>
#include <ck_rwlock.h>
#include <pthread.h>

static ck_rwlock_t lock = CK_RWLOCK_INITIALIZER;
static int a, b;

static void *look(void *arg)
{
	ck_rwlock_read_lock(&lock);
	assert(a == b);
	ck_rwlock_read_unlock(&lock);
	return arg;
}

static void *change(void *arg)
{
	ck_rwlock_write_lock(&lock);
	a++;
	b++;
	ck_rwlock_write_unlock(&lock);
	return arg;
}

int main(void)
{
	pthread_t threads[2];
	int i;

	pthread_create(&threads[0], NULL, look, NULL);
	pthread_create(&threads[1], NULL, change, NULL);
	change(NULL);
	for (i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	assert(a == 2 && b == 2);
	return 0;
}
