/* SPDX-License-Identifier: MIT */
/*
 * promises_test.c: what pages bear, what references pin, which objects are lost
 * and what operations owe: programs on the core and on what breaks one of these
 * promises alone.
 */
#include "stage.h"

/* It fires on the revert, and on the core as it is nothing does. */
static void expect_only_on(struct stage *stage, const char *revert,
			   const char *id, const char *lines)
{
	expect_finding(stage_play(stage, stage_core(revert), lines), id);
	expect_finding(stage_play(stage, stage_core("none"), lines), "clean");
}

/* --------------------------------------------------------------- contents */

static void contents_are_reported_if_the_flag_comes_first(void **state)
{
	expect_only_on(*state, "flag-before-contents", "contents",
		       "task0 add 3\n"
		       "task1 read 3\n"
		       "preempt task0 op0 before fill_page -> task1\n");
}

/* Found, not read: who holds it finds nothing wrong. */
static void contents_may_come_after_the_page_was_found(void **state)
{
	expect_only_on(*state, "flag-before-contents", "clean",
		       "task0 add 3\n"
		       "task1 r0 = lookup 3\n"
		       "task1 put r0\n"
		       "preempt task0 op0 before fill_page -> task1\n");
}

static void a_new_owner_s_contents_are_reported_to_a_stale_reader(void **state)
{
	expect_only_on(*state, "stale-after-wait", "contents",
		       "task0 add 3\n"
		       "task0 remove 3\n"
		       "task0 b0 = alloc\n"
		       "task1 read 3\n"
		       "preempt task0 op0 before SetPageUptodate:smp_wmb() -> "
		       "task1\n");
}

/* The same page at the same index, filled anew: nobody can tell. */
static void a_page_that_came_back_is_silent(void **state)
{
	expect_only_on(*state, "stale-after-wait", "clean",
		       "task0 add 3\n"
		       "task0 remove 3\n"
		       "task0 add 3\n"
		       "task1 read 3\n"
		       "preempt task0 op0 before SetPageUptodate:smp_wmb() -> "
		       "task1\n");
}

/* The stamp of the owner is on all pages, whoever has the block by now. */
static void blocks_of_all_orders_keep_their_contents(void **state)
{
	expect_only_on(*state, "flag-before-contents", "clean",
		       "pages 64\n"
		       "setup b0 = alloc order=3 compound\n"
		       "setup r0 = get b0\n"
		       "task0 free b0\n"
		       "task0 b1 = alloc order=4\n"
		       "task0 free b1\n"
		       "task1 put r0\n"
		       "task1 b2 = alloc order=3\n");
}

/* ------------------------------------------------------- moved while held */

static void a_removed_page_without_its_index_is_reported(void **state)
{
	expect_only_on(*state, "index-cleared", "moved-while-held",
		       "setup add 3\n"
		       "task0 r0 = lookup 3\n"
		       "task0 remove 3\n"
		       "task0 put r0\n");
}

static void a_page_is_pinned_until_it_is_put(void **state)
{
	expect_only_on(*state, "index-cleared", "clean",
		       "setup add 3\n"
		       "task0 r0 = lookup 3\n"
		       "task0 put r0\n"
		       "task0 remove 3\n");
}

/* Of a batch each page has its own index. */
static void each_page_of_a_batch_is_pinned_where_it_was_found(void **state)
{
	expect_only_on(*state, "index-cleared", "moved-while-held",
		       "setup add 0\n"
		       "setup add 3\n"
		       "task0 r0 = lookup_batch 0 count=2\n"
		       "task0 remove 3\n");
	expect_only_on(*state, "index-cleared", "clean",
		       "setup add 0\n"
		       "setup add 3\n"
		       "task0 r0 = lookup_batch 0 count=2\n"
		       "task0 remove 0\n");
}

/* ------------------------------------------------------------ object loss */

static void a_node_in_no_tree_is_reported(void **state)
{
	expect_only_on(*state, "root-left-behind", "object-loss",
		       "task0 add 3\n"
		       "task0 add 0\n"
		       "task0 remove 3\n");
}

static void a_node_that_the_tree_has_is_silent(void **state)
{
	expect_only_on(*state, "root-left-behind", "clean",
		       "task0 add 3\n"
		       "task0 add 0\n");
}

/* Freed after a grace period: that is over at quiescence. */
static void a_node_that_waits_for_a_reader_is_silent(void **state)
{
	expect_only_on(*state, "root-left-behind", "clean",
		       "setup add 3\n"
		       "task0 lookup 3\n"
		       "task1 remove 3\n"
		       "preempt task0 op0 before xas_descend -> task1\n");
}

/* -------------------------------- what a lookup, a removal, an allocation owe */

#define NODE_GOES                                                              \
	"setup add 0\n"                                                        \
	"setup add 1\n"                                                        \
	"task0 lookup 0\n"                                                     \
	"task1 remove 1\n"                                                     \
	"preempt task0 op0 before xas_descend -> task1\n"

static void
missed_page_is_reported_for_a_retry_entry_taken_for_none(void **state)
{
	expect_only_on(*state, "lookup-without-retry", "missed-page",
		       NODE_GOES);
}

static void missed_page_is_silent_if_the_page_goes_meanwhile(void **state)
{
	expect_only_on(*state, "lookup-without-retry", "clean",
		       NODE_GOES "task1 remove 0\n");
}

static void left_behind_is_reported_for_a_page_that_was_locked(void **state)
{
	expect_only_on(*state, "truncate-without-waiting", "left-behind",
		       "task0 add 3\n"
		       "task1 remove_range 3 count=1\n"
		       "preempt task0 op0 before unlock_page -> task1\n");
}

/* Here it is locked when the removal begins, and reclaim spares that. */
static void left_behind_is_silent_if_the_operation_spares_it(void **state)
{
	expect_only_on(*state, "truncate-without-waiting", "clean",
		       "task0 add 3\n"
		       "task1 reclaim 3\n"
		       "preempt task0 op0 before unlock_page -> task1\n");
}

#define PAGE_ON_A_LIST                                                         \
	"pcp high=8 batch=1\n"                                                 \
	"setup b0 = alloc\n"                                                   \
	"setup free b0\n"

static void refused_is_reported_for_a_page_on_the_list_of_a_cpu(void **state)
{
	expect_only_on(*state, "allocation-without-drain", "refused",
		       PAGE_ON_A_LIST "task1 b0 = alloc order=4\n");
	/* One that is in use would be missing. */
	expect_only_on(*state, "allocation-without-drain", "clean",
		       PAGE_ON_A_LIST "setup b1 = alloc order=1\n"
				      "task1 b0 = alloc order=4\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(contents_are_reported_if_the_flag_comes_first),
		cmocka_unit_test(contents_may_come_after_the_page_was_found),
		cmocka_unit_test(
			a_new_owner_s_contents_are_reported_to_a_stale_reader),
		cmocka_unit_test(a_page_that_came_back_is_silent),
		cmocka_unit_test(blocks_of_all_orders_keep_their_contents),
		cmocka_unit_test(a_removed_page_without_its_index_is_reported),
		cmocka_unit_test(a_page_is_pinned_until_it_is_put),
		cmocka_unit_test(
			each_page_of_a_batch_is_pinned_where_it_was_found),
		cmocka_unit_test(a_node_in_no_tree_is_reported),
		cmocka_unit_test(a_node_that_the_tree_has_is_silent),
		cmocka_unit_test(a_node_that_waits_for_a_reader_is_silent),
		cmocka_unit_test(
			missed_page_is_reported_for_a_retry_entry_taken_for_none),
		cmocka_unit_test(
			missed_page_is_silent_if_the_page_goes_meanwhile),
		cmocka_unit_test(
			left_behind_is_reported_for_a_page_that_was_locked),
		cmocka_unit_test(
			left_behind_is_silent_if_the_operation_spares_it),
		cmocka_unit_test(
			refused_is_reported_for_a_page_on_the_list_of_a_cpu),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
