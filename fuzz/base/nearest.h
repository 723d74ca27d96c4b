/* SPDX-License-Identifier: MIT */
/*
 * nearest.h: the nearest: of the names that there are, the one that a
 * misspelt word was probably meant to be.
 *
 *	nearest_begin(&nearest, word, length);
 *	for each name
 *		nearest_offer(&nearest, name);
 *	complain(path, "no verb %s%s", word, nearest_hint(&nearest));
 *
 * A letter more, less, another or swapped with its neighbour is a slip. Two of
 * them are the most, in words of up to four letters one; of equals the first
 * that was offered wins.
 */
#ifndef FUZZ_NEAREST_H
#define FUZZ_NEAREST_H

#include <stddef.h>

#define NEAREST_WORD_MAX 160 /* letters; longer ones are near nothing */

struct nearest {
	const char *word; /* the caller's, of @length */
	size_t length;
	const char *
		name; /* the nearest so far, the caller's; NULL: none is near */
	unsigned int slips; /* of @name; if NULL, one too many */
	char hint[NEAREST_WORD_MAX + 32];
};

void nearest_begin(struct nearest *nearest, const char *word, size_t length);
void nearest_offer(struct nearest *nearest, const char *name);
/* Returns: "; did you mean NAME?", or "" if none is near; in @nearest. */
const char *nearest_hint(struct nearest *nearest);

#endif
