/* SPDX-License-Identifier: MIT */
/* trace_want.h: which steps of a run are wanted in its table before others. */
#ifndef FUZZ_TRACE_WANT_H
#define FUZZ_TRACE_WANT_H

#include "trace.h"

/* Which rows are wanted first. */
enum trace_want {
	WANT_DECIDES, /* it, and the operation that it is part of */
	WANT_OPERATION,
	WANT_BORDER, /* of a critical section that a deciding step is in */
	WANT_STATE, /* what became of the page */
	WANT_CHANGE, /* of what the finding is about */
	WANT_MARK, /* a change of its flags */
	WANT_LOOK, /* at it */
	WANT_FLAGS, /* a look at those */
	WANT_REST, /* changes of anything that has a name, if no more is known */
	WANT_NOTHING,
};

/* Of step @at. */
enum trace_want trace_want(const struct trace *trace, unsigned int at);
/* Does it decide, is it where its task stands in the end, or did memory reorder it? */
bool trace_is_marked(const struct trace *trace, unsigned int at);

#endif
