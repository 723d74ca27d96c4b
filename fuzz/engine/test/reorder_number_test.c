/* SPDX-License-Identifier: MIT */
/*
 * reorder_number_test.c: a page that was pointed to and is found by number: its
 * loads are not before that of the number.
 */
#include "fake.h"

static int *pointer; /* to page 2, which is aligned */

static void fill(void) /* add 0: page 2 first, then its number, and its order */
{
	WRITE_ONCE(fake.pages[2], 1);
	smp_wmb();
	WRITE_ONCE(fake.x, 2);
	WRITE_ONCE(fake.y, 1);
	WRITE_ONCE(fake.flag, 3);
}

static void note_page(int value)
{
	note((char)('0' + value));
}

static void find_by_pointer(void) /* add 1: whatever was loaded beside it */
{
	int *page = READ_ONCE(pointer), flag = READ_ONCE(fake.flag);

	note(flag == 3 ? 'f' : '-');
	note_page(READ_ONCE(*page));
}

static void find_by_number(void) /* add 2 */
{
	int nr = 0;

	READ_ONCE(pointer);
	nr = READ_ONCE(fake.x);
	note_page(READ_ONCE(fake.pages[nr]));
}

static void find_by_order(void) /* add 3: the buddy of page 0 */
{
	static int *buddy;
	int order = 0;

	buddy = &fake.pages[0];
	READ_ONCE(buddy);
	READ_ONCE(pointer);
	order = READ_ONCE(fake.y);
	note_page(READ_ONCE(fake.pages[1 << order]));
}

static void act(unsigned long nr)
{
	static void (*const acts[])(void) = { fill, find_by_pointer,
					      find_by_number, find_by_order };

	acts[nr]();
}

/* Fields of a kind, and pages. */
static void describe(const volatile void *addr, struct target_place *place)
{
	fake_describe(addr, place);
	if (place->thing && strcmp(place->thing, "page") != 0)
		place->instance = -1;
}

static struct target target;

static int open(void **state)
{
	target = target_fake;
	target.describe = describe;
	pointer = &fake.pages[2];
	sites_init(&target);
	return stage_open(state);
}

/* Task 0 fills before the last load but one of task 1; the last is of the past. */
static void expect_log(void **state, int nr, int point, const char *log)
{
	char text[256];

	snprintf(text, sizeof(text),
		 "task0 add 0\ntask1 add %d\n"
		 "switch task0 op0 begin -> task1\n"
		 "preempt task1 op0 point %d -> task0\n"
		 "stale task1 op0 point %d back 1\n",
		 nr, point - 1, point);
	expect_finding(stage_play(*state, &target, text), "clean");
	assert_string_equal(fake.log, log);
}

static void a_page_that_is_pointed_to_may_be_of_the_past(void **state)
{
	expect_log(state, 1, 3, "1f10");
}

static void a_page_that_is_found_by_number_is_not(void **state)
{
	expect_log(state, 2, 3, "11");
}

static void a_page_that_is_found_by_its_order_is_not(void **state)
{
	expect_log(state, 3, 4, "11");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_that_is_pointed_to_may_be_of_the_past),
		cmocka_unit_test(a_page_that_is_found_by_number_is_not),
		cmocka_unit_test(a_page_that_is_found_by_its_order_is_not),
	};

	return cmocka_run_group_tests_name("reorder_number", tests, open,
					   stage_close);
}
