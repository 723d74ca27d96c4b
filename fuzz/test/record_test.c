/* SPDX-License-Identifier: MIT */
/* record_test.c: what happened, step by step. */
#include "fake.h"

static void update(void) /* add 0 */
{
	WRITE_ONCE(fake.x, 7);
	xchg(&fake.x, 9);
	READ_ONCE(fake.x);
}

static void locked(void) /* add 1 */
{
	spin_lock(&fake.lock);
	WRITE_ONCE(fake.y, 1);
	spin_lock(&fake.other);
	WRITE_ONCE(fake.y, 2);
	spin_unlock(&fake.other);
	spin_unlock(&fake.lock);
	WRITE_ONCE(fake.y, 3);
}

static void marathon(void) /* add 2: more steps than are kept */
{
	int i;

	for (i = 0; i < RECORD_STEPS; i++)
		WRITE_ONCE(fake.x, i & 1);
}

static void read_both(void) /* add 3 */
{
	READ_ONCE(fake.x);
	READ_ONCE(fake.y);
}

static void store_pointer(void) /* add 4: an address is stored */
{
	static int *where;

	WRITE_ONCE(where, &fake.x);
}

static void called_back(struct rcu_head *head)
{
	WRITE_ONCE(fake.x, (int)(head - fake.heads));
}

static void queue(void) /* add 5 */
{
	call_rcu(&fake.heads[0], called_back);
}

static void act(unsigned long nr)
{
	static void (*const acts[])(void) = { update,	 locked,
					      marathon,	 read_both,
					      store_pointer, queue };

	acts[nr]();
}

static const struct record *record_of(struct stage *stage, const char *text)
{
	stage_play(stage, &target_fake, text);
	return &stage->record;
}

static void a_record_has_begin_accesses_and_end(void **state)
{
	const struct record *record = record_of(*state, "task2 add 0\n");
	const struct step *steps = record->steps;
	unsigned int i;

	assert_int_equal(record->nr, 5);
	assert_int_equal(record->dropped, 0);
	assert_int_equal(steps[0].kind, STEP_BEGIN);
	assert_int_equal(steps[4].kind, STEP_END);
	for (i = 0; i < 5; i++) {
		assert_int_equal(steps[i].task, 2);
		assert_int_equal(steps[i].op, 0);
		assert_int_equal(steps[i].operation, OP_ADD);
		assert_false(steps[i].setup);
	}
	for (i = 1; i < 4; i++) {
		assert_int_equal(steps[i].kind, STEP_ACCESS);
		assert_int_equal(steps[i].point, i);
		assert_ptr_equal(steps[i].addr, &fake.x);
	}
}

static void an_access_has_its_values(void **state)
{
	const struct record *record = record_of(*state, "task0 add 0\n");

	assert_int_equal(record->steps[1].new, 7);
	assert_int_equal(record->steps[2].old, 7);
	assert_int_equal(record->steps[2].new, 9);
	assert_int_equal(record->steps[3].new, 9);
	assert_false(step_writes(&record->steps[3]));
	assert_true(step_writes(&record->steps[1]));
	assert_true(step_writes(&record->steps[2]));
}

static void a_callback_is_an_operation_with_begin_and_end(void **state)
{
	const struct record *record =
		record_of(*state, "task0 add 5\ntask0 add 3\n");
	const struct step *steps = record->steps;

	assert_int_equal(record->nr, 9);
	assert_int_equal(steps[2].task, TASK_RCU);
	assert_int_equal(steps[2].kind, STEP_BEGIN);
	assert_int_equal(steps[3].kind, STEP_ACCESS);
	assert_int_equal(steps[4].task, TASK_RCU);
	assert_int_equal(steps[4].kind, STEP_END);
	assert_int_equal(steps[5].task, 0);
}

static void steps_of_set_up_are_marked(void **state)
{
	const struct record *record =
		record_of(*state, "setup add 0\ntask0 add 3\n");
	unsigned int i;

	for (i = 0; i < record->nr; i++)
		assert_int_equal(record->steps[i].setup,
				 record->steps[i].task == TASK_BOOT);
}

static void an_access_has_the_locks_that_are_held(void **state)
{
	const struct step *steps = record_of(*state, "task0 add 1\n")->steps;

	assert_int_equal(steps[1].locks, 0);
	assert_int_equal(__builtin_popcount(steps[2].locks), 1);
	assert_int_equal(__builtin_popcount(steps[4].locks), 2);
	assert_int_equal(steps[2].locks & steps[4].locks, steps[2].locks);
	assert_int_equal(steps[6].locks, steps[2].locks);
	assert_int_equal(steps[7].locks, 0);
}

static void steps_conflict_on_one_address_if_one_writes(void **state)
{
	const struct record *record =
		record_of(*state, "task0 add 3\ntask1 add 0\ntask2 add 3\n");
	const struct step *reader = &record->steps[1];
	const struct step *other = &record->steps[2];
	const struct step *writer = &record->steps[5];
	const struct step *again = &record->steps[10];

	assert_true(steps_conflict(reader, writer));
	assert_true(steps_conflict(writer, reader));
	assert_false(steps_conflict(other, writer));
	assert_false(steps_conflict(reader, again));
	assert_true(steps_conflict(writer, again));
	assert_false(steps_conflict(writer, &record->steps[6]));
	assert_false(steps_conflict(reader, &record->steps[4]));
}

static void steps_beyond_the_limit_are_counted(void **state)
{
	const struct record *record = record_of(*state, "task0 add 2\n");

	assert_int_equal(record->nr, RECORD_STEPS);
	assert_int_equal(record->dropped, 2);
	record = record_of(*state, "task0 add 0\n");
	assert_int_equal(record->nr, 5);
	assert_int_equal(record->dropped, 0);
}

static void the_digest_tells_values_places_and_order_apart(void **state)
{
	static const char *const texts[] = {
		"",
		"task0 add 0\n",
		"task1 add 0\n",
		"task0 add 3\n",
		"task0 add 0\ntask1 add 3\n",
		"task0 add 3\ntask1 add 0\n",
		"task0 add 0\ntask1 add 3\npreempt task0 op0 point 2 -> task1\n",
		"task0 add 0\ntask1 add 3\npreempt task0 op0 point 3 -> task1\n",
	};
	enum { NR = sizeof(texts) / sizeof(texts[0]) };
	struct stage *stage = *state;
	uint32_t digests[NR];
	unsigned int i, j;

	for (i = 0; i < NR; i++) {
		record_of(stage, texts[i]);
		digests[i] = stage_digest(stage);
		for (j = 0; j < i; j++)
			assert_int_not_equal(digests[i], digests[j]);
	}
}

static void an_address_enters_the_digest_as_what_it_points_to(void **state)
{
	struct stage *stage = *state;
	uint32_t digest;

	record_of(stage, "task0 add 4\n");
	digest = stage_digest(stage);
	stage->record.steps[1].new = (uintptr_t)&fake.y;
	assert_int_not_equal(stage_digest(stage), digest);
	stage->record.steps[1].new = (uintptr_t)&stage;
	digest = stage_digest(stage);
	stage->record.steps[1].new = (uintptr_t)&digest;
	assert_int_equal(stage_digest(stage), digest);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_record_has_begin_accesses_and_end),
		cmocka_unit_test(an_access_has_its_values),
		cmocka_unit_test(a_callback_is_an_operation_with_begin_and_end),
		cmocka_unit_test(steps_of_set_up_are_marked),
		cmocka_unit_test(an_access_has_the_locks_that_are_held),
		cmocka_unit_test(steps_conflict_on_one_address_if_one_writes),
		cmocka_unit_test(steps_beyond_the_limit_are_counted),
		cmocka_unit_test(the_digest_tells_values_places_and_order_apart),
		cmocka_unit_test(
			an_address_enters_the_digest_as_what_it_points_to),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
