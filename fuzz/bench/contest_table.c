/* SPDX-License-Identifier: MIT */
/*
 * contest_table.c: what a contest came to (contest.h): a table of medians, and the
 * guided search beside each of the others.
 */
#include <math.h>
#include <string.h>

#include "contest.h"
#include "ensure.h"
#include "ticker.h"

#define COLUMNS (2 + CONTEST_ENTRANTS)
#define BEST CONTEST_ENTRANTS /* in place of one: of each row the best */
#define RATE_S 2.0 /* seconds; a shorter search says nothing of speed */

/* Texts, the first row a head. */
struct table {
	unsigned int nr, columns;
	char text[CONTEST_ROWS + 2][COLUMNS][64];
};

static void table_print(const struct table *table, FILE *out)
{
	int width[COLUMNS] = { 0 };
	unsigned int row, column;

	for (row = 0; row < table->nr; row++)
		for (column = 0; column < table->columns; column++) {
			int length = (int)strlen(table->text[row][column]);

			if (length > width[column])
				width[column] = length;
		}
	for (row = 0; row < table->nr; row++) {
		for (column = 0; column < table->columns; column++)
			fprintf(out, "| %-*s ", width[column],
				table->text[row][column]);
		fputs("|\n", out);
		for (column = 0; !row && column < table->columns; column++)
			fprintf(out, "|%.*s", width[column] + 2,
				"-----------------------------------"
				"-------------------------------");
		fputs(row ? "" : "|\n", out);
	}
}

static char *table_at(struct table *table, unsigned int column)
{
	return table->text[table->nr - 1][column];
}

static void table_row(struct table *table, const char *name)
{
	ensure(table->nr < CONTEST_ROWS + 2);
	table->nr++;
	memset(table->text[table->nr - 1], 0, sizeof(table->text[0]));
	snprintf(table_at(table, 0), sizeof(table->text[0][0]), "%s", name);
}

/* ---------------------------------------------------------------- one cell */

/* Of one row and entrant. Returns: how many; 0: there are none. */
static unsigned int trials_of(const struct contest *contest,
			      enum contest_part part, unsigned int row,
			      unsigned int entrant, struct trial *trials)
{
	const struct contest_cell *cell;
	unsigned int i;

	if (!contest_has(contest, part, row, entrant))
		return 0;
	cell = contest_at(contest, part, row, entrant);
	for (i = 0; i < contest->seeds; i++)
		trials[i] = cell[i].trial;
	return contest->seeds;
}

static double median_of(const struct contest *contest, enum contest_part part,
			unsigned int row, unsigned int entrant)
{
	struct trial trials[TRIALS_MAX];
	unsigned int nr = trials_of(contest, part, row, entrant, trials);

	return trials_median(trials, nr);
}

static void print_cell(const struct contest *contest, enum contest_part part,
		       unsigned int row, unsigned int entrant, char *text,
		       size_t max)
{
	struct trial trials[TRIALS_MAX];
	unsigned int nr = trials_of(contest, part, row, entrant, trials);
	double median = trials_median(trials, nr);
	char number[32] = "-";

	if (!nr) {
		snprintf(text, max,
			 part == CONTEST_GIVEN && !*contest->rows[row].story ?
				 "no story" :
				 "not built");
		return;
	}
	if (isfinite(median))
		ticker_number((unsigned long)median, number);
	snprintf(text, max, "%s (%u of %u)", number, trials_found(trials, nr),
		 nr);
}

/* Executions a second, of searches that took long enough. */
static void print_rate(const struct contest *contest, enum contest_part part,
		       unsigned int entrant, char *text, size_t max)
{
	double executions = 0, seconds = 0;
	unsigned int row, i;
	char number[32] = "-";

	for (row = 0; row < contest->nr_rows; row++) {
		const struct contest_cell *cell =
			contest_at(contest, part, row, entrant);

		for (i = 0; i < contest->seeds; i++) {
			if (cell[i].seconds < RATE_S || !cell[i].executions)
				continue;
			executions += (double)cell[i].executions;
			seconds += cell[i].seconds;
		}
	}
	if (seconds > 0)
		ticker_number((unsigned long)(executions / seconds), number);
	snprintf(text, max, "%s", number);
}

/* ------------------------------------------------------------------ the best */

/* Is @a better than @b: a lower median, more found, fewer executions in all? */
static bool is_better(const struct contest *contest, enum contest_part part,
		      unsigned int row, unsigned int a, unsigned int b)
{
	struct trial of_a[TRIALS_MAX], of_b[TRIALS_MAX];
	unsigned int nr = trials_of(contest, part, row, a, of_a), i;
	double sum = 0;

	trials_of(contest, part, row, b, of_b);
	if (trials_median(of_a, nr) != trials_median(of_b, nr))
		return trials_median(of_a, nr) < trials_median(of_b, nr);
	if (trials_found(of_a, nr) != trials_found(of_b, nr))
		return trials_found(of_a, nr) > trials_found(of_b, nr);
	for (i = 0; i < nr; i++)
		sum += of_a[i].at - of_b[i].at;
	return sum < 0;
}

static unsigned int best_of(const struct contest *contest,
			    enum contest_part part, unsigned int row)
{
	unsigned int best = 1, entrant;

	for (entrant = 2; contest_entrant(entrant); entrant++)
		if (is_better(contest, part, row, entrant, best))
			best = entrant;
	return best;
}

/* A median, or what it is at least. */
static double or_limit(const struct contest *contest, double median)
{
	return isfinite(median) ? median : (double)contest->limit;
}

/* -------------------------------------------------------------------- medians */

/* With its target, if another's is called the same. */
static const char *row_name(const struct contest *contest, unsigned int row,
			    char name[2 * TEXT_WORD_MAX])
{
	const struct contest_row *rows = contest->rows;
	unsigned int i, alike = 0;

	for (i = 0; i < contest->nr_rows; i++)
		alike += !strcmp(rows[i].name, rows[row].name);
	snprintf(name, 2 * TEXT_WORD_MAX, "%s%s%s",
		 alike > 1 ? rows[row].variant->target->name : "",
		 alike > 1 ? " " : "", rows[row].name);
	return name;
}

/* Of the guided search and the best of the others; "<", ">": one has no median. */
static void print_ratio(const struct contest *contest, enum contest_part part,
			unsigned int row, char *text, size_t max)
{
	double guided = median_of(contest, part, row, 0);
	double best =
		median_of(contest, part, row, best_of(contest, part, row));
	double ratio = or_limit(contest, guided) / or_limit(contest, best);
	const char *sign = "";

	if (!contest_has(contest, part, row, 0) ||
	    (!isfinite(guided) && !isfinite(best)))
		return;
	if (!isfinite(best))
		sign = "< ";
	if (!isfinite(guided))
		sign = "> ";
	snprintf(text, max, "%s%.*f", sign, ratio < 1 ? 3 : ratio < 100, ratio);
}

static void print_medians(const struct contest *contest, enum contest_part part,
			  FILE *out)
{
	struct table table = { .nr = 0 };
	const size_t max = sizeof(table.text[0][0]);
	char name[2 * TEXT_WORD_MAX];
	unsigned int row, entrant;

	table_row(&table, "");
	for (entrant = 0; contest_entrant(entrant); entrant++)
		snprintf(table_at(&table, 1 + entrant), max, "%s",
			 contest_entrant(entrant));
	snprintf(table_at(&table, 1 + entrant), max, "guided / best");
	table.columns = 2 + entrant;
	for (row = 0; row < contest->nr_rows; row++) {
		table_row(&table, row_name(contest, row, name));
		for (entrant = 0; contest_entrant(entrant); entrant++)
			print_cell(contest, part, row, entrant,
				   table_at(&table, 1 + entrant), max);
		print_ratio(contest, part, row, table_at(&table, 1 + entrant),
			    max);
	}
	table_row(&table, "executions/s");
	for (entrant = 0; contest_entrant(entrant); entrant++)
		print_rate(contest, part, entrant,
			   table_at(&table, 1 + entrant), max);
	table_print(&table, out);
}

/* ------------------------------------------------- the guided beside others */

/* The guided search and one other. */
struct beside {
	struct geometric guided, other; /* of medians that both have */
	struct geometric any; /* of ratios; if one has none: as if at the limit */
	struct logrank rank; /* of all rows */
};

static void beside_add(const struct contest *contest, enum contest_part part,
		       unsigned int row, unsigned int other,
		       struct beside *beside)
{
	struct trial guided[TRIALS_MAX], others[TRIALS_MAX];
	unsigned int nr = trials_of(contest, part, row, 0, guided);
	double median = median_of(contest, part, row, 0), theirs;

	if (!nr || !trials_of(contest, part, row, other, others))
		return;
	theirs = median_of(contest, part, row, other);
	logrank_add(&beside->rank, guided, nr, others, nr);
	if (isfinite(median) || isfinite(theirs))
		geometric_add(&beside->any, or_limit(contest, median) /
						    or_limit(contest, theirs));
	if (!isfinite(median) || !isfinite(theirs))
		return;
	geometric_add(&beside->guided, median);
	geometric_add(&beside->other, theirs);
}

static void beside_print(const struct beside *beside, struct table *table)
{
	const size_t max = sizeof(table->text[0][0]);
	double guided = geometric_mean(&beside->guided);
	double other = geometric_mean(&beside->other);

	snprintf(table_at(table, 1), max, "%u", beside->guided.nr);
	if (beside->guided.nr) {
		snprintf(table_at(table, 2), max, "%.0f", guided);
		snprintf(table_at(table, 3), max, "%.0f", other);
		snprintf(table_at(table, 4), max, "%.3g", guided / other);
	}
	snprintf(table_at(table, 5), max, "%u", beside->any.nr);
	if (beside->any.nr)
		snprintf(table_at(table, 6), max, "%.3g",
			 geometric_mean(&beside->any));
	snprintf(table_at(table, 7), max, "%.2f", logrank_z(&beside->rank));
	snprintf(table_at(table, 8), max, "%.2g", logrank_p(&beside->rank));
}

static void print_beside(const struct contest *contest, enum contest_part part,
			 FILE *out)
{
	static const char *const head[] = {
		"guided beside", "rows",  "guided", "the other", "ratio",
		"of either",	 "ratio", "z",	    "p"
	};
	struct table table = { .nr = 0, .columns = 9 };
	unsigned int row, entrant, i;

	table_row(&table, "");
	for (i = 0; i < table.columns; i++)
		snprintf(table_at(&table, i), sizeof(table.text[0][0]), "%s",
			 head[i]);
	for (entrant = 1; entrant <= BEST; entrant++) {
		struct beside beside = { .rank = { 0, 0, 0 } };

		if (entrant < BEST && !contest_entrant(entrant))
			continue;
		for (row = 0; row < contest->nr_rows; row++)
			beside_add(contest, part, row,
				   entrant < BEST ? entrant :
						    best_of(contest, part, row),
				   &beside);
		table_row(&table, entrant < BEST ? contest_entrant(entrant) :
						   "the best of each row");
		beside_print(&beside, &table);
	}
	table_print(&table, out);
}

/* ------------------------------------------------------------------- in all */

void contest_print(const struct contest *contest, FILE *out)
{
	char limit[32];

	ticker_number(contest->limit, limit);
	fprintf(out,
		"Executions until something is found: median (k of n that "
		"found), -: fewer than half.\nSeeds %u to %u, at most %s "
		"executions each; a second: of searches of %.0f s or more.\n",
		contest->seed, contest->seed + contest->seeds - 1, limit,
		RATE_S);
	fprintf(out, "\nProgram given: that of a kept story, without its "
		     "schedule; guided: its schedules alone are mutated.\n\n");
	print_medians(contest, CONTEST_GIVEN, out);
	fprintf(out, "\n");
	print_beside(contest, CONTEST_GIVEN, out);
	fprintf(out,
		"\nFrom an empty corpus; by chance: %u runs each of programs "
		"that are drawn as the guided search draws its first.\n\n",
		CONTEST_EACH);
	print_medians(contest, CONTEST_EMPTY, out);
	fprintf(out, "\n");
	print_beside(contest, CONTEST_EMPTY, out);
	fprintf(out,
		"\nrows: in which both have a median; guided, the other, "
		"ratio: geometric means of these. of either, ratio: the same\n"
		"of rows in which one of them has, the other's taken to be the "
		"limit, which is in its favour. z, p: log-rank test, rows\n"
		"as strata, trials that found nothing counted, one-sided: z "
		"above 0: the guided search finds sooner. The best of each\n"
		"row is chosen when all is known, which is in its favour.\n");
}
