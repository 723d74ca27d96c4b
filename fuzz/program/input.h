/* SPDX-License-Identifier: MIT */
/*
 * input.h: an input: a file that holds a program, as bytes or as text.
 *
 * Promises:
 *  1. Text is never taken for bytes. What is empty, printable or called *.prog
 *     has to begin as text, unless an engine gave it its name: crash-* and its
 *     kin, *.bin, the SHA-1 of a corpus entry.
 */
#ifndef FUZZ_INPUT_H
#define FUZZ_INPUT_H

#include "program.h"

struct input {
	const char *path;
	bool text;
	struct text_head head;
	struct program program;
	struct text_source source; /* zero if it is bytes */
};

/* Read @path ("-": standard input). Returns: false, having said why not. */
bool input_load(struct input *input, const char *path);
/* Is what stands in @path text, if only by promise 1? */
bool input_is_text(const char *path, const char *data, size_t size);
/* Is it called *.prog, as texts are? */
bool input_is_named_text(const char *path);
/*
 * "path:12" in @place, or "path" if @line is 0: where a complaint is about.
 * Returns: @place.
 */
#define INPUT_PLACE_MAX 4224
const char *input_place(const struct input *input, unsigned int line,
			char place[INPUT_PLACE_MAX]);

/*
 * Bytes become what @target can play (fit.h). Text that asks for more has to be
 * written otherwise. Returns: false, having said which line.
 */
bool input_fit(struct input *input, const struct target *target);

#endif
