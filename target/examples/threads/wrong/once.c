/* SPDX-License-Identifier: MIT */
/* once.c: a flag that says "somebody has begun". */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

static atomic_flag begun = ATOMIC_FLAG_INIT;
static int table;

static void set_up(void)
{
	table = 9;
}

static void *use(void *arg)
{
	if (!atomic_flag_test_and_set(&begun))
		set_up();
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
