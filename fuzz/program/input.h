/* SPDX-License-Identifier: MIT */
/*
 * input.h: an input: a file that holds a program, as bytes or as text.
 */
#ifndef FUZZ_INPUT_H
#define FUZZ_INPUT_H

#include "program.h"

struct input {
	const char *path;
	bool text;
	struct text_head head;
	struct program program;
};

/* Read @path ("-": standard input). Returns: false, having said why not. */
bool input_load(struct input *input, const char *path);

#endif
