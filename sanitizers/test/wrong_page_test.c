/* SPDX-License-Identifier: MIT */
/*
 * wrong_page_test.c: the exact promise of a lookup, step by step as the
 * machine reports accesses: where did the page stand while its reference was
 * held?
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <string.h>

#include <cmocka.h>

#include "fake_target.h"

#define READER 0
#define WRITER 1

static struct scene scene;
static struct finding finding;
static struct op_args args;

static void begin(unsigned long index, unsigned int count)
{
	args = (struct op_args){ .pfn = TARGET_NO_PAGE,
				 .index = index,
				 .count = count };
	fake_begin(&scene, READER, count ? OP_LOOKUP_BATCH : OP_LOOKUP, &args);
}

/* Page 5 stands at index 3 and the reader's lookup of index 3 is on its way. */
static int lookup_of_three(void **state)
{
	(void)state;
	fake_scene(&scene);
	fake_cached(&scene, 3, 5);
	fake_cached(&scene, 7, 6);
	fake.counts[5] = 1;
	fake.counts[6] = 1;
	begin(3, 0);
	return 0;
}

static void count_access(int task, int pfn, int change)
{
	const struct access access = {
		.task = task,
		.kind = MACHINE_RMWS,
		.addr = &fake.counts[pfn],
		.size = sizeof(int),
		.old = (uint64_t)fake.counts[pfn],
		.new = (uint64_t)(fake.counts[pfn] + change),
	};

	fake.counts[pfn] += change;
	assert_false(checkers_access(&scene, &access, &finding));
}

static void get(int pfn)
{
	count_access(READER, pfn, 1);
}

static void put(int pfn)
{
	count_access(READER, pfn, -1);
}

/* The writer makes @pfn stand at @index, seen as a store. */
static void store(unsigned long index, int pfn)
{
	const struct access access = { .task = WRITER,
				       .kind = MACHINE_STORES,
				       .addr = &fake.cache[index],
				       .size = sizeof(int) };

	fake_cached(&scene, index, pfn);
	assert_false(checkers_access(&scene, &access, &finding));
}

/* The lookup ends with @nr pages. Returns: true if wrong-page is reported. */
static bool ends_wrong(unsigned int nr, const int *pfns,
		       const unsigned long *indices)
{
	struct op_result result = { .nr = nr };
	const struct op_end end = { .task = READER, .op = OP_LOOKUP,
				    .lookup = true, .args = &args,
				    .result = &result };
	unsigned int i;
	bool wrong;

	for (i = 0; i < nr; i++) {
		result.pfn[i] = pfns[i];
		result.index[i] = indices[i];
	}
	wrong = checkers_result(&scene, &end, &finding);
	wrong = wrong && !strcmp(finding.id, "wrong-page");
	checkers_end(&scene, READER);
	return wrong;
}

static bool returns_wrong(int pfn, unsigned long index)
{
	return ends_wrong(1, &pfn, &index);
}

static void page_that_stands_at_the_index_is_silent(void **state)
{
	(void)state;
	get(5);
	assert_false(returns_wrong(5, 3));
}

static void page_removed_right_after_the_reference_is_silent(void **state)
{
	(void)state;
	get(5);
	store(3, TARGET_NO_PAGE);
	assert_false(returns_wrong(5, 3));
}

static void page_that_arrives_after_the_reference_is_silent(void **state)
{
	(void)state;
	store(3, TARGET_NO_PAGE);
	get(5);
	store(3, 5);
	store(3, TARGET_NO_PAGE);
	assert_false(returns_wrong(5, 3));
}

static void page_removed_before_the_reference_is_reported(void **state)
{
	(void)state;
	store(3, TARGET_NO_PAGE);
	get(5);
	assert_true(returns_wrong(5, 3));
	assert_int_equal(finding.page, 5);
}

/* It stood there under an earlier reference, which was given up. */
static void page_that_stood_before_a_reference_given_up_is_reported(void **state)
{
	(void)state;
	get(5);
	put(5);
	store(3, TARGET_NO_PAGE);
	get(5);
	assert_true(returns_wrong(5, 3));
}

static void page_without_a_reference_is_reported(void **state)
{
	(void)state;
	assert_true(returns_wrong(5, 3));
}

static void reference_of_another_task_does_not_count(void **state)
{
	(void)state;
	count_access(WRITER, 5, 1);
	assert_true(returns_wrong(5, 3));
}

static void page_at_another_index_is_reported(void **state)
{
	(void)state;
	get(6);
	assert_true(returns_wrong(6, 3));
}

static void nothing_found_is_silent(void **state)
{
	(void)state;
	assert_false(ends_wrong(0, NULL, NULL));
}

static void failed_reference_is_no_reference(void **state)
{
	(void)state;
	count_access(READER, 5, 0);
	assert_true(returns_wrong(5, 3));
}

static void batch_with_each_page_at_its_index_is_silent(void **state)
{
	const int pfns[] = { 5, 6 };
	const unsigned long indices[] = { 3, 7 };

	(void)state;
	checkers_end(&scene, READER);
	begin(2, 4);
	get(5);
	store(3, TARGET_NO_PAGE);
	get(6);
	assert_false(ends_wrong(2, pfns, indices));
}

static void batch_with_two_indices_mixed_up_is_reported(void **state)
{
	const int pfns[] = { 5, 6 };
	const unsigned long indices[] = { 7, 3 };

	(void)state;
	checkers_end(&scene, READER);
	begin(2, 4);
	get(5);
	get(6);
	assert_true(ends_wrong(2, pfns, indices));
	assert_int_equal(finding.page, 5);
}

static void batch_whose_last_page_was_removed_before_is_reported(void **state)
{
	const int pfns[] = { 5, 6 };
	const unsigned long indices[] = { 3, 7 };

	(void)state;
	checkers_end(&scene, READER);
	begin(2, 4);
	get(5);
	store(7, TARGET_NO_PAGE);
	get(6);
	assert_true(ends_wrong(2, pfns, indices));
	assert_int_equal(finding.page, 6);
}

/* Pages 8 to 11 stand at 4 to 7: the folio is found at each of them. */
static void large_folio_is_found_at_an_index_that_it_covers(void **state)
{
	(void)state;
	fake_cached_large(&scene, 4, 8, 2);
	checkers_end(&scene, READER);
	begin(6, 0);
	get(8);
	assert_false(returns_wrong(8, 6));
	begin(3, 0);
	get(8);
	assert_true(returns_wrong(8, 3));
}

#define TEST(name) cmocka_unit_test_setup(name, lookup_of_three)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(page_that_stands_at_the_index_is_silent),
		TEST(page_removed_right_after_the_reference_is_silent),
		TEST(page_that_arrives_after_the_reference_is_silent),
		TEST(page_removed_before_the_reference_is_reported),
		TEST(page_that_stood_before_a_reference_given_up_is_reported),
		TEST(page_without_a_reference_is_reported),
		TEST(reference_of_another_task_does_not_count),
		TEST(page_at_another_index_is_reported),
		TEST(nothing_found_is_silent),
		TEST(failed_reference_is_no_reference),
		TEST(batch_with_each_page_at_its_index_is_silent),
		TEST(batch_with_two_indices_mixed_up_is_reported),
		TEST(batch_whose_last_page_was_removed_before_is_reported),
		TEST(large_folio_is_found_at_an_index_that_it_covers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
