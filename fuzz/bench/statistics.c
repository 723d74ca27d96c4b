/* SPDX-License-Identifier: MIT */
/* statistics.c: see statistics.h. */
#include "statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ensure.h"

#define HALF (0.5 + 1e-9)

/* By number; of equals those that found come first. */
static int trial_order(const void *left, const void *right)
{
	const struct trial *a = left, *b = right;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return b->found - a->found;
}

static void trials_sort(struct trial *to, const struct trial *trials,
			unsigned int nr)
{
	ensure(nr <= TRIALS_MAX);
	if (nr)
		memcpy(to, trials, nr * sizeof(*to));
	qsort(to, nr, sizeof(*to), trial_order);
}

unsigned int trials_found(const struct trial *trials, unsigned int nr)
{
	unsigned int i, found = 0;

	for (i = 0; i < nr; i++)
		found += trials[i].found;
	return found;
}

double trials_median(const struct trial *trials, unsigned int nr)
{
	struct trial sorted[TRIALS_MAX];
	double without = 1; /* how many would have found nothing up to here */
	unsigned int i;

	trials_sort(sorted, trials, nr);
	for (i = 0; i < nr; i++) {
		if (!sorted[i].found)
			continue;
		without *= 1 - 1.0 / (nr - i);
		if (without <= HALF)
			return sorted[i].at;
	}
	return INFINITY;
}

void geometric_add(struct geometric *mean, double value)
{
	mean->logs += log(value);
	mean->nr++;
}

double geometric_mean(const struct geometric *mean)
{
	return mean->nr ? exp(mean->logs / mean->nr) : NAN;
}

/* ---------------------------------------------------------------- log-rank */

/* One of the two, from its next trial on. */
struct group {
	struct trial trials[TRIALS_MAX];
	unsigned int nr, next;
};

static unsigned int group_left(const struct group *group)
{
	return group->nr - group->next;
}

/* Those that end by @at: they are left. Returns: how many of them found. */
static unsigned int group_pass(struct group *group, double at)
{
	unsigned int found = 0;

	while (group->next < group->nr && group->trials[group->next].at <= at)
		found += group->trials[group->next++].found;
	return found;
}

/* The smallest number at which one of them ends. */
static double group_time(const struct group *a, const struct group *b)
{
	double first = group_left(a) ? a->trials[a->next].at : INFINITY;
	double second = group_left(b) ? b->trials[b->next].at : INFINITY;

	return first < second ? first : second;
}

void logrank_add(struct logrank *rank, const struct trial *first,
		 unsigned int nr_first, const struct trial *second,
		 unsigned int nr_second)
{
	struct group a = { .nr = nr_first }, b = { .nr = nr_second };

	trials_sort(a.trials, first, nr_first);
	trials_sort(b.trials, second, nr_second);
	while (group_left(&a) || group_left(&b)) {
		double at = group_time(&a, &b), of_a = group_left(&a);
		double all = of_a + group_left(&b), found, found_a;

		found_a = group_pass(&a, at);
		found = found_a + group_pass(&b, at);
		rank->observed += found_a;
		rank->expected += found * of_a / all;
		if (all > 1)
			rank->variance += found * (of_a / all) *
					  (1 - of_a / all) * (all - found) /
					  (all - 1);
	}
}

double logrank_z(const struct logrank *rank)
{
	if (rank->variance <= 0)
		return 0;
	return (rank->observed - rank->expected) / sqrt(rank->variance);
}

double logrank_p(const struct logrank *rank)
{
	return 0.5 * erfc(logrank_z(rank) / sqrt(2));
}
