/* SPDX-License-Identifier: MIT */
/*
 * remote_free.c: blocks of main()'s heap that others free while main() allocates: no block
 * has two owners, and in the end the heap has all of them back. So large are they that a
 * few fill a page.
 * Sources: src/static.c
 */
#include <assert.h>
#include <mimalloc.h>
#include <pthread.h>

#define SIZE 16384
#define PAGE 3 /* blocks of one */
#define BLOCKS (2 * PAGE)
#define MINE 3

static int *given[BLOCKS];

static int *block_new(int value)
{
	int *block = mi_malloc(SIZE);

	*block = value;
	return block;
}

/* A page of them, from that of @arg on. */
static void *free_some(void *arg)
{
	int **at;

	for (at = arg; at < (int **)arg + PAGE; at++) {
		assert(**at == at - given);
		mi_free(*at);
	}
	return NULL;
}

static bool count(const mi_heap_t *heap, const mi_heap_area_t *area,
		  void *block, size_t size, void *arg)
{
	(void)heap, (void)block, (void)size;
	*(size_t *)arg += area->used;
	return true;
}

int main(void)
{
	pthread_t threads[2];
	int *mine[MINE], i;
	size_t used = 0;

	for (i = 0; i < BLOCKS; i++)
		given[i] = block_new(i);
	for (i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, free_some, &given[i * PAGE]);
	for (i = 0; i < MINE; i++)
		mine[i] = block_new(10 + i);
	for (i = 0; i < MINE; i++)
		assert(*mine[i] == 10 + i);
	for (i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	for (i = 0; i < MINE; i++)
		mi_free(mine[i]);
	mi_collect(true);
	mi_heap_visit_blocks(mi_heap_get_default(), false, count, &used);
	assert(!used);
	return 0;
}
