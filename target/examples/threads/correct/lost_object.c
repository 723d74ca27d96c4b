/* SPDX-License-Identifier: MIT */
/* lost_object.c: who comes second gives its own back. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static _Atomic(int *) cache;

static void *get(void *arg)
{
	int *made, *none = NULL;

	if (atomic_load(&cache))
		return arg;
	made = calloc(1, sizeof(*made));
	if (!atomic_compare_exchange_strong(&cache, &none, made))
		free(made);
	return arg;
}

int main(void)
{
	pthread_t a, b;

	pthread_create(&a, NULL, get, NULL);
	pthread_create(&b, NULL, get, NULL);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	free(atomic_load(&cache));
	atomic_store(&cache, NULL);
	return 0;
}
