/* SPDX-License-Identifier: MIT */
/* operation.c: see operation.h. */
#include "operation.h"

#include <string.h>

#define OP(name_, wire, text, weight_, kind_, gives_, takes_, arguments_)      \
	[wire] = { .name = text,                                               \
		   .weight = weight_,                                          \
		   .kind = OPERATION_##kind_,                                  \
		   .gives = HANDLE_##gives_,                                   \
		   .takes = HANDLE_##takes_,                                   \
		   .arguments = arguments_ },

static const struct operation_info operations[OP_COUNT] = {
#include "operations.def"
};

const struct operation_info *operation_info(unsigned int op)
{
	return &operations[op < OP_COUNT ? op : OP_NOP];
}

const char *operation_name(unsigned int op, const struct target *target)
{
	const char *own = NULL;

	if (target && op < OP_COUNT)
		own = target->operation_names[op];
	return own ? own : operation_info(op)->name;
}

unsigned int operation_find(const char *name, size_t length)
{
	unsigned int op;

	for (op = 0; op < OP_COUNT; op++)
		if (operations[op].name && strlen(operations[op].name) == length &&
		    !memcmp(operations[op].name, name, length))
			break;
	return op;
}
