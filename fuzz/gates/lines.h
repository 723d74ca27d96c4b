/* SPDX-License-Identifier: MIT */
/*
 * lines.h: lines: which functions an address of a program lies in, those that
 * were inlined there first, as its debug information says.
 *
 * Read by llvm-symbolizer, in a child process; one address is asked for at a time.
 *
 * Owns: the child, and the words of the last answer.
 * See: https://llvm.org/docs/CommandGuide/llvm-symbolizer.html
 */
#ifndef FUZZ_LINES_H
#define FUZZ_LINES_H

#include <stdbool.h>
#include <stdint.h>

#define FRAMES_MAX 48 /* of one address; more are left out */

struct frame {
	const char *function; /* "??": nobody knows */
	const char *file; /* as the compiler was told */
	unsigned int line, column;
};

struct lines;

/* Of the program at @path. Returns: NULL, having said why. */
struct lines *lines_open(const char *path);
void lines_close(struct lines *lines);
/*
 * Where @address is: into @frames, innermost first, good until the next question.
 * Returns: how many.
 */
unsigned int lines_at(struct lines *lines, uint64_t address,
		      struct frame frames[FRAMES_MAX]);

#endif
