/* SPDX-License-Identifier: MIT */
/*
 * fit.h: a program as a target can play it.
 *
 * Bytes may ask for what a target lacks: blocks of several pages, per-CPU lists,
 * interrupts, a second file, fewer pages than it can do with. They are played as if they had
 * asked for what is nearest; operations that it lacks are passed over.
 *
 * Promises:
 *  1. Of a program that fits nothing changes, and a program that was fitted fits.
 *  2. Operations stay where they are: what lacks is a no-op, switches stand.
 */
#ifndef FUZZ_FIT_H
#define FUZZ_FIT_H

#include "program.h"

/* Does @target have the operation, and blocks as it asks for? */
bool fit_op(const struct target *target, const struct program_op *op);
/* Has it @op, and one that gives what @op takes? */
bool fit_possible(const struct target *target, unsigned int op);
/* Is there an argument (operation.h) that some operation of it reads? */
bool fit_reads(const struct target *target, unsigned int arguments);
/* Fit handles and numbers of an operation of @target's own. Returns: they did not. */
bool fit_own(struct program_op *op, const struct target *target);
/* Fit @program to @target. Returns: it did not fit. */
bool fit_program(struct program *program, const struct target *target);

#endif
