/* SPDX-License-Identifier: MIT */
/*
 * litmus_read.h: expressions and conditions of a litmus test, read again each time.
 */
#ifndef FUZZ_MEMORY_LITMUS_READ_H
#define FUZZ_MEMORY_LITMUS_READ_H

#include "litmus.h"
#include "machine.h"

static struct litmus_box {
	struct {
		long value;
		spinlock_t lock;
	} at[LITMUS_VARIABLES];
	long registers[LITMUS_THREADS][LITMUS_REGISTERS];
} box;

static struct litmus litmus;

/* ------------------------------------------------------------ expressions */

/* Of @thread, -1: of nobody, in a condition. */
struct litmus_reader {
	const char *at;
	int thread;
};

static long litmus_or(struct litmus_reader *reader);

static bool litmus_takes(struct litmus_reader *reader, const char *word)
{
	reader->at += strspn(reader->at, " \t\n");
	if (strncmp(reader->at, word, strlen(word)))
		return false;
	reader->at += strlen(word);
	return true;
}

static long litmus_value_of(const char *name, int thread)
{
	int nr = thread < 0 ? -1 :
			      litmus_register(&litmus.threads[thread], name);

	if (nr >= 0)
		return box.registers[thread][nr];
	return (long)(uintptr_t)&box.at[litmus_variable(&litmus, name)].value;
}

static long litmus_atom(struct litmus_reader *reader)
{
	char name[LITMUS_NAME];
	size_t length = 0;
	long value;

	if (litmus_takes(reader, "(")) {
		value = litmus_or(reader);
		litmus_takes(reader, ")");
		return value;
	}
	if (litmus_takes(reader, "!"))
		return !litmus_atom(reader);
	if (litmus_takes(reader, "-"))
		return -litmus_atom(reader);
	if (litmus_takes(reader, "&"))
		return litmus_atom(reader);
	if (litmus_takes(reader, "*"))
		return *(long *)(uintptr_t)litmus_atom(reader);
	if (isdigit((unsigned char)*reader->at))
		return strtol(reader->at, (char **)(uintptr_t)&reader->at, 0);
	while (isalnum((unsigned char)reader->at[length]) ||
	       reader->at[length] == '_')
		length++;
	litmus_word(name, sizeof(name), reader->at, length);
	reader->at += length;
	return litmus_value_of(name, reader->thread);
}

static long litmus_sum(struct litmus_reader *reader)
{
	long value = litmus_atom(reader);

	for (;;)
		if (litmus_takes(reader, "+"))
			value += litmus_atom(reader);
		else if (litmus_takes(reader, "-"))
			value -= litmus_atom(reader);
		else
			return value;
}

static long litmus_compare(struct litmus_reader *reader)
{
	long value = litmus_sum(reader);

	if (litmus_takes(reader, "=="))
		return value == litmus_sum(reader);
	if (litmus_takes(reader, "!="))
		return value != litmus_sum(reader);
	return value;
}

static long litmus_or(struct litmus_reader *reader)
{
	long value = litmus_compare(reader);

	for (;;)
		if (litmus_takes(reader, "||"))
			value |= litmus_compare(reader) != 0;
		else if (litmus_takes(reader, "&&"))
			value = litmus_compare(reader) && value;
		else
			return value;
}

static long litmus_eval(const char *text, int thread)
{
	struct litmus_reader reader = { text, thread };

	return litmus_or(&reader);
}

/* -------------------------------------------------------------- condition */

static bool litmus_either(struct litmus_reader *reader);

/* 1:r0=x, y=2, z!=3 */
static bool litmus_equation(struct litmus_reader *reader)
{
	char name[LITMUS_NAME];
	size_t length;
	int thread = -1;
	bool differs;
	long value;

	if (litmus_takes(reader, "(")) {
		bool holds = litmus_either(reader);

		litmus_takes(reader, ")");
		return holds;
	}
	if (litmus_takes(reader, "~") || litmus_takes(reader, "not"))
		return !litmus_equation(reader);
	if (isdigit((unsigned char)*reader->at)) {
		thread = *reader->at - '0';
		reader->at += 2;
	}
	length = strcspn(reader->at, " =!");
	litmus_word(name, sizeof(name), reader->at, length);
	reader->at += length;
	value = thread < 0 ? box.at[litmus_variable(&litmus, name)].value :
			     litmus_value_of(name, thread);
	differs = litmus_takes(reader, "!=");
	if (!differs && !litmus_takes(reader, "=="))
		litmus_takes(reader, "=");
	return (value == litmus_atom(reader)) != differs;
}

static bool litmus_both(struct litmus_reader *reader)
{
	bool holds = litmus_equation(reader);

	while (litmus_takes(reader, "/\\"))
		holds &= litmus_equation(reader);
	return holds;
}

static bool litmus_either(struct litmus_reader *reader)
{
	bool holds = litmus_both(reader);

	while (litmus_takes(reader, "\\/"))
		holds |= litmus_both(reader);
	return holds;
}

static bool litmus_holds(void)
{
	struct litmus_reader reader = { litmus.condition, -1 };

	return litmus_either(&reader);
}

#endif
