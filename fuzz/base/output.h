/* SPDX-License-Identifier: MIT */
/*
 * output.h: an output: where a result goes: a file, or standard output.
 */
#ifndef FUZZ_OUTPUT_H
#define FUZZ_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Write @size bytes to @path (NULL or "-": standard output); a file is replaced
 * as a whole or not at all. Returns: false, having said why not.
 */
bool output_write(const char *path, const void *data, size_t size);
/*
 * The same of what took long to make: if it cannot be written to @path, it goes
 * to standard output rather than nowhere.
 */
bool output_rescue(const char *path, const void *data, size_t size);
/*
 * Can @path (NULL or "-": standard output) be written, as far as can be said
 * before the work? Leaves nothing. Returns: false, having said why not.
 */
bool output_is_possible(const char *path);
/* Can files be made in @folder, and it itself if need be? The same. */
bool output_folder_is_possible(const char *folder);
/* What was printed is out, or nobody wants it. Returns: false, having said why. */
bool output_end(void);

#endif
