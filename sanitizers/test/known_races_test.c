/* SPDX-License-Identifier: MIT */
/*
 * known_races_test.c: which rows know a race, and which rows are none.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "known_races.h"

/* list_add() of a header in lru_add(), called by drain(), of source files. */
static struct race_side side_of_a_list(void)
{
	struct race_side side = { .nr = 0 };

	race_frame(&side, "__list_add", "include/linux/list.h");
	race_frame(&side, "list_add", "include/linux/list.h");
	race_frame(&side, "lru_add", "mm/swap.c");
	race_frame(&side, "drain", "mm/swap.c");
	return side;
}

static struct race_side side_of(const char *function)
{
	struct race_side side = { .nr = 0 };

	race_frame(&side, function, "mm/page_alloc.c");
	return side;
}

static void names_go_from_a_caller_to_the_access(void **state)
{
	const struct race_side side = side_of_a_list();

	(void)state;
	assert_true(race_side_is(&side, "lru_add"));
	assert_true(race_side_is(&side, "list_add"));
	assert_true(race_side_is(&side, "lru_add:__list_add"));
	assert_true(race_side_is(&side, "drain:list_add"));
	assert_true(race_side_is(&side, "drain:lru_add:__list_add"));
	assert_false(race_side_is(&side, "list_add:lru_add"));
	assert_false(race_side_is(&side, "lru_add:lru_add"));
	assert_false(race_side_is(&side, "lru"));
	assert_false(race_side_is(&side, "lru_added"));
	assert_false(race_side_is(&side, "lru_add:list"));
}

static void who_only_calls_makes_no_access(void **state)
{
	const struct race_side side = side_of_a_list();

	(void)state;
	assert_false(race_side_is(&side, "drain"));
}

static void a_stack_has_as_many_frames_as_there_is_room_for(void **state)
{
	struct race_side side = { .nr = 0 };
	int i;

	(void)state;
	for (i = 0; i < 2 * RACE_FRAMES; i++)
		race_frame(&side, "helper", "include/linux/list.h");
	assert_int_equal(side.nr, RACE_FRAMES);
	assert_int_equal(side.own, RACE_FRAMES);
}

static const char why[] = "nobody decides anything by it";

static void a_row_takes_its_place_and_its_two_in_either_order(void **state)
{
	const struct target_race rows[] = {
		{ "pcp count", "drain_all", NULL, why },
		{ "page flags", "lru_add", "lock", why },
		{ NULL, NULL, NULL, NULL },
	};
	struct race race = { .place = "page flags",
			     .sides = { side_of("lock"), side_of_a_list() } };

	(void)state;
	assert_ptr_equal(race_known(rows, &race), &rows[1]);
	race.sides[0] = side_of("unlock");
	assert_null(race_known(rows, &race));
	race.sides[1] = side_of("drain_all");
	assert_null(race_known(rows, &race));
	strcpy(race.place, "pcp count");
	assert_ptr_equal(race_known(rows, &race), &rows[0]);
	assert_null(race_known(NULL, &race));
}

static void a_row_says_where_who_and_why(void **state)
{
	static const struct target_race rows[] = {
		{ "", "drain_all", NULL, why },
		{ "pcp count", NULL, "drain_all", why },
		{ "pcp count", "", NULL, why },
		{ "pcp count", "drain all", NULL, why },
		{ "pcp count", "a::b", NULL, why },
		{ "pcp count", "drain_all:", NULL, why },
		{ "pcp count", "drain_all", ":add", why },
		{ "pcp count", "drain_all", NULL, "it is" },
		{ "pcp count", "drain_all", NULL, NULL },
		{ "?", "drain_all", NULL, why },
		{ "zone ?", "drain_all", NULL, why },
	};
	static const struct target_race right[] = {
		{ "pcp count", "drain_all", NULL, why },
		{ "pcp count", "a:b", "c", why },
		{ "?", "drain_all", "add", why },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_non_null(race_row_fault(&rows[i]));
	for (i = 0; i < sizeof(right) / sizeof(right[0]); i++)
		assert_null(race_row_fault(&right[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_go_from_a_caller_to_the_access),
		cmocka_unit_test(who_only_calls_makes_no_access),
		cmocka_unit_test(
			a_stack_has_as_many_frames_as_there_is_room_for),
		cmocka_unit_test(
			a_row_takes_its_place_and_its_two_in_either_order),
		cmocka_unit_test(a_row_says_where_who_and_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
