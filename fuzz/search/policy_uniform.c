/* SPDX-License-Identifier: MIT */
/*
 * policy_uniform.c: uniform random: at each point each task that can make a step
 * is alike, the running one among them.
 *
 * The simplest scheduler that there is, and a hard one to beat where programs are
 * short: Thomson, Donaldson, Betts, "Concurrency testing using controlled
 * schedulers: an empirical study", TOPC 2016. Of n points at which two tasks can run
 * it leaves none of the 2^n ways out, and stays with none of them for long.
 */
#include "chance.h"

static void uniform_begin(struct chance *chance, const struct engine *engine)
{
	(void)chance, (void)engine;
}

static unsigned int uniform_pick(struct chance *chance,
				 const struct engine *engine, uint32_t can)
{
	(void)engine;
	return chance_any(chance, can);
}

const struct chance_way chance_uniform = {
	.name = "uniform",
	.about = "at each point any task that can go on, each alike",
	.begin = uniform_begin,
	.pick = uniform_pick,
};
