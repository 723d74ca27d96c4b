/* SPDX-License-Identifier: MIT */
/* suite.c: see suite.h. */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include "ensure.h"
#include "fit.h"
#include "forms.h"
#include "ledger.h"
#include "operation.h"
#include "setups.h"

/* What it takes is there, for the second of two as well. */
static bool provide(const struct program *program, const struct target *target,
		    struct program_op *op, unsigned int nr)
{
	enum handle_kind takes = operation_takes(op->op, target);
	unsigned int given;

	if (takes == HANDLE_NONE)
		return true;
	given = forms_given(program, takes);
	op->takes = (uint8_t)(given >> nr & 1 ? nr : 0);
	return given & 1U << op->takes;
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
	hash = program_hash(&fitted);
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
	const uint8_t other = (uint8_t)forms_other_node(suite->target);
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
	struct program_op a[FORMS_MAX], b[FORMS_MAX];
	unsigned int i, j, nr_a = forms_of(suite->target, first, a),
			   nr_b = forms_of(suite->target, second, b);
	bool alike = operation_takes(first, suite->target) ==
		     operation_takes(second, suite->target);
	struct program program;
	unsigned int s;

	for (s = 0; s < setups_nr(); s++) {
		if (!setups_program(s, suite->target, &program))
			continue;
		for (i = 0; i < nr_a; i++)
			for (j = first == second ? i : 0; j < nr_b; j++)
				if (provide(&program, suite->target, &a[i],
					    0) &&
				    provide(&program, suite->target, &b[j],
					    alike))
					add_indices(suite, &program, &a[i],
						    &b[j], setups_name(s));
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
	struct program_op forms[FORMS_MAX];

	*suite = (struct suite){ .target = target };
	for (first = 0; first < OP_COUNT; first++)
		for (second = first; second < OP_COUNT; second++) {
			if (!forms_of(target, first, forms) ||
			    !forms_of(target, second, forms))
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
