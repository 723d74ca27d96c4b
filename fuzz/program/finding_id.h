/* SPDX-License-Identifier: MIT */
/*
 * finding_id.h: a finding's id: what a story may expect.
 *
 * Known are the checkers' ids, "clean", what a crash is called, and what
 * sanitizers call their reports. The target's own assertions are not: their ids
 * stand in its code, and some are put together when it runs. So an id that
 * nobody knows is let through, unless it looks like a slip.
 */
#ifndef FUZZ_FINDING_ID_H
#define FUZZ_FINDING_ID_H

#include <stdbool.h>
#include <stddef.h>

/* What a crash without a report is called: "segv", or "died". */
const char *finding_id_of_signal(int signal);
bool finding_id_is_known(const char *id);
/*
 * Can a finding be called @id? Not if it is near one that is known, or begins
 * with no small letter, or has other than letters, digits, '-' and '_'. Returns:
 * false, with @why in words.
 */
bool finding_id_is_possible(const char *id, char *why, size_t max);

#endif
