/* SPDX-License-Identifier: MIT */
/*
 * edit.h: edits of a program: operations go in and out, and the switches of
 * their list move along.
 *
 * Promises: a normal program stays normal. Switches of an operation that goes
 * go with it; those of other operations stand where they stood in theirs.
 */
#ifndef FUZZ_EDIT_H
#define FUZZ_EDIT_H

#include "program.h"

/* Operations that @list, one of @program's, can hold. */
unsigned int edit_room(const struct program *program,
		       const struct program_list *list);
/* Ignored if there is no room. */
void edit_insert_op(struct program *program, struct program_list *list,
		    unsigned int at, struct program_op op);
void edit_remove_op(struct program *program, struct program_list *list,
		    unsigned int at);
void edit_remove_switch(struct program *program, unsigned int at);

#endif
