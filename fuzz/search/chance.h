/* SPDX-License-Identifier: MIT */
/*
 * chance.h: policies by chance: baselines, and what other searches may take
 * schedules from. Each is one file, with its paper; what they share is chance.c.
 *
 *	chance_init(&chance, chance_find("pct"), 3);
 *	for (nr = 0; nr < runs; nr++) {
 *		chance_policy(&chance, &policy, seed, nr);
 *		engine_run(engine, target, program, &options);
 *	}
 *
 * Promises:
 *  1. A run depends on the program, the seed and its number; if the policy
 *     learns, on the first CHANCE_LEARNS runs of that seed, too, which are to be
 *     played before. Runs of other numbers and seeds have nothing to do with it.
 *  2. The program's own schedule goes first, as under a random walk.
 *  3. Chosen are those who can make a step: not who waits, stands in front of a
 *     held lock, is kept off its CPU, or is an interrupt while they are off. A due
 *     callback is a task like others, which a boundary does not call.
 *  4. Who was taken off the CPU for fairness (sched.c) does not come back at
 *     once: no policy makes a target look stuck that is not.
 *
 * See: policy_random.c (the random walk), policy_uniform.c, policy_pct.c,
 *   policy_pos.c, policy_surw.c.
 */
#ifndef FUZZ_CHANCE_H
#define FUZZ_CHANCE_H

#include "policy.h"

#define CHANCE_LEARNS 8 /* runs */
#define CHANCE_TASKS (TASK_RCU + 1) /* whose turn it may be */
#define CHANCE_WALK_MEAN 8 /* points between two switches of the random walk */
#define PCT_DEPTH 3 /* if nobody says another */
#define PCT_DEPTH_MAX 16
#define SURW_OBJECTS                                                           \
	256 /* that are told apart; accesses to others do not count */

struct chance;

struct chance_way {
	const char *name;
	const char *about; /* in one line */
	bool learns, has_depth;
	/* A run begins; NULL: the engine has that policy. */
	void (*begin)(struct chance *chance, const struct engine *engine);
	/* One of the tasks @can, a bit each, of which there are several. */
	unsigned int (*pick)(struct chance *chance, const struct engine *engine,
			     uint32_t can);
	/* @task goes on now, up to its next point; NULL: who cares? */
	void (*step)(struct chance *chance, const struct engine *engine,
		     const struct task *task);
	/* The CPU was taken from @task for fairness; or NULL. */
	void (*looped)(struct chance *chance, unsigned int task);
};

/* All of them; ends with NULL. */
extern const struct chance_way *const chance_ways[];

struct pct {
	uint32_t priority[CHANCE_TASKS]; /* larger runs first */
	unsigned int step, length; /* of this run; of the longest learnt from */
	unsigned int change[PCT_DEPTH_MAX]; /* after these steps; 0: never */
	unsigned int lowest; /* below those of tasks that looped */
};

struct pos {
	uint32_t priority[CHANCE_TASKS]; /* of a task's next event */
};

struct surw_object {
	const volatile void *addr;
	bool written;
	uint32_t events[CHANCE_TASKS]; /* in all runs learnt from */
};

struct surw {
	unsigned int runs; /* learnt from */
	unsigned int nr;
	struct surw_object objects[SURW_OBJECTS];
	struct surw_object all; /* every step */
	const volatile void
		*chosen; /* whose accesses are events; NULL: all are */
	uint32_t left[CHANCE_TASKS]; /* events to come, by what was learnt */
	unsigned int
		intended; /* who makes the next one; drawn when one comes up */
	bool loose; /* or anybody: somebody looped */
};

/* All that a policy knows. Plain data, of its owner. */
struct chance {
	const struct chance_way *way;
	unsigned int depth;
	struct walk walk; /* script, generator and seed of any of them */
	bool learning; /* this run is one to learn from */
	const struct task *expected; /* who runs, as far as was decided here */
	bool held; /* what is due was held back at this boundary */
	union {
		struct pct pct;
		struct pos pos;
		struct surw surw;
	};
};

/* Returns: NULL if there is none. */
const struct chance_way *chance_find(const char *name);
/* @depth: from 1 to PCT_DEPTH_MAX, of one that has it. Nothing is learnt yet. */
void chance_init(struct chance *chance, const struct chance_way *way,
		 unsigned int depth);
/*
 * @policy plays run @nr, from 0, of @seed. All runs until the next chance_init()
 * are of one program on one target.
 */
void chance_policy(struct chance *chance, struct policy *policy, uint64_t seed,
		   unsigned long nr);

/* ------------------------------------------------ for the policies' files */

/* Any of the tasks @can, each alike. */
unsigned int chance_any(struct chance *chance, uint32_t can);
/* One of them with the largest priority; of equals the first. */
unsigned int chance_first(const uint32_t *priority, uint32_t can);
/* What @task is about to do, where it stands; NULL: nothing that has an address. */
const struct machine_task *chance_access(const struct task *task);
/* Is it about to write? */
bool chance_writes(const struct machine_task *access);

extern const struct chance_way chance_uniform, chance_pct, chance_pos,
	chance_surw;

#endif
