/* SPDX-License-Identifier: MIT */
/*
 * statistics.h: what some trials come to, of which not all found something.
 *
 * A trial is a search that found something after so many executions, or had found
 * nothing after so many: that one is censored, and counts as what it is.
 *
 *  - The median is the first number by which half of the trials had found, as
 *    Kaplan and Meier estimate it (Journal of the ASA, 1958).
 *  - The log-rank test asks whether one of two searches finds sooner: whenever
 *    something was found, how many of it would the first have had, were both alike
 *    (Mantel, Cancer Chemotherapy Reports, 1966)? Of several rows, in which it may
 *    be sooner or later for both alike, the differences are added.
 *
 * See: statistics_test.c, the same by another program.
 */
#ifndef FUZZ_STATISTICS_H
#define FUZZ_STATISTICS_H

#include <stdbool.h>

#define TRIALS_MAX 1000

struct trial {
	double at; /* executions */
	bool found; /* after so many; else: not yet */
};

unsigned int trials_found(const struct trial *trials, unsigned int nr);
/* Of @nr, at most TRIALS_MAX. Returns: INFINITY if fewer than half found. */
double trials_median(const struct trial *trials, unsigned int nr);

/* Geometric mean of values above 0, as they come. */
struct geometric {
	double logs;
	unsigned int nr;
};

void geometric_add(struct geometric *mean, double value);
/* Returns: NAN if there is none. */
double geometric_mean(const struct geometric *mean);

/* Of the first of two searches, over rows. All zero: nothing was added. */
struct logrank {
	double observed; /* trials that found */
	double expected; /* were it like the second */
	double variance; /* of the difference */
};

/* One more row; at most TRIALS_MAX of each. */
void logrank_add(struct logrank *rank, const struct trial *first,
		 unsigned int nr_first, const struct trial *second,
		 unsigned int nr_second);
/* Standard deviations by which the first finds sooner; below 0: later. */
double logrank_z(const struct logrank *rank);
/* How likely as many, or more, would be if both were alike: one-sided. */
double logrank_p(const struct logrank *rank);

#endif
