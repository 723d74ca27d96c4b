/* SPDX-License-Identifier: MIT */
/* barrier.c: the next round is written while others still read this one. */
#include <assert.h>
#include <pthread.h>

static pthread_barrier_t barrier;
static int cells[2];

static void *play(void *arg)
{
	int *mine = arg, *other = &cells[mine == cells];

	*mine = 1;
	pthread_barrier_wait(&barrier);
	assert(*other == 1);
	*mine = 2;
	return NULL;
}

int main(void)
{
	pthread_t a, b;

	pthread_barrier_init(&barrier, NULL, 2);
	pthread_create(&a, NULL, play, &cells[0]);
	pthread_create(&b, NULL, play, &cells[1]);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	pthread_barrier_destroy(&barrier);
	return 0;
}
