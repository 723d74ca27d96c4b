/* SPDX-License-Identifier: MIT */
/*
 * ensure.h: an assumption of our own, checked in every build.
 *
 * Not for odd input, and not for what a target does: those have channels of
 * their own.
 */
#ifndef FUZZ_ENSURE_H
#define FUZZ_ENSURE_H

#define ensure(condition)                                                      \
	do {                                                                   \
		if (__builtin_expect(!(condition), 0))                         \
			ensure_fail(#condition, __FILE__, __LINE__);           \
	} while (0)
/* Says which assumption it was, and aborts. */
__attribute__((noreturn)) void ensure_fail(const char *condition,
					   const char *file, int line);

#endif
