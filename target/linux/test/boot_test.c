/* SPDX-License-Identifier: MIT */
/*
 * boot_test.c: the kernel's own start-up, and its allocator without a scheduler:
 * of however many pages, none is lost, and none is there twice.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "machine_stub.h"
#include "target.h"

extern const struct target target_linux;

/* Pages that stand on free lists, and how often each. */
struct census {
	unsigned int pages, seen[TARGET_PAGES_MAX];
	unsigned int blocks, largest; /* in pages */
	bool whole; /* every block is linked and marked, of its list's order */
};

static bool count_block(void *arg, const struct target_block *block)
{
	struct census *census = arg;
	unsigned int nr = 1U << block->order, i;

	census->whole &= block->linked && block->marked &&
			 block->order == block->list_order && block->pfn >= 0;
	for (i = 0; i < nr && block->pfn + i < TARGET_PAGES_MAX; i++)
		census->seen[block->pfn + i]++;
	census->pages += nr;
	census->blocks++;
	if (nr > census->largest)
		census->largest = nr;
	return block->pfn >= 0;
}

static void expect_free(unsigned int pages, struct census *census)
{
	const struct target_visit visit = { count_block, census };
	unsigned int i;

	*census = (struct census){ .whole = true };
	target_linux.free_blocks(&visit);
	assert_true(census->whole);
	assert_int_equal(census->pages, pages);
	for (i = 0; i < TARGET_PAGES_MAX; i++)
		assert_true(census->seen[i] <= 1);
}

static void boot(unsigned int pages, unsigned int high)
{
	const struct target_config config = {
		.pages = pages, .pcp_high = high, .pcp_batch = 2,
		.fanout_shift = 4,
	};

	machine_stub_reset();
	target_linux.init(&config);
}

static int call(enum operation op, const struct op_args *args)
{
	struct op_result result = { .nr = 0 };

	target_linux.operations[op](args, &result);
	return result.nr ? result.pfn[0] : TARGET_NO_PAGE;
}

/* Returns: how many single pages there were to be had. */
static unsigned int take_all(int *taken)
{
	const struct op_args none = { .pfn = TARGET_NO_PAGE };
	unsigned int nr = 0;
	int pfn;

	while ((pfn = call(OP_ALLOC, &none)) != TARGET_NO_PAGE) {
		assert_true(nr < TARGET_PAGES_MAX);
		assert_int_equal(target_linux.count(pfn), 1);
		taken[nr++] = pfn;
	}
	return nr;
}

static void give_all(const int *taken, unsigned int nr)
{
	while (nr--) {
		const struct op_args args = { .pfn = taken[nr] };

		call(OP_FREE, &args);
	}
}

static void all_pages_are_free_after_boot(void **state)
{
	struct census census;
	unsigned int pages, pfn;

	(void)state;
	for (pages = 16; pages <= TARGET_PAGES_MAX; pages *= 2) {
		boot(pages, 0);
		expect_free(pages, &census);
		for (pfn = 0; pfn < pages; pfn++)
			assert_int_equal(target_linux.count((int)pfn), 0);
	}
}

static void all_pages_can_be_had_and_merge_again(void **state)
{
	const struct op_args none = { .pfn = TARGET_NO_PAGE };
	static int taken[TARGET_PAGES_MAX];
	struct census before, after;
	unsigned int pages, nr;

	(void)state;
	for (pages = 16; pages <= TARGET_PAGES_MAX; pages *= 2) {
		boot(pages, 0);
		expect_free(pages, &before);
		nr = take_all(taken);
		/* What this CPU's list has is not counted as free. */
		assert_in_range(nr, pages - 1, pages);
		expect_free(pages - nr, &after);
		give_all(taken, nr);
		call(OP_DRAIN_ALL, &none);
		expect_free(pages, &after);
		assert_int_equal(after.blocks, before.blocks);
		assert_int_equal(after.largest, before.largest);
	}
}

static void lists_of_a_cpu_keep_pages_until_drained(void **state)
{
	const struct op_args none = { .pfn = TARGET_NO_PAGE };
	static int taken[TARGET_PAGES_MAX];
	struct census before, after;

	(void)state;
	boot(64, 8);
	expect_free(64, &before);
	give_all(taken, take_all(taken));
	expect_free(64, &after);
	assert_int_not_equal(after.blocks, before.blocks);
	call(OP_DRAIN_ALL, &none);
	expect_free(64, &after);
	assert_int_equal(after.blocks, before.blocks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_pages_are_free_after_boot),
		cmocka_unit_test(all_pages_can_be_had_and_merge_again),
		cmocka_unit_test(lists_of_a_cpu_keep_pages_until_drained),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
