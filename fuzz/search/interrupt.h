/* SPDX-License-Identifier: MIT */
/*
 * interrupt.h: an interrupt that a run did not call is called.
 *
 * Interrupts come when a switch says so, and at no other time: what a program has
 * of them is in no record, and no race of it can be reversed, until somebody calls
 * it somewhere. Where: in front of any access of a task, each alike.
 */
#ifndef FUZZ_INTERRUPT_H
#define FUZZ_INTERRUPT_H

#include "record.h"
#include "rng.h"

/*
 * Make @child: @program, whose run is in @record, and a switch that calls one more
 * interrupt. Returns: false if all were called, or there is no room.
 */
bool interrupt_call(const struct record *record, const struct program *program,
		    struct rng *rng, struct program *child);

#endif
