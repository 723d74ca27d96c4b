/* SPDX-License-Identifier: MIT */
/*
 * border.h: the border between the target's code and ours.
 *
 * A target is called by execute.c and calls machine.c: whoever crosses says so,
 * for those who look at what the target does: ThreadSanitizer, and plain.h.
 *
 * Promises: a task loses the CPU on our side only. No nesting.
 */
#ifndef FUZZ_BORDER_H
#define FUZZ_BORDER_H

#include "plain.h"
#include "tsan_glue.h"

static inline void border_to_target(struct engine *engine)
{
	tsan_ignore_end();
	plain_begin(engine);
}

static inline void border_to_engine(struct engine *engine)
{
	plain_end(engine);
	tsan_ignore_begin();
}

#endif
