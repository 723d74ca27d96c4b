/* SPDX-License-Identifier: MIT */
/* lock_order.c: two locks in two orders. */
#include <pthread.h>

static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t two = PTHREAD_MUTEX_INITIALIZER;
static int x, y;

static void *first(void *arg)
{
	pthread_mutex_lock(&one);
	pthread_mutex_lock(&two);
	x++;
	pthread_mutex_unlock(&two);
	pthread_mutex_unlock(&one);
	return arg;
}

static void *second(void *arg)
{
	pthread_mutex_lock(&two);
	pthread_mutex_lock(&one);
	y++;
	pthread_mutex_unlock(&one);
	pthread_mutex_unlock(&two);
	return arg;
}

int main(void)
{
	pthread_t a, b;

	pthread_create(&a, NULL, first, NULL);
	pthread_create(&b, NULL, second, NULL);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	return 0;
}
