/* SPDX-License-Identifier: MIT */
/* target_sites.h: where a target's sites are, which the build has put together. */
#ifndef TARGET_SITES_H
#define TARGET_SITES_H

#include "machine_point.h"

/*
 * The sites of a target, for its struct target; the build names the symbols.
 * Weak: a target without a site is no riddle of the linker's.
 */
#define TARGET_SITES_WEAK(name) __asm__(name) __attribute__((weak))
extern const struct site
	TARGET_SITES_START[] TARGET_SITES_WEAK("__start_machine_sites");
extern const struct site
	TARGET_SITES_STOP[] TARGET_SITES_WEAK("__stop_machine_sites");
#define TARGET_SITES                                                           \
	.sites = TARGET_SITES_START, .sites_end = TARGET_SITES_STOP

#endif
