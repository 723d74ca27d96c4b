/* SPDX-License-Identifier: MIT */
/* c11_threads.c: it is read inside. */
#include <assert.h>
#include <threads.h>

static mtx_t mutex;
static int a = 5, b;

static int move(void *arg)
{
	(void)arg;
	mtx_lock(&mutex);
	a--;
	b++;
	mtx_unlock(&mutex);
	return 1;
}

static int look(void *arg)
{
	int total;

	(void)arg;
	mtx_lock(&mutex);
	total = a + b;
	mtx_unlock(&mutex);
	assert(total == 5);
	return 2;
}

int main(void)
{
	thrd_t mover, looker;
	int result;

	mtx_init(&mutex, mtx_plain);
	thrd_create(&mover, move, NULL);
	thrd_create(&looker, look, NULL);
	thrd_join(mover, &result);
	assert(result == 1);
	thrd_join(looker, &result);
	assert(result == 2);
	mtx_destroy(&mutex);
	return 0;
}
