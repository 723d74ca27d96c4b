/* SPDX-License-Identifier: MIT */
/* double_checked.c: the flag is up before what it speaks of is there. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static atomic_int done;
static int table;

static void set_up(void)
{
	if (atomic_load(&done))
		return;
	pthread_mutex_lock(&mutex);
	if (!atomic_load(&done)) {
		atomic_store(&done, 1);
		table = 7;
	}
	pthread_mutex_unlock(&mutex);
}

static void *use(void *arg)
{
	set_up();
	assert(table == 7);
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
