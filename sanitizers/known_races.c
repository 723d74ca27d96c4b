/* SPDX-License-Identifier: MIT */
/* known_races.c: see known_races.h. */
#include "known_races.h"

#include <stdio.h>
#include <string.h>

static bool is_header(const char *file)
{
	size_t length = strlen(file);

	return length < 2 || strcmp(file + length - 2, ".c");
}

void race_frame(struct race_side *side, const char *function, const char *file)
{
	if (side->nr == RACE_FRAMES)
		return;
	snprintf(side->names[side->nr++], RACE_NAME, "%s", function);
	if (!side->in_source)
		side->own = side->nr;
	side->in_source |= !is_header(file);
}

/* The last word of @pattern[0 .. @length), and how long what is before it is. */
static const char *last_word(const char *pattern, size_t *length)
{
	size_t at = *length;

	while (at && pattern[at - 1] != ':')
		at--;
	*length = at ? at - 1 : 0;
	return pattern + at;
}

bool race_side_is(const struct race_side *side, const char *pattern)
{
	size_t length = strlen(pattern), end;
	unsigned int at = 0, limit = side->own;

	while (length) {
		const char *word;

		end = length;
		word = last_word(pattern, &length);
		end -= (size_t)(word - pattern);
		while (at < limit && (strncmp(side->names[at], word, end) ||
				      side->names[at][end]))
			at++;
		if (at == limit)
			return false;
		at++;
		limit = side->nr;
	}
	return true;
}

static bool row_is(const struct target_race *row, const struct race *race)
{
	const struct race_side *sides = race->sides;
	int i;

	if (strcmp(row->place, race->place))
		return false;
	for (i = 0; i < 2; i++)
		if (race_side_is(&sides[i], row->one) &&
		    (!row->other || race_side_is(&sides[!i], row->other)))
			return true;
	return false;
}

const struct target_race *race_known(const struct target_race *races,
				     const struct race *race)
{
	for (; races && races->place; races++)
		if (row_is(races, race))
			return races;
	return NULL;
}

static bool is_name(const char *text)
{
	return *text && *text != ':' && text[strlen(text) - 1] != ':' &&
	       !strstr(text, "::") &&
	       text[strspn(text, "abcdefghijklmnopqrstuvwxyz_:0123456789"
				 "ABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0';
}

const char *race_row_fault(const struct target_race *row)
{
	if (!*row->place)
		return "it has no place";
	if (!row->one || !is_name(row->one))
		return "whose access it is it does not say";
	if (row->other && !is_name(row->other))
		return "the other access is nobody's";
	if (row->place[strlen(row->place) - 1] == '?' && !row->other)
		return "of a place without a name it has to say both";
	if (!row->why || strlen(row->why) < 20)
		return "why it may pass it does not say";
	return NULL;
}
