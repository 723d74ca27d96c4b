/* SPDX-License-Identifier: MIT */
/*
 * statistics_test.c: medians and log-rank tests, beside what another program says.
 *
 * The figures are those of R 4.2.2 with its package survival 3.5-3:
 *
 *	survdiff(Surv(at, found) ~ group)                 expected, variance, chisq
 *	survdiff(Surv(at, found) ~ group + strata(row))   the same, of several rows
 *	survfit(Surv(at, found) ~ group)                  median
 *	pnorm(-sqrt(chisq))                               p
 *
 * Its chisq is the square of our z. The first data set are weeks of remission under
 * 6-mercaptopurine and under a placebo (Freireich et al., Blood, 1963), for which
 * textbooks have 16.79 as well.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "statistics.h"

#define NR(trials) (sizeof(trials) / sizeof((trials)[0]))
#define NEAR(is, should) assert_true(fabs((is) - (should)) < 1e-9)
#define YES(n) { n, true }
#define NOT(n) { n, false }

static const struct trial treated[] = {
	YES(6),	 YES(6),  YES(6),  NOT(6),  YES(7),  NOT(9),  YES(10),
	NOT(10), NOT(11), YES(13), YES(16), NOT(17), NOT(19), NOT(20),
	YES(22), YES(23), NOT(25), NOT(32), NOT(32), NOT(34), NOT(35),
};
static const struct trial placebo[] = {
	YES(1),	 YES(1),  YES(2),  YES(2),  YES(3),  YES(4),  YES(4),
	YES(5),	 YES(5),  YES(8),  YES(8),  YES(8),  YES(8),  YES(11),
	YES(11), YES(12), YES(12), YES(15), YES(17), YES(22), YES(23),
};

static void medians_are_those_of_kaplan_and_meier(void **state)
{
	(void)state;
	NEAR(trials_median(treated, NR(treated)), 23);
	NEAR(trials_median(placebo, NR(placebo)), 8);
	assert_int_equal(trials_found(treated, NR(treated)), 9);
	assert_int_equal(trials_found(placebo, NR(placebo)), 21);
}

/* In any order: half of them are enough, and fewer are not. */
static void half_of_the_trials_make_a_median(void **state)
{
	const struct trial half[] = { NOT(100), YES(40), NOT(100), YES(7) };
	const struct trial fewer[] = { NOT(100), YES(40), NOT(100) };

	(void)state;
	NEAR(trials_median(half, NR(half)), 40);
	assert_true(isinf(trials_median(fewer, NR(fewer))));
	assert_true(isinf(trials_median(fewer, 0)));
	NEAR(trials_median(&half[1], 1), 40);
}

static void a_geometric_mean_is_one_of_ratios(void **state)
{
	struct geometric mean = { .nr = 0 };

	(void)state;
	assert_true(isnan(geometric_mean(&mean)));
	geometric_add(&mean, 10);
	NEAR(geometric_mean(&mean), 10);
	geometric_add(&mean, 1000);
	NEAR(geometric_mean(&mean), 100);
	geometric_add(&mean, 0.001);
	NEAR(geometric_mean(&mean), pow(10, 1.0 / 3));
}

static void a_log_rank_test_is_that_of_the_textbook(void **state)
{
	struct logrank rank = { .variance = 0 };

	(void)state;
	logrank_add(&rank, treated, NR(treated), placebo, NR(placebo));
	NEAR(rank.observed, 9);
	NEAR(rank.expected, 19.250500948);
	NEAR(rank.variance, 6.25696057368);
	assert_true(logrank_z(&rank) < 0); /* later is better, there */
	NEAR(pow(logrank_z(&rank), 2), 16.7929409892);
}

/*
 * By hand. At 1 one of six finds, three of them of the first: 3/6, 3/6 3/6. At 2 one of
 * five, two of them: 2/5, 2/5 3/5. At 3 one of four, two of them: 2/4, 2/4 2/4. Who
 * gave up at 5 says no more.
 */
static void a_log_rank_test_can_be_done_by_hand(void **state)
{
	const struct trial first[] = { NOT(5), YES(3), YES(1) };
	const struct trial second[] = { YES(2), NOT(5), NOT(5) };
	struct logrank rank = { .variance = 0 };

	(void)state;
	logrank_add(&rank, first, NR(first), second, NR(second));
	NEAR(rank.observed, 2);
	NEAR(rank.expected, 0.5 + 0.4 + 0.5);
	NEAR(rank.variance, 0.25 + 0.24 + 0.25);
	NEAR(logrank_z(&rank), 0.6 / sqrt(0.74));
}

static void the_other_way_round_it_is_the_opposite(void **state)
{
	struct logrank rank = { .variance = 0 };

	(void)state;
	logrank_add(&rank, placebo, NR(placebo), treated, NR(treated));
	NEAR(rank.expected, 10.749499052);
	NEAR(pow(logrank_z(&rank), 2), 16.7929409892);
	NEAR(logrank_p(&rank) / 2.08440455469e-05, 1);
}

/* Two rows of five seeds, at most 100 executions. */
static const struct trial rows[2][2][5] = {
	{ { YES(5), YES(8), YES(12), YES(30), NOT(100) },
	  { YES(9), YES(40), YES(70), NOT(100), NOT(100) } },
	{ { YES(3), YES(3), YES(4), NOT(100), NOT(100) },
	  { YES(6), YES(7), YES(50), NOT(100), NOT(100) } },
};

static void rows_are_strata(void **state)
{
	struct logrank rank = { .variance = 0 };

	(void)state;
	logrank_add(&rank, rows[0][0], 5, rows[0][1], 5);
	NEAR(rank.expected, 2.53134920635);
	NEAR(rank.variance, 1.54590876165);
	logrank_add(&rank, rows[1][0], 5, rows[1][1], 5);
	NEAR(rank.expected, 2.53134920635 + 2.39404761905);
	NEAR(rank.variance, 2.89103206097);
	NEAR(pow(logrank_z(&rank), 2), 1.48873421024);
	NEAR(logrank_p(&rank), 0.11120647908);
}

static void nothing_found_says_nothing(void **state)
{
	const struct trial none[] = { NOT(100), NOT(100) };
	struct logrank rank = { .variance = 0 };

	(void)state;
	logrank_add(&rank, none, NR(none), none, NR(none));
	NEAR(logrank_z(&rank), 0);
	NEAR(logrank_p(&rank), 0.5);
	logrank_add(&rank, none, 0, none, 0);
	NEAR(logrank_z(&rank), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(medians_are_those_of_kaplan_and_meier),
		cmocka_unit_test(half_of_the_trials_make_a_median),
		cmocka_unit_test(a_geometric_mean_is_one_of_ratios),
		cmocka_unit_test(a_log_rank_test_is_that_of_the_textbook),
		cmocka_unit_test(a_log_rank_test_can_be_done_by_hand),
		cmocka_unit_test(the_other_way_round_it_is_the_opposite),
		cmocka_unit_test(rows_are_strata),
		cmocka_unit_test(nothing_found_says_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
