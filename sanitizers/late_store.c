/* SPDX-License-Identifier: MIT */
/*
 * late_store.c: no store comes into effect in an object that was given back.
 *
 * On weak memory (fuzz/memory/): others see it later than it was made, and one of
 * them freed meanwhile what it went to: a release is missing in front of what told
 * them that they may. The machine notices (arena_live()) and ends the run.
 */
#include "checker.h"

CHECKER_BROKEN(late_store)

const struct checker checker_late_store = {
	.id = "late-store",
	.promise = "no store takes effect in an object that was given back",
	.broken = late_store,
};
