/* SPDX-License-Identifier: MIT */
/*
 * last_words.h: last words: what a fuzz target says of a finding after its id.
 *
 * The promise, the page, the two accesses in conflict, how to see it all. For
 * people; every line begins with "pagerace: ", holds no address, and is none
 * that a crash report's reader would take for a frame or an error.
 */
#ifndef FUZZ_LAST_WORDS_H
#define FUZZ_LAST_WORDS_H

#include <limits.h>
#include <signal.h>

#include "record.h"
#include "targets.h"

#define LAST_WORDS_MAX (1024 + PATH_MAX)

/* About the last run of @engine, on @variant, recorded in @record. */
void last_words(const struct engine *engine, const struct record *record,
		const struct variant *variant, char text[LAST_WORDS_MAX]);

/*
 * The same if a signal ends the run: who had the CPU, what was touched, after which
 * step. @record: NULL if there is none. Async-signal-safe if the target's
 * describe() is.
 */
void last_words_of_death(const struct engine *engine,
			 const struct record *record,
			 const struct variant *variant, const siginfo_t *info,
			 char text[LAST_WORDS_MAX]);

#endif
