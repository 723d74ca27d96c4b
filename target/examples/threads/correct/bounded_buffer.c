/* SPDX-License-Identifier: MIT */
/* bounded_buffer.c: who was woken looks again. */
#include <assert.h>
#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER;
static int items;

static void *take(void *arg)
{
	pthread_mutex_lock(&mutex);
	while (!items)
		pthread_cond_wait(&filled, &mutex);
	items--;
	assert(items >= 0);
	pthread_mutex_unlock(&mutex);
	return arg;
}

static void put(void)
{
	pthread_mutex_lock(&mutex);
	items++;
	pthread_cond_signal(&filled);
	pthread_mutex_unlock(&mutex);
}

int main(void)
{
	pthread_t a, b;

	pthread_create(&a, NULL, take, NULL);
	pthread_create(&b, NULL, take, NULL);
	put();
	put();
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	return 0;
}
