/* SPDX-License-Identifier: MIT */
/*
 * dpor_restore.c: levels that were kept in a file. See dpor.h.
 *
 * What was met at each step, and by those that were tried and sleep, is known
 * by addresses, which are others in another process. So each of these steps is
 * made once more: a run for each that sleeps, and one for the choices.
 */
#include "dpor_see.h"

void dpor_forget(struct dpor *dpor, unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < nr; i++) {
		struct dpor_level *level = &dpor->level[i];

		level->again = level->tried;
		level->then = level->choice;
	}
	dpor->nr = dpor->nr_sleepers = 0;
	dpor->stale = nr;
	races_clear(&dpor->races);
}

static void choose_again(struct dpor_level *level)
{
	level->choice = level->again ? (uint8_t)__builtin_ctzll(level->again) :
				       level->then;
}

void dpor_restore_level(struct dpor_level *level,
			const struct dpor_level *saved)
{
	ensure(level->enabled == saved->enabled); /* of the same build */
	level->backtrack = saved->backtrack;
	level->again = saved->again;
	level->then = saved->then;
	choose_again(level);
}

bool dpor_restore(struct dpor *dpor)
{
	unsigned int at = dpor->nr ? dpor->nr - 1 : 0;

	if (!dpor->stale)
		return false;
	while (at < dpor->stale && !dpor->level[at].again)
		at++;
	dpor->stop_at = at < dpor->stale ? at + 1 : at;
	return true;
}

void dpor_restored(struct dpor *dpor, const struct engine *engine)
{
	struct dpor_level *level = &dpor->level[dpor->nr - 1];

	dpor_end_run(dpor, engine);
	ensure(dpor->nr == dpor->stop_at);
	dpor->stop_at = DPOR_STEPS + 1;
	if (level->again) {
		dpor_put_to_sleep(dpor, level);
		level->again &= ~level->tried;
		choose_again(level);
	} else {
		dpor->stale = 0;
	}
	races_cut(&dpor->races, dpor->nr - 1);
}
