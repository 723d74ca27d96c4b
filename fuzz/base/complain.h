/* SPDX-License-Identifier: MIT */
/*
 * complain.h: a complaint: what is wrong, in a line on standard error.
 */
#ifndef FUZZ_COMPLAIN_H
#define FUZZ_COMPLAIN_H

/* "path: message"; @path NULL: our "NAME: message". */
__attribute__((format(printf, 2, 3))) void complain(const char *path,
						    const char *format, ...);

#endif
