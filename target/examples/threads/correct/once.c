/* SPDX-License-Identifier: MIT */
/* once.c: pthread_once(), which waits until it is done. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int table;

static void set_up(void)
{
	table = 9;
}

static void *use(void *arg)
{
	pthread_once(&once, set_up);
	assert(table == 9);
	return arg;
}

int main(void)
{
	pthread_t a, b;

	pthread_create(&a, NULL, use, NULL);
	pthread_create(&b, NULL, use, NULL);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	return 0;
}
