/* SPDX-License-Identifier: MIT */
/*
 * hp_stack.c: ck_hp_stack: two pop, and free what they have popped when no hazard
 * pointer is at it.
 * Sources: src/ck_hp.c
 * Explore: all
 */
#include <assert.h>
#include <ck_hp.h>
#include <ck_hp_stack.h>
#include <pthread.h>
#include <stdlib.h>

#define NODES 3

struct node {
	ck_stack_entry_t entry;
	ck_hp_hazard_t hazard;
	unsigned int taken;
};

static ck_stack_t stack = CK_STACK_INITIALIZER;
static ck_hp_t hp;
static ck_hp_record_t records[2];
static void *pointers[2][1];

static void pop(ck_hp_record_t *record)
{
	ck_stack_entry_t *entry = ck_hp_stack_pop_mpmc(record, &stack);
	struct node *node = (struct node *)entry;

	if (node)
		assert(!ck_pr_faa_uint(&node->taken, 1));
	ck_hp_set(record, 0, NULL);
	if (node)
		ck_hp_free(record, &node->hazard, node, node);
}

static void *pop_two(void *arg)
{
	pop(arg);
	pop(arg);
	return NULL;
}

int main(void)
{
	pthread_t thread;
	int i;

	ck_hp_init(&hp, 1, 1, free);
	for (i = 0; i < 2; i++)
		ck_hp_register(&hp, &records[i], pointers[i]);
	for (i = 0; i < NODES; i++) {
		struct node *node = calloc(1, sizeof(*node));

		ck_hp_stack_push_mpmc(&stack, &node->entry);
	}
	pthread_create(&thread, NULL, pop_two, &records[0]);
	pop_two(&records[1]);
	pthread_join(thread, NULL);
	for (i = 0; i < 2; i++)
		ck_hp_purge(&records[i]);
	assert(!stack.head);
	return 0;
}
