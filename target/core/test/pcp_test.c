/* SPDX-License-Identifier: MIT */
/*
 * pcp_test.c: the per-CPU lists between the callers and the buddy.
 *
 * A page on a per-CPU list is free, but not in the zone's picture.
 */
#include "zone_picture.h"

#define FOREIGN_OWNER 99

/* All pages belong to the test; high and batch as given. */
static void own_16_pages(unsigned int high, unsigned int batch)
{
	fresh_core(16, high, batch);
	assert_non_null(__rmqueue(&core.zone, 4));
	assert_zone("empty");
}

static bool give(int pfn, unsigned int order)
{
	return free_unref_page_commit(&core.zone, PAGE(pfn), order);
}

static struct page *take(unsigned int order)
{
	return rmqueue_pcplist(&core.zone, order);
}

static void assert_at_rest(void)
{
	int cpu;

	assert_int_equal(machine.self->irq_off, 0);
	assert_int_equal(machine.self->preempt_off, 0);
	assert_int_equal(core.zone.lock.owner, 0);
	for (cpu = 0; cpu < MACHINE_CPUS; cpu++)
		assert_int_equal(core.pageset[cpu].lock.owner, 0);
}

static void high_0_hands_on_to_the_buddy_at_once(void **state)
{
	(void)state;
	own_16_pages(0, 1);
	assert_true(give(5, 0));
	assert_pcp(0, "empty");
	assert_zone("0:[5]");
	assert_at_rest();
}

static void high_0_takes_no_more_than_it_hands_out(void **state)
{
	(void)state;
	fresh_core(16, 0, 1);
	assert_int_equal(PFN(take(0)), 0);
	assert_pcp(0, "empty");
	assert_zone("0:[1] 1:[2-3] 2:[4-7] 3:[8-15]");
	assert_at_rest();
}

static void below_high_the_freed_pages_stay(void **state)
{
	(void)state;
	own_16_pages(4, 2);
	give(0, 0);
	give(1, 0);
	give(2, 0);
	assert_pcp(0, "0:[2][1][0]");
	assert_zone("empty");
}

static void at_high_a_batch_of_the_oldest_goes_back(void **state)
{
	(void)state;
	own_16_pages(4, 2);
	give(0, 0);
	give(1, 0);
	give(2, 0);
	give(3, 0);
	assert_pcp(0, "0:[3][2]");
	assert_zone("1:[0-1]");
	assert_at_rest();
}

static void the_last_freed_is_the_first_taken(void **state)
{
	(void)state;
	own_16_pages(4, 2);
	give(0, 0);
	give(1, 0);
	assert_int_equal(PFN(take(0)), 1);
	assert_pcp(0, "0:[0]");
	assert_at_rest();
}

static void an_empty_list_is_filled_with_a_batch(void **state)
{
	(void)state;
	fresh_core(16, 8, 4);
	assert_int_equal(PFN(take(0)), 0);
	assert_pcp(0, "0:[1][2][3]");
	assert_zone("2:[4-7] 3:[8-15]");
}

static void a_batch_of_larger_blocks_has_two_at_least(void **state)
{
	(void)state;
	fresh_core(16, 8, 4);
	assert_int_equal(PFN(take(2)), 0);
	assert_pcp(0, "2:[4-7]");
	assert_zone("3:[8-15]");
}

static void a_zone_that_is_empty_gives_nothing(void **state)
{
	(void)state;
	own_16_pages(4, 2);
	assert_null(take(0));
	assert_at_rest();
}

/* batch 1: one page, then two, then four. */
static void frees_in_a_row_give_back_more_each_time(void **state)
{
	int pfn;

	(void)state;
	own_16_pages(8, 1);
	for (pfn = 0; pfn < 8; pfn++)
		give(pfn, 0);
	assert_pcp(0, "0:[7][6][5][4][3][2][1]");
	give(8, 0);
	assert_pcp(0, "0:[8][7][6][5][4][3]");
	give(9, 0);
	give(10, 0);
	assert_pcp(0, "0:[10][9][8][7]");
	assert_zone("0:[6] 1:[4-5] 2:[0-3]");
}

static void an_overflow_starts_with_the_order_just_freed(void **state)
{
	(void)state;
	own_16_pages(4, 2);
	give(0, 0);
	give(1, 0);
	give(2, 1);
	assert_pcp(0, "0:[1][0]");
	assert_zone("1:[2-3]");
}

static void an_overflow_goes_on_with_other_orders(void **state)
{
	(void)state;
	own_16_pages(6, 5);
	give(8, 2);
	give(1, 0);
	give(2, 0);
	assert_pcp(0, "empty");
	assert_zone("0:[2][1] 2:[8-11]");
}

static void orders_0_to_3_ride(void **state)
{
	(void)state;
	own_16_pages(64, 1);
	free_unref_page(PAGE(0), 0);
	free_unref_page(PAGE(2), 1);
	free_unref_page(PAGE(4), 2);
	free_unref_page(PAGE(8), 3);
	assert_pcp(0, "0:[0] 1:[2-3] 2:[4-7] 3:[8-15]");
	assert_zone("empty");
	assert_int_equal(PFN(alloc_pages(3, false)), 8);
	assert_pcp(0, "0:[0] 1:[2-3] 2:[4-7]");
}

static void order_4_does_not_ride(void **state)
{
	(void)state;
	own_16_pages(64, 1);
	free_unref_page(PAGE(0), 4);
	assert_pcp(0, "empty");
	assert_zone("4:[0-15]");
	assert_int_equal(PFN(alloc_pages(4, false)), 0);
	assert_pcp(0, "empty");
}

static void each_cpu_has_lists_of_its_own(void **state)
{
	(void)state;
	own_16_pages(4, 2);
	machine_stub_set_cpu(2);
	give(6, 0);
	assert_pcp(0, "empty");
	assert_pcp(2, "0:[6]");
	machine_stub_set_cpu(0);
	assert_null(take(0));
}

static void drain_empties_the_lists_of_this_cpu(void **state)
{
	(void)state;
	own_16_pages(64, 1);
	give(0, 0);
	give(2, 1);
	give(8, 3);
	machine_stub_set_cpu(1);
	give(1, 0);
	machine_stub_set_cpu(0);
	drain_local_pages();
	assert_pcp(0, "empty");
	assert_pcp(1, "0:[1]");
	assert_zone("0:[0] 1:[2-3] 3:[8-15]");
	assert_at_rest();
}

static void drain_all_reaches_every_cpu(void **state)
{
	int cpu;

	(void)state;
	own_16_pages(64, 1);
	for (cpu = 0; cpu < MACHINE_CPUS; cpu++) {
		machine_stub_set_cpu(cpu);
		give(4 * cpu, 2);
	}
	assert_zone("empty");
	drain_all_pages();
	for (cpu = 0; cpu < MACHINE_CPUS; cpu++)
		assert_pcp(cpu, "empty");
	assert_zone("4:[0-15]");
	assert_at_rest();
}

/* -------------------------------------- somebody drains: the lock is held */

static void a_free_that_meets_a_drain_goes_to_the_buddy(void **state)
{
	(void)state;
	own_16_pages(4, 2);
	core.pageset[0].lock.owner = FOREIGN_OWNER;
	assert_false(give(3, 0));
	free_unref_page(PAGE(3), 0);
	assert_pcp(0, "empty");
	assert_zone("0:[3]");
	core.pageset[0].lock.owner = 0;
	assert_at_rest();
}

static void an_allocation_that_meets_a_drain_goes_to_the_buddy(void **state)
{
	(void)state;
	own_16_pages(4, 2);
	give(3, 0);
	__free_one_page(&core.zone, PAGE(7), 0, false);
	core.pageset[0].lock.owner = FOREIGN_OWNER;
	assert_null(take(0));
	assert_int_equal(PFN(alloc_pages(0, false)), 7);
	assert_pcp(0, "0:[3]");
	core.pageset[0].lock.owner = 0;
	assert_at_rest();
}

static void drain(void *arg)
{
	(void)arg;
	drain_local_pages();
}

static void a_drain_that_meets_a_drain_waits(void **state)
{
	(void)state;
	own_16_pages(4, 2);
	core.pageset[0].lock.owner = FOREIGN_OWNER;
	assert_bug(drain, NULL, "blocked-for-ever");
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(high_0_hands_on_to_the_buddy_at_once),
		TEST(high_0_takes_no_more_than_it_hands_out),
		TEST(below_high_the_freed_pages_stay),
		TEST(at_high_a_batch_of_the_oldest_goes_back),
		TEST(the_last_freed_is_the_first_taken),
		TEST(an_empty_list_is_filled_with_a_batch),
		TEST(a_batch_of_larger_blocks_has_two_at_least),
		TEST(a_zone_that_is_empty_gives_nothing),
		TEST(frees_in_a_row_give_back_more_each_time),
		TEST(an_overflow_starts_with_the_order_just_freed),
		TEST(an_overflow_goes_on_with_other_orders),
		TEST(orders_0_to_3_ride),
		TEST(order_4_does_not_ride),
		TEST(each_cpu_has_lists_of_its_own),
		TEST(drain_empties_the_lists_of_this_cpu),
		TEST(drain_all_reaches_every_cpu),
		TEST(a_free_that_meets_a_drain_goes_to_the_buddy),
		TEST(an_allocation_that_meets_a_drain_goes_to_the_buddy),
		TEST(a_drain_that_meets_a_drain_waits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
