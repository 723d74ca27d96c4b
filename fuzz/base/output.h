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

#endif
