/* SPDX-License-Identifier: MIT */
/* suite.c: see suite.h. */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ensure.h"
#include "fit.h"
#include "ledger.h"
#include "operation.h"

#define SETUP_TEXT_MAX 1024

static const struct {
	const char *name, *text;
} setups[] = {
#define SETUP(name, text) { name, text },
#include "setups.def"
};

#define NR_SETUPS (sizeof(setups) / sizeof(setups[0]))

/* -------------------------------------------------------------------- forms */

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

unsigned int suite_forms(const struct target *target, unsigned int op,
			 struct program_op forms[SUITE_FORMS])
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
	if (info->takes != HANDLE_NONE)
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

/* ------------------------------------------------------------------ set-ups */

/* An index beyond the node that has 0. */
static unsigned int other_node(const struct target *target)
{
	unsigned int shift = target->fanout_shift;

	return (1U << (shift ? shift : PROGRAM_FANOUT_SHIFT)) + 1;
}

/* @text with its @ filled in, as text of a program. */
static size_t write_setup(const struct target *target, const char *text,
			  char whole[SETUP_TEXT_MAX])
{
	size_t at = (size_t)sprintf(whole, "pagerace 1\n");

	for (; *text; text++) {
		ensure(at + 8 < SETUP_TEXT_MAX);
		if (*text == '@')
			at += (size_t)sprintf(whole + at, "%u",
					      other_node(target));
		else
			whole[at++] = *text;
	}
	whole[at] = '\0';
	return at;
}

/* Returns: false if @target has not all that it says. */
static bool parse_setup(const struct target *target, const char *text,
			struct program *program)
{
	char whole[SETUP_TEXT_MAX], error[256];
	size_t size = write_setup(target, text, whole);
	struct text_head head;
	unsigned int i;

	ensure(text_parse(whole, size, &head, program, error, sizeof(error)));
	for (i = 0; i < program->setup.nr; i++)
		if (!fit_op(target, &program->setup.ops[i]))
			return false;
	if (!target->percpu && strstr(text, "pcp "))
		return false;
	return true;
}

/* Of that kind, from @nr on: b0, b1 ... */
static bool gives(const struct program *program, enum handle_kind kind,
		  unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < program->setup.nr; i++) {
		const struct program_op *op = &program->setup.ops[i];

		if (operation_info(op->op)->gives == kind && op->gives == nr)
			return true;
	}
	return false;
}

/* What it takes is there, for the second of two as well. */
static bool provide(const struct program *program, struct program_op *op,
		    unsigned int nr)
{
	enum handle_kind takes = operation_info(op->op)->takes;

	if (takes == HANDLE_NONE)
		return true;
	op->takes = (uint8_t)nr;
	if (!gives(program, takes, nr))
		op->takes = 0;
	return gives(program, takes, op->takes);
}

/* ------------------------------------------------------------------ programs */

static bool is_there(const struct suite *suite, const struct program *program,
		     uint64_t hash)
{
	size_t i;

	for (i = suite->nr;
	     i-- && suite->programs[i].pair + 1U == suite->nr_pairs;)
		if (suite->programs[i].hash == hash &&
		    program_equal(&suite->programs[i].program, program))
			return true;
	return false;
}

static void add_program(struct suite *suite, const struct program *program,
			const char *setup)
{
	struct suite_program *at;
	struct program fitted = *program;
	uint64_t hash;

	program_normalize(&fitted);
	fit_program(&fitted, suite->target);
	hash = ledger_hash(&fitted);
	if (is_there(suite, &fitted, hash))
		return;
	if (suite->nr == suite->room) {
		suite->room = suite->room ? 2 * suite->room : 1024;
		suite->programs =
			realloc(suite->programs, suite->room * sizeof(*at));
		ensure(suite->programs);
	}
	at = &suite->programs[suite->nr++];
	at->program = fitted;
	at->hash = hash;
	at->pair = (uint16_t)(suite->nr_pairs - 1);
	at->setup = setup;
}

static void add_two(struct suite *suite, const struct program *begun,
		    const struct program_op *a, const struct program_op *b,
		    bool irq, const char *setup)
{
	struct program program = *begun;

	program.tasks[0] = (struct program_list){ .nr = 1 };
	program.tasks[1] = (struct program_list){ .nr = 1, .cpu = 1 };
	program.tasks[0].ops[0] = *a;
	program.tasks[1].ops[0] = *b;
	program.tasks[1].irq = irq;
	add_program(suite, &program, setup);
}

/* As tasks; and either of them as an interrupt. */
static void add_all(struct suite *suite, const struct program *begun,
		    const struct program_op *a, const struct program_op *b,
		    const char *setup)
{
	add_two(suite, begun, a, b, false, setup);
	if (!suite->target->interrupt)
		return;
	add_two(suite, begun, a, b, true, setup);
	add_two(suite, begun, b, a, true, setup);
}

/* Where the two stand to one another. */
static void add_indices(struct suite *suite, const struct program *program,
			const struct program_op *a, const struct program_op *b,
			const char *setup)
{
	const uint8_t other = (uint8_t)other_node(suite->target);
	const uint8_t at[][2] = {
		{ 1, 1 }, { 0, 0 }, { 1, 0 },	  { 0, 1 },
		{ 1, 2 }, { 2, 0 }, { 0, other }, { other, 0 },
	};
	struct program_op x = *a, y = *b;
	size_t i;

	for (i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
		if (operation_info(x.op)->arguments & ARG_INDEX)
			x.index = at[i][0];
		if (operation_info(y.op)->arguments & ARG_INDEX)
			y.index = at[i][1];
		add_all(suite, program, &x, &y, setup);
	}
}

static void add_forms(struct suite *suite, unsigned int first,
		      unsigned int second)
{
	struct program_op a[SUITE_FORMS], b[SUITE_FORMS];
	unsigned int i, j, nr_a = suite_forms(suite->target, first, a),
			   nr_b = suite_forms(suite->target, second, b);
	struct program program;
	size_t s;

	for (s = 0; s < NR_SETUPS; s++) {
		if (!parse_setup(suite->target, setups[s].text, &program))
			continue;
		for (i = 0; i < nr_a; i++)
			for (j = first == second ? i : 0; j < nr_b; j++)
				if (provide(&program, &a[i], 0) &&
				    provide(&program, &b[j],
					    operation_info(first)->takes ==
						    operation_info(second)
							    ->takes))
					add_indices(suite, &program, &a[i],
						    &b[j], setups[s].name);
	}
}

static bool has_interrupt(const struct suite_program *program)
{
	return program->program.tasks[1].irq;
}

/* Pair by pair; there in an order that has nothing to do with states. */
static int by_turn(const void *a, const void *b)
{
	const struct suite_program *x = a, *y = b;

	if (x->pair != y->pair)
		return x->pair < y->pair ? -1 : 1;
	if (has_interrupt(x) != has_interrupt(y))
		return has_interrupt(x) ? 1 : -1;
	return (x->hash > y->hash) - (x->hash < y->hash);
}

/* One of each pair, then another one. */
static void deal_out(struct suite *suite)
{
	struct suite_program *dealt = malloc(suite->nr * sizeof(*dealt) + 1);
	size_t *next = calloc(suite->nr_pairs + 1U, sizeof(*next)), i, nr = 0;
	unsigned int pair;

	ensure(dealt && next);
	qsort(suite->programs, suite->nr, sizeof(*dealt), by_turn);
	for (i = suite->nr; i--;)
		next[suite->programs[i].pair] = i;
	while (nr < suite->nr)
		for (pair = 0; pair < suite->nr_pairs; pair++) {
			i = next[pair];
			if (i >= suite->nr || suite->programs[i].pair != pair)
				continue;
			next[pair]++;
			dealt[nr++] = suite->programs[i];
		}
	free(next);
	free(suite->programs);
	suite->programs = dealt;
}

void suite_open(struct suite *suite, const struct target *target)
{
	unsigned int first, second;
	struct program_op forms[SUITE_FORMS];

	*suite = (struct suite){ .target = target };
	for (first = 0; first < OP_COUNT; first++)
		for (second = first; second < OP_COUNT; second++) {
			if (!suite_forms(target, first, forms) ||
			    !suite_forms(target, second, forms))
				continue;
			suite->pairs[suite->nr_pairs++] = (struct suite_pair){
				{ (uint8_t)first, (uint8_t)second }
			};
			add_forms(suite, first, second);
		}
	deal_out(suite);
}

void suite_close(struct suite *suite)
{
	free(suite->programs);
	suite->programs = NULL;
	suite->nr = 0;
}
