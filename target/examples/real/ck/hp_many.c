/* SPDX-License-Identifier: MIT */
/*
 * hp_many.c: ck_hp with more hazard pointers than ck_hp_reclaim() sorts (CK_HP_CACHE): what
 * the last of them is at has to stay.
 * Sources: src/ck_hp.c
 * Judged: use-after-free: ck_hp_member_cache() leaves the loop over one record's pointers
 *   when its table is full (having stored one behind it), goes on with the next record, and
 *   returns NULL in the end: those that it left out are not looked at. In 0.7.1.
 */
#include <assert.h>
#include <ck_hp.h>
#include <stdlib.h>

#define DEGREE (CK_HP_CACHE + 2)

struct object {
	ck_hp_hazard_t hazard;
	int value;
};

static ck_hp_t hp;
static ck_hp_record_t holder, owner;
static void *held[DEGREE], *owned[DEGREE];
static int others[DEGREE];

int main(void)
{
	struct object *object = malloc(sizeof(*object));
	int i;

	object->value = 1;
	ck_hp_init(&hp, DEGREE, 1, free);
	ck_hp_register(&hp, &holder, held);
	ck_hp_register(&hp, &owner, owned);
	for (i = 0; i < DEGREE - 1; i++)
		ck_hp_set(&holder, i, &others[i]);
	ck_hp_set_fence(&holder, DEGREE - 1, object);
	ck_hp_free(&owner, &object->hazard, object, object);
	assert(object->value == 1);
	ck_hp_clear(&holder);
	ck_hp_purge(&owner);
	return 0;
}
