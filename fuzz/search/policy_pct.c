/* SPDX-License-Identifier: MIT */
/*
 * policy_pct.c: PCT: tasks have priorities, drawn when a run begins; the first
 * that can go on does. At d - 1 steps, drawn too, who made it falls below all
 * others. A bug of depth d, one that d constraints on the order of steps bring
 * about, is found with probability 1 / (n k^(d-1)) or more, n tasks, k steps.
 *
 * Burckhardt, Kothari, Musuvathi, Nagarakatte, "A randomized scheduler with
 * probabilistic guarantees of finding bugs", ASPLOS 2010.
 *
 * A step is from one point to the next, or from the begin of an operation to its
 * first one. k is that of the longest of the runs learnt from; the first run has
 * no change. Steps of the program's own schedule, which goes first, do not count.
 * Left out: how often tasks that are created get priorities (ours are all there).
 * Added: a task that loops (chance.h, promise 4) falls, too.
 */
#include "chance.h"

#define PCT_FLOOR 1024 /* loops in a run that have places of their own */

/* From above: tasks as drawn, those that were changed, those that looped. */
static void pct_begin(struct chance *chance, const struct engine *engine)
{
	struct rng *rng = &chance->walk.rng;
	struct pct *pct = &chance->pct;
	unsigned int i;

	(void)engine;
	pct->lowest = PCT_FLOOR;
	for (i = 0; i < CHANCE_TASKS; i++) { /* an order, each alike */
		unsigned int at = rng_below(rng, i + 1);

		pct->priority[i] = pct->priority[at];
		pct->priority[at] = PCT_FLOOR + PCT_DEPTH_MAX + 1 + i;
	}
	for (i = 0; i + 1 < chance->depth; i++)
		pct->change[i] = pct->length ? 1 + rng_below(rng, pct->length) :
					       0;
	pct->step = 0;
}

static unsigned int pct_pick(struct chance *chance, const struct engine *engine,
			     uint32_t can)
{
	(void)engine;
	return chance_first(chance->pct.priority, can);
}

static void pct_step(struct chance *chance, const struct engine *engine,
		     const struct task *task)
{
	struct pct *pct = &chance->pct;
	unsigned int i;

	(void)engine;
	pct->step++;
	if (chance->learning && pct->step > pct->length)
		pct->length = pct->step;
	for (i = 0; i + 1 < chance->depth; i++)
		if (pct->change[i] == pct->step)
			pct->priority[task->m.id] = PCT_FLOOR + 1 + i;
}

static void pct_looped(struct chance *chance, unsigned int task)
{
	struct pct *pct = &chance->pct;

	pct->lowest -= pct->lowest != 0;
	pct->priority[task] = pct->lowest;
}

const struct chance_way chance_pct = {
	.name = "pct",
	.about = "priorities, changed at depth - 1 steps of a run",
	.learns = true,
	.has_depth = true,
	.begin = pct_begin,
	.pick = pct_pick,
	.step = pct_step,
	.looped = pct_looped,
};
