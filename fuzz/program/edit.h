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

/* A task's list; of PROGRAM_TASKS: set-up. */
struct program_list *edit_list(struct program *program, unsigned int task);
/*
 * Operations are counted through: set-up first, then task by task. Where is
 * operation @nr? Returns: false if there are not that many.
 */
bool edit_place(const struct program *program, unsigned int nr,
		unsigned int *task, unsigned int *at);
/* Returns: operation @nr, or NULL. */
struct program_op *edit_op(struct program *program, unsigned int nr);
/* Indices that operations name, a bit each. */
uint64_t edit_indices(struct program *program);
/* In all operations that name it. */
void edit_rename_index(struct program *program, unsigned int from,
		       unsigned int to);

/* Operations that @list, one of @program's, can hold. */
unsigned int edit_room(const struct program *program,
		       const struct program_list *list);
/* Ignored if there is no room. */
void edit_insert_op(struct program *program, struct program_list *list,
		    unsigned int at, struct program_op op);
void edit_remove_op(struct program *program, struct program_list *list,
		    unsigned int at);
void edit_remove_switch(struct program *program, unsigned int at);
/* Of the schedule; switches go. */
void edit_keep_reorderings(struct program *program);

#endif
