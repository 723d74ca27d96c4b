/* SPDX-License-Identifier: MIT */
/*
 * dpor_random.h: small random programs of acts, for brute force.
 */
#ifndef FUZZ_TEST_DPOR_RANDOM_H
#define FUZZ_TEST_DPOR_RANDOM_H

#include "rng.h"
#include "stage.h"

/* @shared: two may have one CPU. */
static inline void random_program(struct program *program, struct rng *rng,
				  unsigned int acts, bool shared,
				  bool interrupts)
{
	unsigned int tasks = 2 + rng_below(rng, 2), task, i;

	program_clear(program);
	for (task = 0; task < tasks; task++) {
		struct program_list *list = &program->tasks[task];

		list->nr = (uint8_t)(1 + rng_one_in(rng, 3));
		list->cpu = (uint8_t)(shared ? rng_below(rng, 3) : task);
		list->irq = interrupts && task == 1;
		for (i = 0; i < list->nr; i++)
			list->ops[i] = (struct program_op){
				.op = OP_ADD,
				.index = (uint8_t)rng_below(rng, acts),
			};
	}
	program_normalize(program);
}

static inline void say(const struct program *program)
{
	unsigned int i, j;

	for (i = 0; i < PROGRAM_TASKS; i++)
		for (j = 0; j < program->tasks[i].nr; j++)
			print_message("%stask%u add %u (cpu %u)\n",
				      program->tasks[i].irq ? "irq " : "", i,
				      program->tasks[i].ops[j].index,
				      program->tasks[i].cpu);
}

/* Returns: false if there is none. */
static inline bool replace_acts(struct program *program, unsigned int from,
				unsigned int to)
{
	unsigned int task, i;
	bool any = false;

	for (task = 0; task < PROGRAM_TASKS; task++)
		for (i = 0; i < program->tasks[task].nr; i++)
			if (program->tasks[task].ops[i].index == from) {
				program->tasks[task].ops[i].index = (uint8_t)to;
				any = true;
			}
	return any;
}

#endif
