/* SPDX-License-Identifier: MIT */
/* publication.c: a message is in the box before it is written. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct message {
	int length;
};

static _Atomic(struct message *) box;

static void *send(void *arg)
{
	struct message *message = calloc(1, sizeof(*message));

	atomic_store(&box, message);
	message->length = 3;
	return arg;
}

static void *receive(void *arg)
{
	struct message *message = atomic_load(&box);

	assert(!message || message->length == 3);
	return arg;
}

int main(void)
{
	pthread_t a, b;

	pthread_create(&a, NULL, send, NULL);
	pthread_create(&b, NULL, receive, NULL);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
	free(atomic_load(&box));
	return 0;
}
