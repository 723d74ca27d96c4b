/* SPDX-License-Identifier: MIT */
/* record_test.c: what happened, step by step. */
#include "fake.h"
#include "timeline.h"

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

static char contents[16];

static void hand_out(void) /* add 6: pages 1 and 2, after the second access */
{
	READ_ONCE(fake.x);
	READ_ONCE(fake.y);
	arch_alloc_page(1, 1, contents, sizeof(contents));
	READ_ONCE(fake.pages[1]);
}

static void take_back(void) /* add 7: at once, and after the first access */
{
	arch_free_page(0, 2, contents, sizeof(contents));
	READ_ONCE(fake.x);
	arch_free_page(1, 1, contents, sizeof(contents));
}

static void look_at_pages(void) /* add 8 */
{
	int i;

	for (i = 0; i < 4; i++)
		READ_ONCE(fake.pages[i]);
}

static void *object;

static void come_and_go(void) /* add 9 */
{
	object = machine_alloc(32);
	WRITE_ONCE(fake.x, 1);
	machine_free(object);
	WRITE_ONCE(fake.x, 2);
}

static void read_in_a_section(void) /* add 10 */
{
	READ_ONCE(fake.x);
	rcu_read_lock();
	READ_ONCE(fake.x);
	rcu_read_unlock();
	READ_ONCE(fake.y);
}

static void act(unsigned long nr)
{
	static void (*const acts[])(void) = {
		update,	       locked,	    marathon,	       read_both,
		store_pointer, queue,	    hand_out,	       take_back,
		look_at_pages, come_and_go, read_in_a_section,
	};

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

/* Steps 1 to 3 of either are accesses of task 0, 6 to 9 look at pages 0 to 3. */
static void a_page_that_changes_hands_races_with_a_look_at_it(void **state)
{
	const struct step *steps =
		record_of(*state, "task0 add 6\ntask1 add 8\n")->steps;
	const struct record *record = &((struct stage *)*state)->record;
	unsigned int page;

	for (page = 0; page < 4; page++) {
		const struct step *look = &steps[6 + page];
		bool moves = page == 1 || page == 2;

		assert_false(steps_conflict(&steps[2], look));
		assert_int_equal(steps_race(record, &steps[2], look), moves);
		assert_int_equal(steps_race(record, look, &steps[2]), moves);
		assert_false(steps_race(record, &steps[1], look));
		assert_false(steps_race(record, &steps[3], look));
	}
	assert_false(steps_race(record, &steps[2], &steps[3]));
}

static void a_page_that_is_given_back_races_too(void **state)
{
	const struct record *record = record_of(
		*state, "task0 add 0\ntask0 add 7\ntask1 add 8\n");
	const struct step *steps = record->steps, *last = &steps[3];
	const struct step *mover = &steps[6], *look = &steps[9];

	assert_ptr_equal(look->addr, &fake.pages[0]);
	assert_false(steps_race(record, mover, look));
	assert_true(steps_race(record, mover, look + 1));
	assert_true(steps_race(record, mover, look + 2));
	assert_false(steps_race(record, mover, look + 3));
	/* What moves before an operation's first access is not the last one's. */
	assert_false(steps_race(record, last, look + 1));
}

static void who_looks_closely_sees_objects_come_and_go(void **state)
{
	static struct timeline timeline;
	struct stage *stage = *state;
	const struct record *record = &stage->record;
	const struct hint *came, *went;

	stage->record.timeline = &timeline;
	record_of(stage, "task0 add 0\ntask2 add 9\n");
	stage->record.timeline = NULL;
	went = record_hint(record, (char *)object + 8, false, record->nr);
	assert_non_null(went);
	assert_int_equal(went->task, 2);
	came = record_hint(record, object, false, went->before - 1);
	assert_non_null(came);
	assert_int_equal(came->before, went->before - 1);
	assert_null(record_hint(record, object, true, record->nr));
	assert_null(record_hint(record, object, false, came->before - 1));
	record_of(stage, "task2 add 9\n");
	assert_null(record_hint(record, object, false, record->nr));
}

static void a_step_knows_whether_it_is_in_a_read_section(void **state)
{
	const struct step *steps = record_of(*state, "task0 add 10\n")->steps;
	unsigned int i, nr = 0;

	for (i = 0; i < 5; i++) {
		bool first = steps[i].kind != STEP_ACCESS || !nr;

		nr += steps[i].kind == STEP_ACCESS;
		if (first || steps[i].addr == &fake.y)
			assert_false(steps[i].reads);
	}
	for (i = 0; steps[i].kind != STEP_END; i++)
		if (steps[i].kind == STEP_ACCESS && steps[i].addr == &fake.x &&
		    steps[i].point > 1)
			break;
	assert_true(steps[i].reads);
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
		cmocka_unit_test(
			a_page_that_changes_hands_races_with_a_look_at_it),
		cmocka_unit_test(a_page_that_is_given_back_races_too),
		cmocka_unit_test(who_looks_closely_sees_objects_come_and_go),
		cmocka_unit_test(a_step_knows_whether_it_is_in_a_read_section),
		cmocka_unit_test(steps_beyond_the_limit_are_counted),
		cmocka_unit_test(
			the_digest_tells_values_places_and_order_apart),
		cmocka_unit_test(
			an_address_enters_the_digest_as_what_it_points_to),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
