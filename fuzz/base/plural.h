/* SPDX-License-Identifier: MIT */
/*
 * plural.h: "1 operation", "2 operations".
 */
#ifndef FUZZ_PLURAL_H
#define FUZZ_PLURAL_H

static inline const char *plural(unsigned long nr)
{
	return nr == 1 ? "" : "s";
}

#endif
