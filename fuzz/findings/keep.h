/* SPDX-License-Identifier: MIT */
/*
 * keep.h: keeping: a program becomes a story of the corpus.
 *
 *     CORPUS/bugs/REVERT/STORY.prog    the program, minimized, as text
 *     CORPUS/bugs/REVERT/STORY.trace   what `pagerace show` prints for it
 *
 * REVERT is the target's name for what was found without a fix taken out.
 *
 * Promises:
 *  1. Both files come to be, or none; neither is ever overwritten.
 *  2. A story is kept once: another one with the same checker and the same two
 *     accesses in conflict, both minimized, is a duplicate.
 */
#ifndef FUZZ_KEEP_H
#define FUZZ_KEEP_H

#include <limits.h>

#include "input.h"
#include "journal.h"
#include "minimize.h"
#include "player.h"
#include "targets.h"

#define KEEP_TEXT_MAX (64 * 1024)
#define KEEP_WHY_WIDTH 72

struct keep {
	/* the caller's */
	struct player *player;
	struct worker *worker; /* of @variant */
	const struct variant *variant;
	const char *corpus; /* folder */
	bool make; /* it, if it is not there */
	const char *name; /* of the story */
	void (*progress)(const struct minimize *minimize, void *arg);
	void *arg;
	/* its own */
	struct input input; /* the story, as it will be read */
	struct identity identity;
	char folder[PATH_MAX], path[PATH_MAX]; /* of the program */
	char shown[PATH_MAX]; /* its path, seen from where the corpus lies */
	char text[KEEP_TEXT_MAX];
	size_t size;
	char duplicate[PATH_MAX];
};

/* Lower-case words and numbers with underscores between them. */
bool keep_is_name(const char *name);
/* Break @why into lines. Returns: false if it is empty or too long. */
bool keep_wrap(const char *why, char lines[TEXT_WHY_MAX]);
/* Where it will stand. Returns: false, having said why not. */
bool keep_place(struct keep *keep);
/*
 * The text of @program with @why and what @outcome was, and from here on what it
 * says. Returns: false,
 * having said why not.
 */
bool keep_tell(struct keep *keep, const struct program *program,
	       const char *why, const struct outcome *outcome);
/* The kept story that says the same, in duplicate; "" if there is none. */
bool keep_compare(struct keep *keep);
/* Write both files. Returns: false, having said why not. */
bool keep_write(struct keep *keep);

#endif
