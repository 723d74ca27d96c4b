/* SPDX-License-Identifier: MIT */
/*
 * epoch.c: ck_epoch: readers of an object that a writer replaces, and frees after a
 * grace period: once by waiting for it, once by asking whether it is over.
 * Sources: src/ck_epoch.c
 * Explore: all
 */
#include <assert.h>
#include <ck_epoch.h>
#include <pthread.h>
#include <stdlib.h>

struct object {
	int value;
	ck_epoch_entry_t entry;
};

static ck_epoch_t epoch;
static ck_epoch_record_t records[2];
static struct object *current;

static void destroy(ck_epoch_entry_t *entry)
{
	free((char *)entry - offsetof(struct object, entry));
}

static struct object *object_new(int value)
{
	struct object *object = malloc(sizeof(*object));

	object->value = value;
	return object;
}

static void *read_it(void *arg)
{
	int i;

	for (i = 0; i < 2; i++) {
		struct object *object;

		ck_epoch_begin(&records[0], NULL);
		object = ck_pr_load_ptr(&current);
		assert(object->value <= 2);
		ck_epoch_end(&records[0], NULL);
	}
	return arg;
}

static struct object *replace(int value)
{
	struct object *old = current;

	ck_pr_store_ptr(&current, object_new(value));
	return old;
}

int main(void)
{
	struct object *old;
	pthread_t thread;
	int i;

	ck_epoch_init(&epoch);
	for (i = 0; i < 2; i++)
		ck_epoch_register(&epoch, &records[i], NULL);
	current = object_new(0);
	pthread_create(&thread, NULL, read_it, NULL);

	old = replace(1);
	ck_epoch_synchronize(&records[1]);
	free(old);

	old = replace(2);
	ck_epoch_call(&records[1], &old->entry, destroy);
	for (i = 0; i < 3; i++)
		ck_epoch_poll(&records[1]);

	pthread_join(thread, NULL);
	ck_epoch_barrier(&records[1]);
	free(current);
	return 0;
}
