/* SPDX-License-Identifier: MIT */
/* operation.c: see operation.h. */
#include "operation.h"

#include <string.h>

#define OP(name_, wire, text, weight_, kind_, gives_, takes_, arguments_)      \
	[wire] = { .name = text,                                               \
		   .apart = "page_" text,                                      \
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

unsigned int operation_weight(unsigned int op, const struct target *target)
{
	const struct target_own *own = target_own(target, op);

	return own && own->weight ? own->weight : operation_info(op)->weight;
}

const char *operation_name(unsigned int op, const struct target *target)
{
	const char *own = NULL;

	if (target && op < OP_COUNT)
		own = target->operation_names[op];
	return own ? own : operation_word(op, target);
}

static bool is_word(const char *word, const char *name, size_t length)
{
	return word && strlen(word) == length && !memcmp(word, name, length);
}

/* Which of @target's own is called so? OP_COUNT: none. */
static unsigned int find_own(const struct target *target, const char *name,
			     size_t length)
{
	unsigned int op;

	for (op = OP_OWN; target && op < OP_COUNT; op++) {
		const struct target_own *own = target_own(target, op);

		if (own && is_word(own->name, name, length))
			return op;
	}
	return OP_COUNT;
}

const char *operation_word(unsigned int op, const struct target *target)
{
	const struct target_own *own = target ? target_own(target, op) : NULL;
	const struct operation_info *info = operation_info(op);

	if (own)
		return own->name;
	if (info->name &&
	    find_own(target, info->name, strlen(info->name)) != OP_COUNT)
		return info->apart;
	return info->name;
}

unsigned int operation_find(const char *name, size_t length,
			    const struct target *target)
{
	unsigned int op = find_own(target, name, length);

	if (op < OP_COUNT)
		return op;
	for (op = 0; op < OP_COUNT; op++)
		if (is_word(operations[op].name, name, length) ||
		    is_word(operations[op].apart, name, length))
			break;
	return op;
}

/* ----------------------------------------------------------------- handles */

static enum handle_kind kind_on(unsigned int op, const struct target *target,
				enum handle_kind kind, bool takes)
{
	const struct target_own *own = target ? target_own(target, op) : NULL;

	if (kind != HANDLE_OWN || !target)
		return kind;
	return own && (takes ? own->takes : own->gives) ? kind : HANDLE_NONE;
}

enum handle_kind operation_gives(unsigned int op, const struct target *target)
{
	return kind_on(op, target, operation_info(op)->gives, false);
}

enum handle_kind operation_takes(unsigned int op, const struct target *target)
{
	return kind_on(op, target, operation_info(op)->takes, true);
}

bool operation_hands(const struct target *target, unsigned int giver,
		     unsigned int taker)
{
	const struct target_own *gives = target_own(target, giver);
	const struct target_own *takes = target_own(target, taker);
	enum handle_kind kind = operation_info(giver)->gives;

	if (kind == HANDLE_NONE || kind != operation_info(taker)->takes)
		return false;
	return kind != HANDLE_OWN ||
	       (gives && takes && gives->gives && takes->takes &&
		!strcmp(gives->gives, takes->takes));
}

unsigned int operation_back(const struct target *target, unsigned int giver)
{
	enum handle_kind kind = operation_gives(giver, target);
	unsigned int op = kind == HANDLE_BLOCK ? OP_FREE : OP_PUT;

	if (kind != HANDLE_OWN)
		return kind != HANDLE_NONE && target_has(target, op) ? op :
								       OP_NOP;
	for (op = OP_OWN; op < OP_COUNT; op++)
		if (operation_hands(target, giver, op) &&
		    target_own(target, op)->spends &&
		    !target_own(target, op)->gives)
			return op;
	return OP_NOP;
}

char operation_letter(enum handle_kind kind)
{
	return " brh"[kind];
}

/* ----------------------------------------------------------------- numbers */

bool operation_indexed(unsigned int op, const struct target *target)
{
	const struct target_own *own = target_own(target, op);

	return own ? own->indexed :
		     !!(operation_info(op)->arguments & ARG_INDEX);
}

bool operation_filed(unsigned int op, const struct target *target)
{
	const struct target_own *own = target_own(target, op);

	if (!target->more_files)
		return false;
	return own ? own->indexed || own->filed :
		     !!(operation_info(op)->arguments & ARG_FILE);
}

unsigned int operation_nr_own(const struct target *target, unsigned int op)
{
	const struct target_own *own = target_own(target, op);
	unsigned int nr = 0;

	while (own && nr < TARGET_OWN_ARGUMENTS && own->arguments[nr].name)
		nr++;
	return nr;
}

uint8_t *operation_own(struct program_op *op, unsigned int nr)
{
	return nr ? &op->count : &op->index;
}
