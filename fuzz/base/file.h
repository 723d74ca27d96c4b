/* SPDX-License-Identifier: MIT */
/*
 * file.h: files read and written whole.
 *
 * Promises:
 *  1. What stands under a name is whole: a file that replaces another, or comes
 *     to be, does so in one step.
 *  2. Nothing here speaks: errno says what went wrong.
 */
#ifndef FUZZ_FILE_H
#define FUZZ_FILE_H

#include <stdbool.h>
#include <stddef.h>

#define FILE_SIZE_MAX (1 << 20) /* bytes */

/*
 * Read @path ("-": standard input). Returns: all of it, malloc'ed, @size bytes
 * and a zero; NULL with errno, EFBIG if it is larger than FILE_SIZE_MAX.
 */
char *file_read(const char *path, size_t *size);
/* Write @path, by way of @path.new. Returns: false with errno. */
bool file_replace(const char *path, const void *data, size_t size);
/* Make the folders that lead to @path. Returns: false with errno. */
bool file_make_way(const char *path);

#endif
