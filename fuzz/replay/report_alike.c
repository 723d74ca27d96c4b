/* SPDX-License-Identifier: MIT */
/*
 * report_alike.c: are two reports one bug to those who sort crashes?
 */
#include <string.h>

#include "report.h"

static size_t min3(size_t a, size_t b, size_t c)
{
	size_t min = a < b ? a : b;

	return min < c ? min : c;
}

/* Levenshtein: letters to put in, take out or replace. */
static size_t edits(const char *a, const char *b)
{
	size_t row[REPORT_LINE_MAX + 1], i, j;
	size_t nr_a = strnlen(a, REPORT_LINE_MAX);
	size_t nr_b = strnlen(b, REPORT_LINE_MAX);

	for (j = 0; j <= nr_b; j++)
		row[j] = j;
	for (i = 1; i <= nr_a; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (j = 1; j <= nr_b; j++) {
			size_t above = row[j];

			row[j] = min3(above + 1, row[j - 1] + 1,
				      diagonal + (a[i - 1] != b[j - 1]));
			diagonal = above;
		}
	}
	return row[nr_b];
}

double report_similarity(const char *a, const char *b)
{
	double letters = (double)(strlen(a) + strlen(b));

	return letters > 0 ? (letters - (double)edits(a, b)) / letters : 1;
}

static int lines_of(const struct report *report)
{
	int nr = 0;

	while (nr < REPORT_LINES && *report->state[nr])
		nr++;
	return nr;
}

/* Length of the longest sequence of lines that both have, in order. */
static int equal_lines(const struct report *a, const struct report *b)
{
	int best[REPORT_LINES + 1][REPORT_LINES + 1] = { { 0 } };
	int i, j, nr_a = lines_of(a), nr_b = lines_of(b);

	for (i = 1; i <= nr_a; i++)
		for (j = 1; j <= nr_b; j++) {
			int up = best[i - 1][j], left = best[i][j - 1];

			best[i][j] = up > left ? up : left;
			if (!strcmp(a->state[i - 1], b->state[j - 1]))
				best[i][j] = best[i - 1][j - 1] + 1;
		}
	return best[nr_a][nr_b];
}

bool report_equal(const struct report *a, const struct report *b)
{
	int i;

	for (i = 0; i < REPORT_LINES; i++)
		if (strcmp(a->state[i], b->state[i]))
			return false;
	return !strcmp(a->type, b->type);
}

bool report_alike(const struct report *a, const struct report *b)
{
	int i, nr = lines_of(a), nr_b = lines_of(b);
	double sum = 0;

	if (nr_b < nr)
		nr = nr_b;
	if (!nr)
		return false;
	if (equal_lines(a, b) >= 2)
		return true;
	for (i = 0; i < nr; i++)
		sum += report_similarity(a->state[i], b->state[i]);
	return sum / nr > 0.8;
}
