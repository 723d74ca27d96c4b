/* SPDX-License-Identifier: MIT */
/*
 * use_after_free.c: no access point touches an object that was given back.
 *
 * The arena notices (arena_live()) and the machine ends the run; works without
 * any sanitizer. Under ASan plain accesses are caught as well.
 */
#include "checker.h"

CHECKER_BROKEN(use_after_free)

const struct checker checker_use_after_free = {
	.id = "use-after-free",
	.promise = "no access point touches an object that was given back",
	.broken = use_after_free,
};
