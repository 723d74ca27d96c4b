/* SPDX-License-Identifier: MIT */
/*
 * reorder_test.c: reorderings in a run: who sees what when, and what commits a
 * store. What the memory model says of accesses is the business of litmus tests.
 */
#include "fake.h"

static void *object;

/* Letters of what was found: '0' + value. */
static void note_value(int value)
{
	note((char)('0' + value));
}

static void two_stores(void) /* add 0 */
{
	WRITE_ONCE(fake.x, 1);
	WRITE_ONCE(fake.y, 1);
	READ_ONCE(fake.flag);
	READ_ONCE(fake.flag);
}

static void two_loads(void) /* add 1 */
{
	int y = READ_ONCE(fake.y), x = 0;

	x = READ_ONCE(fake.x);
	note_value(y);
	note_value(x);
}

static void store_and_load(void) /* add 2 */
{
	WRITE_ONCE(fake.x, 1);
	note_value(READ_ONCE(fake.x));
}

static void store_twice(void) /* add 3: the second plainly */
{
	WRITE_ONCE(fake.x, 1);
	fake.x = 2;
	READ_ONCE(fake.flag);
}

static void store_to_object(void) /* add 4 */
{
	WRITE_ONCE(*(int *)object, 1);
	READ_ONCE(fake.flag);
}

static void free_object(void) /* add 5 */
{
	machine_free(object);
}

static void wait_for_x(void) /* add 6 */
{
	while (!READ_ONCE(fake.x))
		cpu_relax();
	note('w');
}

static void twenty_stores(void) /* add 7 */
{
	int i;

	for (i = 1; i <= 20; i++)
		WRITE_ONCE(fake.x, i % 10);
	READ_ONCE(fake.flag);
}

static void make_object(void) /* add 8 */
{
	object = machine_alloc(64);
}

static void stores_with_a_fence(void) /* add 9: which is no access point */
{
	WRITE_ONCE(fake.x, 1);
	machine_fence(MACHINE_WMB);
	WRITE_ONCE(fake.y, 1);
	READ_ONCE(fake.flag);
	READ_ONCE(fake.flag);
}

static int *shown;

static void store_on_its_stack(void) /* add 10 */
{
	int local = 0;

	shown = &local;
	WRITE_ONCE(local, 1);
	READ_ONCE(fake.flag);
}

static void look_at_what_is_shown(void) /* add 11 */
{
	note_value(READ_ONCE(*shown));
}

static void (*const acts[])(void) = {
	two_stores,	     two_loads,		 store_and_load,
	store_twice,	     store_to_object,	 free_object,
	wait_for_x,	     twenty_stores,	 make_object,
	stores_with_a_fence, store_on_its_stack, look_at_what_is_shown,
};

static void act(unsigned long nr)
{
	acts[nr]();
}

/* A field of a kind: what is declared by name may be of the past. */
static void describe(const volatile void *addr, struct target_place *place)
{
	size_t at = (size_t)((const volatile char *)addr - (const char *)&fake);

	*place = (struct target_place){ NULL, -1, "", -1 };
	if (at < sizeof(fake))
		place->thing = "fake";
}

static struct target target;

static int open(void **state)
{
	target = target_fake;
	target.describe = describe;
	sites_init(&target);
	return stage_open(state);
}

static void expect_log(struct stage *stage, const char *text, const char *log)
{
	expect_finding(stage_play(stage, &target, text), "clean");
	assert_string_equal(fake.log, log);
}

#define LOOK "preempt task0 op0 point 3 -> task1\n"

static void a_delayed_store_is_seen_after_one_behind_it(void **state)
{
	expect_log(*state, "task0 add 0\ntask1 add 1\n" LOOK, "1111");
	expect_log(*state,
		   "task0 add 0\ntask1 add 1\n" LOOK
		   "delay task0 op0 point 1\n",
		   "1110");
	expect_log(*state,
		   "task0 add 0\ntask1 add 1\n" LOOK
		   "delay task0 op0 point 2\n",
		   "1011");
}

static void nor_does_it_pass_a_fence_that_is_no_access_point(void **state)
{
	expect_log(*state,
		   "task0 add 9\ntask1 add 1\n" LOOK
		   "delay task0 op0 point 1\n",
		   "1111");
	expect_log(*state,
		   "task0 add 9\ntask1 add 1\n" LOOK
		   "delay task0 op0 point 2\n",
		   "1011");
}

static void on_its_own_stack_all_is_seen_at_once(void **state)
{
	expect_log(*state,
		   "task0 add 10\ntask1 add 11\n"
		   "delay task0 op0 point 1\n"
		   "preempt task0 op0 point 2 -> task1\n",
		   "11");
}

static void its_own_task_sees_it_all_the_while(void **state)
{
	expect_log(*state,
		   "task0 add 2\ntask1 add 1\n"
		   "delay task0 op0 point 1\n"
		   "preempt task0 op0 point 2 -> task1\n",
		   "101001");
}

static void it_is_seen_when_its_operation_is_over(void **state)
{
	expect_log(*state,
		   "task0 add 0\ntask1 add 1\n"
		   "delay task0 op0 point 1\ndelay task0 op0 point 2\n",
		   "1111");
}

/* Task 0 gets the CPU once, and goes on giving it away. */
static void it_is_seen_when_its_task_gets_the_cpu_so_often(void **state)
{
	static const char program[] =
		"task0 add 0\ntask1 add 1\ntask1 add 1\n" LOOK
		"switch task1 op1 begin -> task0\n"
		"preempt task0 op0 point 4 -> task1\n";
	char text[512];

	snprintf(text, sizeof(text), "%sdelay task0 op0 point 1 until 1\n",
		 program);
	expect_log(*state, text, "11101111");
	snprintf(text, sizeof(text), "%sdelay task0 op0 point 1 until 2\n",
		 program);
	expect_log(*state, text, "11101110");
}

static void what_is_stored_plainly_behind_it_is_seen_with_it(void **state)
{
	expect_log(*state,
		   "task0 add 3\ntask1 add 1\ntask1 add 1\n"
		   "delay task0 op0 point 1\n"
		   "preempt task0 op0 point 2 -> task1\n"
		   "switch task1 op1 begin -> task0\n",
		   "10101012");
}

static void an_interrupt_comes_when_all_is_seen(void **state)
{
	expect_log(*state,
		   "irq task2\ntask0 add 0\ntask1 add 1\ntask2 add 2\n"
		   "delay task0 op0 point 1\n"
		   "preempt task0 op0 point 3 -> task2\n"
		   "preempt task0 op0 point 3 -> task1\n",
		   "211111");
}

static void another_task_on_the_cpu_sees_it(void **state)
{
	expect_log(*state,
		   "cpu task1 0\ntask0 add 0\ntask1 add 1\n" LOOK
		   "delay task0 op0 point 1\n",
		   "1111");
}

static void who_waits_for_it_goes_on(void **state)
{
	expect_log(*state,
		   "task0 add 0\ntask1 add 6\n"
		   "switch task0 op0 begin -> task1\n"
		   "delay task0 op0 point 1\n",
		   "1w");
}

static void a_load_finds_what_stood_there_before(void **state)
{
	static const char program[] = "task0 add 0\ntask1 add 1\n"
				      "switch task0 op0 begin -> task1\n"
				      "preempt task1 op0 point 1 -> task0\n"
				      "preempt task0 op0 point 4 -> task1\n";
	char text[512];

	expect_log(*state, program, "1111");
	snprintf(text, sizeof(text), "%sstale task1 op0 point 2 back 1\n",
		 program);
	expect_log(*state, text, "1110");
	snprintf(text, sizeof(text), "%sstale task1 op0 point 1 back 1\n",
		 program);
	expect_log(*state, text, "1011");
}

/* There was one value before, and nothing is older than its operation. */
static void what_is_not_there_is_passed_over(void **state)
{
	static const char program[] = "task0 add 0\ntask1 add 1\n"
				      "switch task0 op0 begin -> task1\n"
				      "preempt task1 op0 point 1 -> task0\n";
	char text[512];

	snprintf(text, sizeof(text), "%sstale task1 op0 point 2 back 2\n",
		 program);
	expect_log(*state, text, "1111");
	expect_log(*state,
		   "task0 add 0\ntask1 add 1\nstale task1 op0 point 2\n",
		   "1111");
}

/* The oldest are seen before their time; the last one stays the last. */
static void more_than_can_be_noted_are_seen_early(void **state)
{
	char text[2048];
	int length, i;

	length = snprintf(text, sizeof(text),
			  "task0 add 7\ntask1 add 1\ntask1 add 1\n"
			  "preempt task0 op0 point 21 -> task1\n"
			  "switch task1 op1 begin -> task0\n");
	for (i = 1; i <= 20; i++)
		length += snprintf(text + length, sizeof(text) - (size_t)length,
				   "delay task0 op0 point %d\n", i);
	expect_log(*state, text, "10141010");
}

static void a_store_to_what_was_freed_is_a_finding(void **state)
{
	static const char late[] = "setup add 8\ntask0 add 4\ntask1 add 5\n"
				   "delay task0 op0 point 1\n"
				   "preempt task0 op0 point 2 -> task1\n";
	struct stage *stage = *state;

	expect_finding(stage_play(stage, &target, late), "late-store");
	expect_finding(stage_play(stage, &target,
				  "setup add 8\ntask0 add 4\ntask1 add 5\n"
				  "preempt task0 op0 point 2 -> task1\n"),
		       "clean");
}

/* As it was played, and again with that schedule; nothing is left behind. */
static void a_run_is_noted_and_leaves_nothing(void **state)
{
	static const char plain[] = "task0 add 0\ntask1 add 1\n" LOOK;
	static const char late[] = "task0 add 0\ntask1 add 1\n" LOOK
				   "delay task0 op0 before two_stores#1\n";
	struct stage *stage = *state;
	uint32_t digest, sequential;

	stage_play(stage, &target, plain);
	sequential = stage_digest(stage);
	stage_play(stage, &target, late);
	digest = stage_digest(stage);
	assert_int_not_equal(digest, sequential);
	assert_true(engine_script(&stage->engine, &stage->program));
	assert_int_equal(program_nr_reorderings(&stage->program), 1);
	assert_int_equal(stage->program.switches[0].point, 1);
	assert_int_equal(stage->program.switches[0].kind, ENTRY_DELAY);
	assert_int_equal(stage_run_digest(stage, &target, &stage->program),
			 digest);
	stage_play(stage, &target, plain);
	assert_int_equal(stage_digest(stage), sequential);
}

#define TEST(name) cmocka_unit_test(name)

/* It finds the old value in its second round: the third finds the new one. */
static void nobody_waits_for_what_is_over(void **state)
{
	expect_log(*state,
		   "task0 add 0\ntask1 add 6\n"
		   "switch task0 op0 begin -> task1\n"
		   "stale task1 op0 point 3 back 1\n",
		   "1w");
	assert_int_equal(((struct stage *)*state)->engine.nr_taken, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_waits_for_what_is_over),
		TEST(a_delayed_store_is_seen_after_one_behind_it),
		TEST(nor_does_it_pass_a_fence_that_is_no_access_point),
		TEST(on_its_own_stack_all_is_seen_at_once),
		TEST(its_own_task_sees_it_all_the_while),
		TEST(it_is_seen_when_its_operation_is_over),
		TEST(it_is_seen_when_its_task_gets_the_cpu_so_often),
		TEST(what_is_stored_plainly_behind_it_is_seen_with_it),
		TEST(an_interrupt_comes_when_all_is_seen),
		TEST(another_task_on_the_cpu_sees_it),
		TEST(who_waits_for_it_goes_on),
		TEST(a_load_finds_what_stood_there_before),
		TEST(what_is_not_there_is_passed_over),
		TEST(more_than_can_be_noted_are_seen_early),
		TEST(a_store_to_what_was_freed_is_a_finding),
		TEST(a_run_is_noted_and_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, open, stage_close);
}
