/* SPDX-License-Identifier: MIT */
/*
 * reader_against_resize.c: readers and who moves the table have a lock of
 * readers.
 */
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int *table;

static void *read_it(void *arg)
{
	pthread_rwlock_rdlock(&lock);
	assert(!table[0] && !table[1]);
	pthread_rwlock_unlock(&lock);
	return arg;
}

static void *resize(void *arg)
{
	int *larger = calloc(4, sizeof(*larger));

	pthread_rwlock_wrlock(&lock);
	memcpy(larger, table, 2 * sizeof(*table));
	free(table);
	table = larger;
	pthread_rwlock_unlock(&lock);
	return arg;
}

int main(void)
{
	pthread_t a, b;

	table = calloc(2, sizeof(*table));
	pthread_create(&a, NULL, read_it, NULL);
	pthread_create(&b, NULL, resize, NULL);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	free(table);
	return 0;
}
