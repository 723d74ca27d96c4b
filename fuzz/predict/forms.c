/* SPDX-License-Identifier: MIT */
/* forms.c: see forms.h. */
#include "forms.h"

#include "fit.h"

/* Orders of blocks that are asked for; the last two as compound ones. */
static const struct {
	uint8_t order, compound;
} blocks[] = { { 0, 0 }, { 1, 0 }, { 2, 0 }, { 1, 1 }, { 2, 1 } };

static bool is_form(const struct target *target, const struct program_op *op)
{
	unsigned int arguments = operation_info(op->op)->arguments;

	if (op->compound && !(arguments & ARG_COMPOUND))
		return false;
	/* of order 0 there are other operations */
	if ((arguments & (ARG_INDEX | ARG_ORDER)) == (ARG_INDEX | ARG_ORDER) &&
	    !op->order)
		return false;
	return fit_op(target, op);
}

unsigned int forms_of(const struct target *target, unsigned int op,
		      struct program_op forms[FORMS_MAX])
{
	const struct operation_info *info = operation_info(op);
	struct program_op form = { .op = (uint8_t)op,
				   .gives = NO_HANDLE,
				   .takes = NO_HANDLE,
				   .index = info->arguments & ARG_INDEX ? 1 : 0,
				   .count = 1 };
	unsigned int nr = 0, i;

	if (op == OP_NOP || !fit_possible(target, op))
		return 0;
	if (operation_takes(op, target) != HANDLE_NONE)
		form.takes = 0;
	if (info->arguments & ARG_COUNT)
		form.count = TARGET_BATCH_MAX;
	if (!(info->arguments & ARG_ORDER)) {
		forms[0] = form;
		return 1;
	}
	for (i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++) {
		form.order = blocks[i].order;
		form.compound = blocks[i].compound;
		if (is_form(target, &form))
			forms[nr++] = form;
	}
	return nr;
}

unsigned int forms_other_node(const struct target *target)
{
	unsigned int shift = target->fanout_shift;

	return (1U << (shift ? shift : PROGRAM_FANOUT_SHIFT)) + 1;
}

/* ------------------------------------------------------------------ handles */

static unsigned int given_by(const struct program_list *list,
			     enum handle_kind kind)
{
	unsigned int handles = 0, i;

	for (i = 0; i < list->nr; i++)
		if (operation_info(list->ops[i].op)->gives == kind &&
		    list->ops[i].gives < PROGRAM_HANDLES)
			handles |= 1U << list->ops[i].gives;
	return handles;
}

unsigned int forms_given(const struct program *program, enum handle_kind kind)
{
	unsigned int handles = given_by(&program->setup, kind), task;

	for (task = 0; task < PROGRAM_TASKS; task++)
		handles |= given_by(&program->tasks[task], kind);
	return handles;
}

void forms_name_result(const struct program *program,
		       const struct target *target, struct program_op *op)
{
	enum handle_kind kind = operation_gives(op->op, target);
	unsigned int handles;

	if (kind == HANDLE_NONE || op->gives < PROGRAM_HANDLES)
		return;
	handles = forms_given(program, kind);
	if (~handles & ((1U << PROGRAM_HANDLES) - 1))
		op->gives = (uint8_t)__builtin_ctz(~handles);
}

/* ------------------------------------------------------------------- places */

#define PLACES (1ULL << 0 | 1ULL << 1 | 1ULL << 2 | 1ULL << 5)
#define LARGER 3 /* the order of a folio that two of order 2 are in */

static unsigned int place(const struct target *target,
			  const struct program *program,
			  const struct program_op *form,
			  struct program_op *placed, unsigned int room)
{
	const struct operation_info *info = operation_info(form->op);
	enum handle_kind kind = operation_takes(form->op, target);
	bool takes = kind != HANDLE_NONE, reads = info->arguments & ARG_INDEX;
	uint64_t choices = takes ? forms_given(program, kind) :
			   reads ? PLACES | 1ULL << forms_other_node(target) :
				   1;
	unsigned int nr = 0;

	for (; choices && nr < room; choices &= choices - 1) {
		uint8_t choice = (uint8_t)__builtin_ctzll(choices);

		placed[nr] = *form;
		if (takes)
			placed[nr].takes = choice;
		else if (reads)
			placed[nr].index = choice;
		nr++;
	}
	return nr;
}

static void shuffle(struct rng *rng, struct program_op *ops, unsigned int nr)
{
	unsigned int i, j;

	for (i = nr; i > 1; i--) {
		struct program_op op = ops[i - 1];

		j = rng_below(rng, i);
		ops[i - 1] = ops[j];
		ops[j] = op;
	}
}

unsigned int forms_placed(const struct target *target,
			  const struct program *program, struct rng *rng,
			  struct program_op placed[FORMS_PLACED_MAX])
{
	struct program_op forms[FORMS_MAX];
	unsigned int nr = 0, op, i, nr_forms;

	for (op = 0; op < OP_COUNT; op++) {
		nr_forms = forms_of(target, op, forms);
		for (i = 0; i < nr_forms; i++)
			nr += place(target, program, &forms[i], placed + nr,
				    FORMS_PLACED_MAX - nr);
		if (!nr_forms || !(operation_info(op)->arguments & ARG_INDEX) ||
		    !(operation_info(op)->arguments & ARG_ORDER))
			continue;
		forms[0].order = LARGER;
		if (is_form(target, &forms[0]))
			nr += place(target, program, &forms[0], placed + nr,
				    FORMS_PLACED_MAX - nr);
	}
	shuffle(rng, placed, nr);
	return nr;
}
