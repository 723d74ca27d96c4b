/* SPDX-License-Identifier: MIT */
/* seqlock.c: it looks, and reads again. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

static atomic_uint sequence;
static atomic_int low, high;

static void *write_both(void *arg)
{
	atomic_fetch_add(&sequence, 1);
	atomic_store(&low, 1);
	atomic_store(&high, 1);
	atomic_fetch_add(&sequence, 1);
	return arg;
}

static void *read_both(void *arg)
{
	unsigned int before;
	int l, h;

	do {
		while ((before = atomic_load(&sequence)) & 1)
			;
		l = atomic_load(&low);
		h = atomic_load(&high);
	} while (atomic_load(&sequence) != before);
	assert(l == h);
	return arg;
}

int main(void)
{
	pthread_t a, b;

	pthread_create(&a, NULL, write_both, NULL);
	pthread_create(&b, NULL, read_both, NULL);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	return 0;
}
