/* SPDX-License-Identifier: MIT */
/* frontier_grow.c: programs with one operation more. See frontier.h. */
#include "frontier.h"

#include "fit.h"
#include "forms.h"
#include "ledger.h"
#include "operation.h"

#define STRIDE 7919 /* through children: a prime, and more than there are */

/* Counts down to the one that is asked for. */
struct growing {
	const struct target *target;
	struct program program; /* the parent; what is got has handles */
	unsigned int left;
	struct program *child;
};

/* Indices that operations name, a bit each. */
static uint64_t named(const struct program *program)
{
	uint64_t indices = 0;
	unsigned int task, i;

	for (task = 0; task < PROGRAM_TASKS; task++)
		for (i = 0; i < program->tasks[task].nr; i++) {
			const struct program_op *op =
				&program->tasks[task].ops[i];

			if (operation_info(op->op)->arguments & ARG_INDEX)
				indices |= 1ULL << op->index;
		}
	return indices ? indices : 1ULL << 1;
}

static bool is_it(struct growing *growing, unsigned int task,
		  const struct program_op *op)
{
	struct program_list *list;

	if (growing->left--)
		return false;
	*growing->child = growing->program;
	list = &growing->child->tasks[task];
	list->ops[list->nr++] = *op;
	forms_name_result(growing->child, growing->target,
			  &list->ops[list->nr - 1]);
	program_normalize(growing->child);
	fit_program(growing->child, growing->target);
	return true;
}

/* At each index, or with each handle. */
static bool grow_by(struct growing *growing, unsigned int task,
		    const struct program_op *form)
{
	const struct operation_info *info = operation_info(form->op);
	enum handle_kind kind = operation_takes(form->op, growing->target);
	bool takes = kind != HANDLE_NONE, reads = info->arguments & ARG_INDEX;
	uint64_t choices = takes ? forms_given(&growing->program, kind) :
			   reads ? named(&growing->program) :
				   1;
	struct program_op op = *form;

	for (; choices; choices &= choices - 1) {
		uint8_t choice = (uint8_t)__builtin_ctzll(choices);

		if (takes)
			op.takes = choice;
		else if (reads)
			op.index = choice;
		if (is_it(growing, task, &op))
			return true;
	}
	return false;
}

static bool grow_task(struct growing *growing, unsigned int task)
{
	struct program_op forms[FORMS_MAX];
	unsigned int op, i, nr;

	for (op = 0; op < OP_COUNT; op++) {
		nr = forms_of(growing->target, op, forms);
		for (i = 0; i < nr; i++)
			if (grow_by(growing, task, &forms[i]))
				return true;
	}
	return false;
}

bool frontier_child(const struct program *parent, const struct target *target,
		    unsigned int nr, struct program *child)
{
	struct growing growing = {
		.target = target, .program = *parent, .left = nr, .child = child
	};
	unsigned int task, i;

	for (task = 0; task < PROGRAM_TASKS; task++)
		for (i = 0; i < growing.program.tasks[task].nr; i++)
			forms_name_result(&growing.program, target,
					  &growing.program.tasks[task].ops[i]);
	for (task = 0; task < PROGRAM_TASKS; task++) {
		const struct program_list *list = &growing.program.tasks[task];

		if (list->nr && list->nr < FRONTIER_OPS &&
		    grow_task(&growing, task))
			return true;
	}
	return false;
}

static unsigned int count_children(const struct program *parent,
				   const struct target *target)
{
	struct program child;
	unsigned int nr = 0;

	while (frontier_child(parent, target, nr, &child))
		nr++;
	return nr;
}

bool frontier_grow(struct frontier *frontier, const struct target *target,
		   struct program *child)
{
	struct frontier_program *parent;
	unsigned int nr;

	while ((parent = frontier_best(frontier))) {
		if (!parent->of)
			parent->of = count_children(&parent->program, target);
		if (parent->children == parent->of) {
			parent->worth = 1; /* none is left */
			frontier_spend(frontier, parent);
			continue;
		}
		nr = (unsigned int)((program_hash(&parent->program) +
				     (uint64_t)parent->children * STRIDE) %
				    parent->of);
		parent->children++;
		frontier_child(&parent->program, target, nr, child);
		frontier_spend(frontier, parent);
		return true;
	}
	return false;
}
