/* SPDX-License-Identifier: MIT */
/*
 * call.h: an operation under way, what it takes from handles and gives to them.
 *
 * In handles.c; execute.c does the rest. Of operations.def's rows pages go from and to
 * handles, and the books are kept; of the target's own rows a handle is a value.
 */
#ifndef FUZZ_CALL_H
#define FUZZ_CALL_H

#include "inside.h"
#include "operation.h"

/* An operation under way. */
struct call {
	enum operation op;
	const struct operation_info *info;
	enum handle_kind takes;
	struct handle *from; /* where its handle came from */
	struct handle handle; /* what it took */
	bool interrupt;
	uint8_t gives; /* name of the handle for the result */
	const struct target_own *own; /* NULL: it is a row of operations.def */
	struct op_args args;
	struct op_result result;
};

/* Take what the operation works on. Returns: why not. */
enum passed call_take(struct engine *engine, struct call *call);
/* What is left of the handle goes back: all of it, if only looked at. */
void call_put_back(struct engine *engine, struct call *call);
/* What it got goes into a handle. */
void call_give(struct engine *engine, const struct call *call);

#endif
