/* SPDX-License-Identifier: MIT */
/*
 * fewest.h: the fewest preemptions that a schedule of a class could have: a
 * lower bound, of all orders of its steps that keep dependent ones in order.
 *
 * To leave a task in front of a step costs one where it could have made it: inside
 * an operation, in front of an access that never waits, or of a lock that nobody
 * has. Leaving it elsewhere, and interrupts, cost nothing.
 *
 * See: Musuvathi and Qadeer, "Iterative context bounding", PLDI 2007 (what is
 *   counted); Mazurkiewicz, "Trace theory", 1987 (orders of a class).
 */
#ifndef FUZZ_FEWEST_H
#define FUZZ_FEWEST_H

#include "races.h"

#define FEWEST_PLACES 65536 /* that are looked at */

/* How a run ended; a bit a task. */
struct fewest_end {
	uint32_t left; /* it stands inside an operation, where to leave it costs one */
	uint32_t interrupts; /* it is an interrupt list */
};

/*
 * Could a schedule of the class of @races have at most @most preemptions?
 * Returns: true, too, if that is too much to find out.
 */
bool fewest_within(const struct races *races, const struct fewest_end *end,
		   unsigned int most);

#endif
