/* SPDX-License-Identifier: MIT */
/*
 * arena_test.c: objects of a run: their order, their end, their poison.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "arena.h"
#include "memory_glue.h"

#define SIZE 64
#define PATTERN 0x6b

static struct arena arena;

static int fresh_arena(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static void take_all(void **objects)
{
	int i;

	for (i = 0; i < ARENA_OBJECTS; i++) {
		objects[i] = arena_alloc(&arena, SIZE);
		assert_non_null(objects[i]);
	}
}

static void exhausted_arena_gives_nothing(void **state)
{
	void *objects[ARENA_OBJECTS];

	(void)state;
	take_all(objects);
	assert_null(arena_alloc(&arena, SIZE));
	assert_true(arena_free(&arena, objects[7]));
	assert_ptr_equal(arena_alloc(&arena, SIZE), objects[7]);
	assert_null(arena_alloc(&arena, SIZE));
}

static void freed_slots_come_back_oldest_first(void **state)
{
	void *objects[ARENA_OBJECTS];

	(void)state;
	take_all(objects);
	assert_true(arena_free(&arena, objects[9]));
	assert_true(arena_free(&arena, objects[2]));
	assert_true(arena_free(&arena, objects[5]));
	assert_ptr_equal(arena_alloc(&arena, SIZE), objects[9]);
	assert_ptr_equal(arena_alloc(&arena, SIZE), objects[2]);
	assert_ptr_equal(arena_alloc(&arena, SIZE), objects[5]);
}

static void a_freed_slot_waits_until_fresh_ones_are_used_up(void **state)
{
	void *first = arena_alloc(&arena, SIZE);

	(void)state;
	assert_true(arena_free(&arena, first));
	assert_ptr_not_equal(arena_alloc(&arena, SIZE), first);
}

static void objects_of_no_size_or_too_large_are_refused(void **state)
{
	(void)state;
	assert_null(arena_alloc(&arena, 0));
	assert_null(arena_alloc(&arena, MACHINE_OBJECT_MAX + 1));
	assert_non_null(arena_alloc(&arena, MACHINE_OBJECT_MAX));
}

static void live_means_all_bytes_within_one_live_object(void **state)
{
	char *object = arena_alloc(&arena, SIZE);

	(void)state;
	assert_true(arena_live(&arena, object, SIZE));
	assert_true(arena_live(&arena, object + SIZE - 8, 8));
	assert_false(arena_live(&arena, object + SIZE - 4, 8));
	assert_false(arena_live(&arena, object + MACHINE_OBJECT_MAX, 1));
	assert_false(arena_live(&arena, &arena + 1, 1));
	assert_true(arena_is_object(&arena, object));
	assert_false(arena_is_object(&arena, object + 8));
	assert_false(arena_is_object(&arena, object + MACHINE_OBJECT_MAX));
	assert_false(arena_is_object(&arena, &arena + 1));
	assert_true(arena_free(&arena, object));
	assert_false(arena_live(&arena, object, 1));
	assert_false(arena_is_object(&arena, object));
}

static void only_the_start_of_a_live_object_can_be_freed(void **state)
{
	char *object = arena_alloc(&arena, SIZE);

	(void)state;
	assert_false(arena_free(&arena, object + 8));
	assert_false(arena_free(&arena, &arena + 1));
	assert_true(arena_free(&arena, object));
	assert_false(arena_free(&arena, object));
}

static void an_address_names_its_object_and_start(void **state)
{
	const void *start = NULL;
	char *first = arena_alloc(&arena, SIZE);
	char *second = arena_alloc(&arena, SIZE);

	(void)state;
	assert_int_equal(arena_object(&arena, first, NULL), 0);
	assert_int_equal(arena_object(&arena, second + 9, &start), 1);
	assert_ptr_equal(start, second);
	assert_int_equal(arena_object(&arena, &arena + 1, &start), -1);
}

/* Also what was written behind an object, or after it was freed. */
static void what_a_run_left_is_not_there_in_the_next(void **state)
{
	unsigned char *object = arena_alloc(&arena, SIZE);
	int i;

	(void)state;
	asan_unpoison(object, MACHINE_OBJECT_MAX);
	memset(object, 7, MACHINE_OBJECT_MAX);
	arena_reset(&arena);
	assert_ptr_equal(arena_alloc(&arena, SIZE), object);
	asan_unpoison(object, MACHINE_OBJECT_MAX);
	msan_unpoison(object, MACHINE_OBJECT_MAX);
	for (i = 0; i < MACHINE_OBJECT_MAX; i++)
		assert_int_equal(object[i], i < SIZE ? MEMORY_FRESH : 0x6b);
}

static void a_freed_object_is_filled_with_the_pattern(void **state)
{
	unsigned char *object = arena_alloc(&arena, SIZE);
	int i;

	(void)state;
	object[SIZE - 1] = 1;
	assert_true(arena_free(&arena, object));
	asan_unpoison(object, SIZE);
	msan_unpoison(object, SIZE);
	for (i = 0; i < SIZE; i++)
		assert_int_equal(object[i], PATTERN);
}

static void what_is_not_live_is_poisoned_under_asan(void **state)
{
	char *object = arena_alloc(&arena, SIZE);

	(void)state;
	assert_false(asan_is_poisoned(object + SIZE - 1));
	assert_int_equal(asan_is_poisoned(object + SIZE), ASAN_ON);
	assert_int_equal(asan_is_poisoned(object + MACHINE_OBJECT_MAX),
			 ASAN_ON);
	assert_true(arena_free(&arena, object));
	assert_int_equal(asan_is_poisoned(object), ASAN_ON);
}

static void what_nobody_wrote_is_uninitialised_under_msan(void **state)
{
	char *object = arena_alloc(&arena, SIZE);
	long first = MSAN_ON ? 0 : -1;

	(void)state;
	assert_int_equal(msan_first_poisoned(object, SIZE), first);
	memset(object, 0, SIZE);
	assert_int_equal(msan_first_poisoned(object, SIZE), -1);
	assert_true(arena_free(&arena, object));
	assert_int_equal(msan_first_poisoned(object, SIZE), first);
}

static void reset_kills_and_poisons_what_a_run_left(void **state)
{
	char *object = arena_alloc(&arena, SIZE);

	(void)state;
	arena_reset(&arena);
	assert_false(arena_live(&arena, object, 1));
	assert_false(arena_is_object(&arena, object));
	assert_int_equal(asan_is_poisoned(object), ASAN_ON);
	assert_int_equal(msan_first_poisoned(object, 1), MSAN_ON ? 0 : -1);
}

static void after_reset_objects_come_in_the_same_order(void **state)
{
	void *first[3], *again[3];
	int run, i;

	(void)state;
	for (run = 0; run < 2; run++) {
		void **objects = run ? again : first;

		for (i = 0; i < 3; i++)
			objects[i] = arena_alloc(&arena, SIZE);
		assert_true(arena_free(&arena, objects[1]));
		arena_reset(&arena);
	}
	assert_memory_equal(first, again, sizeof(first));
}

/* ------------------------------------------------------------------- homes */

static void *home_of(unsigned int nr)
{
	return arena.slots[ARENA_OBJECTS + nr];
}

static void a_home_is_live_from_the_start(void **state)
{
	(void)state;
	assert_false(arena_live(&arena, home_of(0), 1));
	arena_open_homes(&arena, 1);
	assert_true(arena_live(&arena, home_of(0), MACHINE_OBJECT_MAX));
	assert_false(arena_live(&arena, home_of(1), 1));
	arena_reset(&arena);
	assert_false(arena_live(&arena, home_of(0), 1));
}

static void who_had_a_home_comes_back_to_it(void **state)
{
	(void)state;
	arena_open_homes(&arena, 2);
	assert_false(arena_home_again(&arena, 1));
	assert_true(arena_free(&arena, home_of(1)));
	assert_false(arena_free(&arena, home_of(1)));
	assert_false(arena_live(&arena, home_of(1), 1));
	assert_true(arena_home_again(&arena, 1));
	assert_true(arena_live(&arena, home_of(1), MACHINE_OBJECT_MAX));
	assert_false(arena_home_again(&arena, MACHINE_HOMES_MAX));
}

static void nobody_else_gets_a_home(void **state)
{
	void *objects[ARENA_OBJECTS];

	(void)state;
	arena_open_homes(&arena, 2);
	assert_true(arena_free(&arena, home_of(0)));
	take_all(objects);
	assert_null(arena_alloc(&arena, SIZE));
	assert_true(arena_free(&arena, objects[3]));
	assert_true(arena_home_again(&arena, 0));
	assert_ptr_equal(arena_alloc(&arena, SIZE), objects[3]);
}

#define TEST(name) cmocka_unit_test_setup(name, fresh_arena)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_home_is_live_from_the_start),
		TEST(who_had_a_home_comes_back_to_it),
		TEST(nobody_else_gets_a_home),
		TEST(exhausted_arena_gives_nothing),
		TEST(freed_slots_come_back_oldest_first),
		TEST(a_freed_slot_waits_until_fresh_ones_are_used_up),
		TEST(objects_of_no_size_or_too_large_are_refused),
		TEST(live_means_all_bytes_within_one_live_object),
		TEST(only_the_start_of_a_live_object_can_be_freed),
		TEST(an_address_names_its_object_and_start),
		TEST(what_a_run_left_is_not_there_in_the_next),
		TEST(a_freed_object_is_filled_with_the_pattern),
		TEST(what_is_not_live_is_poisoned_under_asan),
		TEST(what_nobody_wrote_is_uninitialised_under_msan),
		TEST(reset_kills_and_poisons_what_a_run_left),
		TEST(after_reset_objects_come_in_the_same_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
