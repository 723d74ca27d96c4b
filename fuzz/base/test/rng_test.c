/* SPDX-License-Identifier: MIT */
/* rng_test.c: seeds of many runs, from one seed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "rng.h"

#define SEEDS 64
#define RUNS 1024

static int by_value(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return (a > b) - (a < b);
}

/* Nor do they when one seed is the next number of the one before. */
static void neighbouring_seeds_have_no_run_in_common(void **state)
{
	static uint64_t seeds[SEEDS * RUNS];
	unsigned int i;

	(void)state;
	for (i = 0; i < SEEDS * RUNS; i++)
		seeds[i] = rng_mix(i / RUNS, i % RUNS);
	qsort(seeds, SEEDS * RUNS, sizeof(*seeds), by_value);
	for (i = 1; i < SEEDS * RUNS; i++)
		assert_true(seeds[i - 1] != seeds[i]);
}

/* How many bits of the result change with bit @bit of the seed or the number. */
static unsigned int changed(unsigned int bit, uint64_t seed, uint64_t nr)
{
	uint64_t flip = 1ULL << bit % 64;

	return (unsigned int)__builtin_popcountll(
		rng_mix(seed, nr) ^ rng_mix(seed ^ (bit < 64 ? flip : 0),
					    nr ^ (bit < 64 ? 0 : flip)));
}

static void each_bit_changes_about_half_of_all(void **state)
{
	unsigned int bit, i, sum;

	(void)state;
	for (bit = 0; bit < 128; bit++) {
		for (sum = i = 0; i < RUNS; i++)
			sum += changed(bit, i, 3 * i);
		assert_in_range(sum, RUNS * 30, RUNS * 34);
	}
}

/* Generators of neighbouring runs agree in their first draws as dice do. */
static void first_draws_of_neighbours_are_independent(void **state)
{
	unsigned int run, pairs[8][8] = { { 0 } }, a, b;
	struct rng rng;

	(void)state;
	for (run = 0; run < 64 * RUNS; run++) {
		rng_seed(&rng, rng_mix(1, run));
		a = rng_below(&rng, 8);
		rng_seed(&rng, rng_mix(1, run + 1));
		b = rng_below(&rng, 8);
		pairs[a][b]++;
	}
	for (a = 0; a < 8; a++)
		for (b = 0; b < 8; b++) /* mean RUNS, sigma 32 */
			assert_in_range(pairs[a][b], RUNS - 160, RUNS + 160);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(neighbouring_seeds_have_no_run_in_common),
		cmocka_unit_test(each_bit_changes_about_half_of_all),
		cmocka_unit_test(first_draws_of_neighbours_are_independent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
