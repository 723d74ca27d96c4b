/* SPDX-License-Identifier: MIT */
/*
 * fifo_spsc.c: ck_fifo_spsc, whose producer takes entries back that the consumer is
 * done with.
 * Explore: all
 */
#include <assert.h>
#include <ck_fifo.h>
#include <pthread.h>
#include <stdlib.h>

#define VALUES 3

static ck_fifo_spsc_t fifo;
static int values[VALUES];

static void *produce(void *arg)
{
	int i;

	for (i = 0; i < VALUES; i++) {
		ck_fifo_spsc_entry_t *entry = ck_fifo_spsc_recycle(&fifo);

		if (!entry)
			entry = malloc(sizeof(*entry));
		ck_fifo_spsc_enqueue(&fifo, entry, &values[i]);
	}
	return arg;
}

int main(void)
{
	ck_fifo_spsc_entry_t *garbage, *next;
	pthread_t thread;
	void *got;
	int i;

	ck_fifo_spsc_init(&fifo, malloc(sizeof(ck_fifo_spsc_entry_t)));
	pthread_create(&thread, NULL, produce, NULL);
	for (i = 0; i < VALUES; i++) {
		while (!ck_fifo_spsc_dequeue(&fifo, &got))
			ck_pr_stall();
		assert(got == &values[i]);
	}
	pthread_join(thread, NULL);
	assert(!ck_fifo_spsc_dequeue(&fifo, &got));
	ck_fifo_spsc_deinit(&fifo, &garbage);
	for (; garbage; garbage = next) {
		next = garbage->next;
		free(garbage);
	}
	return 0;
}
