/* SPDX-License-Identifier: MIT */
/* reader_against_resize.c: a table moves while somebody reads it. */
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static int *table;

static void *read_it(void *arg)
{
	assert(!table[0] && !table[1]);
	return arg;
}

static void *resize(void *arg)
{
	int *larger = calloc(4, sizeof(*larger));

	memcpy(larger, table, 2 * sizeof(*table));
	free(table);
	table = larger;
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
