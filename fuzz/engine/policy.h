/* SPDX-License-Identifier: MIT */
/*
 * policy.h: a policy: who decides about the next switch.
 *
 * Promises:
 *  1. next_point() names the next access point of the task's operation at
 *     which choose() wants to be asked; it is asked there, and at every
 *     operation boundary (point 0), and may be asked at others.
 *  2. choose() names a task to run instead; it is asked again when the task is
 *     back at the same point, before it makes a step, until it returns NULL; so
 *     it may also send the CPU on when the engine gave it (engine.fresh).
 *     Naming the running task itself says: stay, and hold back what is due.
 *  3. reorder() is asked where next_point() said, in each run on weak memory,
 *     and may be asked at others.
 *  4. Who does not say so reorders nothing, whatever the program brings.
 *
 * See: policy_script.c (the program's schedule), policy_random.c, chance.h, explore.h.
 */
#ifndef FUZZ_POLICY_H
#define FUZZ_POLICY_H

#include "engine.h"
#include "rng.h"

#define POINT_NEVER 0xffffffffU

/* A reordering that the access which is about to be made can bear. */
struct reorder_offer {
	enum entry_kind kind; /* SWITCH: none */
	unsigned int most; /* of STALE: how many values back there are */
};

struct policy {
	const char *name;
	void (*begin)(const struct policy *policy, struct engine *engine);
	unsigned int (*next_point)(const struct policy *policy,
				   struct engine *engine, struct task *task);
	struct task *(*choose)(const struct policy *policy,
			       struct engine *engine, struct task *task);
	/*
	 * NULL: it knows of none. Asked in front of accesses if memory is weak
	 * (engine.weak): promise 3. What is not offered is passed over. Returns: true if it
	 * is to be, and @how far, as a program says it.
	 */
	bool (*reorder)(const struct policy *policy, struct engine *engine,
			struct task *task, const struct reorder_offer *offer,
			uint8_t *how);
	/*
	 * NULL: as @note says itself. The task has got the CPU: is that delayed
	 * store of it to be seen now?
	 */
	bool (*land)(const struct policy *policy, struct engine *engine,
		     struct task *task, const struct weak_note *note);
	bool reorders; /* it brings reorderings of its own */
	void *state;
};

/* The schedule of a program, sorted for playing. */
struct script {
	unsigned int nr;
	unsigned int first[ENGINE_TASKS + 1]; /* a task's entries */
	unsigned int at[ENGINE_TASKS]; /* its next one */
	unsigned int left; /* entries neither used nor passed, all tasks */
	uint64_t used; /* entries that were due once, a bit each */
	uint64_t done; /* of these: whose switch could be done */
	uint8_t number[PROGRAM_SWITCHES]; /* the entry's place in the program */
	uint32_t met[ENGINE_TASKS]; /* where visits were counted last */
	uint16_t seen[PROGRAM_SWITCHES]; /* visits to the entry's site */
	struct program_switch entries[PROGRAM_SWITCHES];
};

/* @policy plays the program's schedule, then runs on in order. */
void policy_script(struct policy *policy, struct script *script);
/* The same of its reorderings alone, for policies that have a script inside. */
bool script_reorder(struct script *script, const struct task *task,
		    const struct reorder_offer *offer, uint8_t *how);

/*
 * Random walk: at each access point a switch with probability 1 / @mean, to any
 * task that can run. It begins when the program's schedule is used up.
 */
struct walk {
	struct script script;
	struct rng rng;
	unsigned int mean;
	uint64_t seed;
};

void policy_random_walk(struct policy *policy, struct walk *walk,
			uint64_t seed, unsigned int mean);

#endif
