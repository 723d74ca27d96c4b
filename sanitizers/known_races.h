/* SPDX-License-Identifier: MIT */
/*
 * known_races.h: is a race of plain accesses one that the target knows of? See struct
 * target_race.
 *
 * Promises: no row matches by a place alone, and none by what lies further out on the
 * stacks alone.
 */
#ifndef SANITIZERS_KNOWN_RACES_H
#define SANITIZERS_KNOWN_RACES_H

#include <stdbool.h>
#include <stddef.h>

#include "target.h"

#define RACE_FRAMES 12
#define RACE_NAME 48

/* The innermost frames of an access, from the access on. */
struct race_side {
	unsigned int nr;
	unsigned int own; /* so many, up to the first of a source file */
	bool in_source; /* there was one */
	char names[RACE_FRAMES][RACE_NAME];
};

struct race {
	char place[RACE_NAME];
	struct race_side sides[2];
};

/* One frame further out; it is of source file @file, or of a header. */
void race_frame(struct race_side *side, const char *function, const char *file);
/* Does @side match @pattern, as struct target_race has it? */
bool race_side_is(const struct race_side *side, const char *pattern);
/* Returns: the row that knows it; or NULL. @races: NULL: none are known. */
const struct target_race *race_known(const struct target_race *races,
				     const struct race *race);
/* What is wrong with @row; NULL: nothing. */
const char *race_row_fault(const struct target_race *row);

#endif
