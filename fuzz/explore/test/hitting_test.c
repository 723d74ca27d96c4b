/* SPDX-License-Identifier: MIT */
/* hitting_test.c: hitting sets against all that there are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "hitting.h"
#include "rng.h"

#define THINGS 9
#define ROUNDS 3000

static struct hitting hitting;

static bool hits_all(uint64_t taken, const uint64_t *set, unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < nr; i++)
		if (set[i] && !(set[i] & taken))
			return false;
	return true;
}

/* The fewest things, by trying all. */
static int fewest(const uint64_t *set, unsigned int nr)
{
	uint64_t taken;
	int best = THINGS;

	for (taken = 0; taken < 1U << THINGS; taken++)
		if (__builtin_popcountll(taken) < best &&
		    hits_all(taken, set, nr))
			best = __builtin_popcountll(taken);
	return best;
}

static void it_is_one_of_the_smallest(void **state)
{
	uint64_t set[12], got;
	struct rng rng;
	unsigned int round, i, nr;

	(void)state;
	rng_seed(&rng, 1);
	for (round = 0; round < ROUNDS; round++) {
		hitting.nr = 0;
		nr = rng_below(&rng, 12);
		for (i = 0; i < nr; i++) {
			set[i] = rng_below(&rng, 1U << THINGS) &
				 rng_below(&rng, 1U << THINGS);
			hitting_add(&hitting, set[i]);
		}
		got = hitting_fewest(&hitting);
		assert_true(hits_all(got, set, nr));
		assert_int_equal(__builtin_popcountll(got), fewest(set, nr));
	}
}

static void of_several_it_is_the_first(void **state)
{
	(void)state;
	hitting.nr = 0;
	hitting_add(&hitting, 0x6);
	hitting_add(&hitting, 0x60);
	assert_int_equal(hitting_fewest(&hitting), 0x22);
}

static void nothing_is_needed_of_no_sets(void **state)
{
	(void)state;
	hitting.nr = 0;
	hitting_add(&hitting, 0);
	assert_int_equal(hitting_fewest(&hitting), 0);
}

/* Too many ways to try them all. */
static void too_much_to_look_at_is_hit_all_the_same(void **state)
{
	uint64_t set[60], got;
	struct rng rng;
	unsigned int i, j;

	(void)state;
	rng_seed(&rng, 2);
	hitting.nr = 0;
	for (i = 0; i < 60; i++) {
		for (set[i] = j = 0; j < 5; j++)
			set[i] |= 1ULL << rng_below(&rng, 64);
		hitting_add(&hitting, set[i]);
	}
	got = hitting_fewest(&hitting);
	assert_true(hits_all(got, set, 60));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_one_of_the_smallest),
		cmocka_unit_test(of_several_it_is_the_first),
		cmocka_unit_test(nothing_is_needed_of_no_sets),
		cmocka_unit_test(too_much_to_look_at_is_hit_all_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
