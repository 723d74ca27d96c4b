/* SPDX-License-Identifier: MIT */
/*
 * quote.h: a quoted word: one that can be pasted into a shell.
 */
#ifndef FUZZ_QUOTE_H
#define FUZZ_QUOTE_H

#include <stddef.h>

/*
 * The name of a file as an operand of a command: as it is, if it is of plain
 * letters; else in quotes; with "./" in front if it would pass for an option.
 * Returns: the length, as snprintf() does.
 */
size_t quote_path(const char *path, char *to, size_t max);

#endif
