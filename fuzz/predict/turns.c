/* SPDX-License-Identifier: MIT */
/* turns.c: see turns.h. */
#include "turns.h"

#include "ensure.h"
#include "forms.h"
#include "rng.h"
#include "setups.h"

#define PASSES 6
#define GROUPS (FORMS_PLACED_MAX / TURN_GROUP)

static unsigned int blocks_of_pass(void)
{
	return setups_nr() * GROUPS;
}

void turns_block(struct block_turn turn, unsigned int *setup,
		 unsigned int *group)
{
	static unsigned int order[64 * GROUPS];
	const unsigned int all = blocks_of_pass();
	unsigned int nr = (turn.block - 1) % all, i, j;
	struct rng rng;

	ensure(all <= sizeof(order) / sizeof(order[0]));
	rng_seed(&rng, rng_mix(turn.pass, turn.seed));
	for (i = 0; i < all; i++) {
		j = rng_below(&rng, i + 1);
		order[i] = order[j];
		order[j] = i;
	}
	*setup = order[nr] / GROUPS;
	*group = order[nr] % GROUPS;
}

bool turns_take(struct turns *turns, struct block_turn *turn)
{
	const unsigned int all = blocks_of_pass();
	unsigned int nr;

	turn->seed = turns->seed;
	for (;;) {
		turn->pass = __atomic_load_n(&turns->pass, __ATOMIC_RELAXED);
		if (turn->pass >= PASSES)
			return false;
		nr = __atomic_fetch_add(&turns->block, 1, __ATOMIC_RELAXED);
		turn->block = 1 + turn->pass * all + nr;
		if (nr < all)
			return true;
		__atomic_store_n(&turns->pass, turn->pass + 1,
				 __ATOMIC_RELAXED);
		__atomic_store_n(&turns->block, 0, __ATOMIC_RELAXED);
	}
}
