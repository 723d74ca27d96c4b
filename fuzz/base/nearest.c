/* SPDX-License-Identifier: MIT */
/* nearest.c: see nearest.h. */
#include "nearest.h"

#include <stdio.h>
#include <string.h>

#define SLIPS_MAX 2

static unsigned int least(unsigned int a, unsigned int b)
{
	return a < b ? a : b;
}

void nearest_begin(struct nearest *nearest, const char *word, size_t length)
{
	*nearest = (struct nearest){ .word = word,
				     .length = length,
				     .slips = SLIPS_MAX + 1 };
}

/* Row by row: how many slips make the first letters of one of the other's. */
static unsigned int slips_between(const char *a, size_t a_length, const char *b,
				  size_t b_length)
{
	unsigned int rows[3][NEAREST_WORD_MAX + 1];
	size_t i, j;

	for (j = 0; j <= b_length; j++)
		rows[0][j] = (unsigned int)j;
	for (i = 1; i <= a_length; i++) {
		unsigned int *row = rows[i % 3], *above = rows[(i + 2) % 3];

		row[0] = (unsigned int)i;
		for (j = 1; j <= b_length; j++) {
			row[j] = least(above[j - 1] + (a[i - 1] != b[j - 1]),
				       1 + least(above[j], row[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				row[j] = least(row[j],
					       1 + rows[(i + 1) % 3][j - 2]);
		}
	}
	return rows[a_length % 3][b_length];
}

void nearest_offer(struct nearest *nearest, const char *name)
{
	size_t length = strlen(name);
	unsigned int slips;

	if (length > NEAREST_WORD_MAX || nearest->length > NEAREST_WORD_MAX)
		return;
	slips = slips_between(nearest->word, nearest->length, name, length);
	if (slips >= nearest->slips || slips > (length + 1) / 3 ||
	    slips > (nearest->length + 1) / 3)
		return;
	nearest->slips = slips;
	nearest->name = name;
}

const char *nearest_hint(struct nearest *nearest)
{
	if (nearest->name)
		snprintf(nearest->hint, sizeof(nearest->hint),
			 "; did you mean %s?", nearest->name);
	return nearest->hint;
}
