/* SPDX-License-Identifier: MIT */
/*
 * leftovers_text.h: what a run did not do of its program, in words: for the
 * person who wrote it, and for scripts.
 */
#ifndef FUZZ_LEFTOVERS_TEXT_H
#define FUZZ_LEFTOVERS_TEXT_H

#include "input.h"
#include "leftovers.h"

struct leftover_item {
	bool is_switch;
	unsigned int number; /* of a switch, from 1 */
	int task; /* TASK_BOOT: in set-up */
	unsigned int op;
	unsigned int line; /* of the text; 0: it is not known */
	char text[TEXT_NAME_MAX + 64];
	char why[64];
};

/*
 * Show @each all of them that @left names, operations first. @source: NULL if
 * @program does not come from text.
 */
void leftovers_each(const struct leftovers *left, const struct program *program,
		    const struct text_source *source,
		    const struct target *target,
		    void (*each)(const struct leftover_item *item, void *arg),
		    void *arg);
/* On standard error: a line for each, of bytes one for all of a kind. */
void leftovers_say(const struct leftovers *left, const struct input *input,
		   const struct target *target);

#endif
