/* SPDX-License-Identifier: MIT */
/*
 * brute.h: brute force: all orders of steps of a program, by plain recursion.
 *
 * It knows nothing of explore.c. In front of each step it stops and looks who
 * could make it; then it starts again from the beginning, once for each of
 * them. What a run came to is kept with the preemptions it took, counted here.
 */
#ifndef FUZZ_TEST_BRUTE_H
#define FUZZ_TEST_BRUTE_H

#include "fake.h"
#include "hash.h"
#include "inside.h"

#define BRUTE_STEPS 256
#define BRUTE_MAX 8000 /* orders */

#define BRUTE_IRQ                                                              \
	16 /* choices from here on: the interrupt list, and its host */

/* What runs came to, sorted when they are compared. */
struct outcomes {
	uint64_t (*digest_of)(const struct stage *stage); /* what to keep */
	unsigned int nr, max; /* a program with more is left alone */
	bool full;
	uint64_t digest[BRUTE_MAX];
	unsigned int preemptions[BRUTE_MAX];
};

struct brute {
	struct stage *stage;
	const struct target *target;
	const struct program *program;
	unsigned int preemptions; /* at most */
	struct outcomes *outcomes;
	uint8_t who[BRUTE_STEPS]; /* makes the first step, the second ... */
	unsigned int at; /* steps made in this run */
	unsigned int nr; /* steps that are settled */
	bool holding;
	/* In front of step @nr, if the run comes there. */
	bool more;
	uint32_t can; /* who could make it */
	int irq; /* the interrupt list that comes at points; -1: none */
	bool costs; /* a preemption, if it is not who made the last */
};

/* Everything that a run leaves behind, as a number. */
static inline uint64_t brute_digest(const struct stage *stage)
{
	const struct finding *finding = &stage->engine.verdict.finding;
	uint32_t hash = HASH_START;

	hash = hash_bytes(hash, &fake, sizeof(fake));
	if (finding->checker)
		hash = hash_bytes(hash, finding->id, strlen(finding->id));
	return (uint64_t)stage_digest(stage) << 32 | hash;
}

static inline void outcomes_add(struct outcomes *outcomes,
				const struct stage *stage,
				unsigned int preemptions)
{
	outcomes->full |= outcomes->nr == outcomes->max;
	if (outcomes->full)
		return;
	assert_true(outcomes->nr < BRUTE_MAX);
	outcomes->preemptions[outcomes->nr] = preemptions;
	outcomes->digest[outcomes->nr++] = outcomes->digest_of ?
						   outcomes->digest_of(stage) :
						   brute_digest(stage);
}

/* It waits for a lock that is held, a write, a wake-up. */
static inline bool brute_waits(const struct task *task)
{
	const struct site *site = task->m.site;
	const volatile spinlock_t *lock = task->m.addr;

	if (!task->inside || !site)
		return false;
	if (!strcmp(site->accessor, "spin_lock"))
		return lock->owner != 0;
	if (!strcmp(site->accessor, "cpu_relax"))
		return task->tracking && !task->written;
	return !strcmp(site->accessor, "wait_var_event") && !task->woken;
}

/* Tasks inside an operation with interrupts on, while the list waits. */
static inline void brute_look_at_hosts(struct brute *brute,
				       struct engine *engine)
{
	const struct task *irq = &engine->tasks[brute->irq];
	int i;

	if (irq->state != TASK_IDLE || irq->op >= irq->list->nr)
		return;
	for (i = 0; i < PROGRAM_TASKS; i++) {
		struct task *host = &engine->tasks[i];

		if (host->inside && !host->m.irq_off &&
		    host->state == TASK_READY && sched_can_run(engine, host))
			brute->can |= 1U << (BRUTE_IRQ + i);
	}
}

static inline void brute_look(struct brute *brute, struct engine *engine)
{
	int last = !brute->nr ? -1 :
		   brute->who[brute->nr - 1] < BRUTE_IRQ ?
				brute->who[brute->nr - 1] :
				brute->irq;
	const struct task *task = last < 0 ? NULL : &engine->tasks[last];
	int i;

	brute->more = true;
	brute->can = 0;
	for (i = 0; i <= TASK_RCU; i++)
		if ((sched_can_run(engine, &engine->tasks[i]) ||
		     &engine->tasks[i] == engine->current) &&
		    !brute_waits(&engine->tasks[i]))
			brute->can |= 1U << i;
	if (brute->irq >= 0)
		brute_look_at_hosts(brute, engine);
	brute->costs = task && task->inside && brute->can >> last & 1;
	if (!brute->costs || strcmp(task->m.site->accessor, "cpu_relax") ||
	    task->tracking)
		return;
	brute->costs = false; /* it lets others go first */
	if (brute->can != 1U << last)
		brute->can &= ~(1U << last);
}

static inline struct task *brute_choose(const struct policy *policy,
					struct engine *engine,
					struct task *task)
{
	struct brute *brute = policy->state;
	bool holding = brute->holding;
	uint8_t who;

	brute->holding = false;
	if (holding)
		return NULL;
	if (brute->at == brute->nr) {
		if (!brute->more)
			brute_look(brute, engine);
		return NULL;
	}
	who = brute->who[brute->at];
	if (task->m.id != who % BRUTE_IRQ)
		return &engine->tasks[who % BRUTE_IRQ];
	brute->at++;
	if (who >= BRUTE_IRQ)
		return &engine->tasks[brute->irq];
	brute->holding = !task->inside && task->m.id != TASK_RCU &&
			 sched_can_run(engine, &engine->tasks[TASK_RCU]);
	return brute->holding ? task : NULL;
}

static inline void brute_begin(const struct policy *policy,
			       struct engine *engine)
{
	struct brute *brute = policy->state;

	(void)engine;
	brute->at = 0;
	brute->more = false;
	brute->holding = false;
}

static inline unsigned int brute_next_point(const struct policy *policy,
					    struct engine *engine,
					    struct task *task)
{
	(void)policy, (void)engine;
	return task->point + 1;
}

/* All that begins with the steps so far, which took @spent preemptions. */
static inline void brute_from(struct brute *brute, unsigned int spent)
{
	const struct policy policy = { .name = "brute",
				       .begin = brute_begin,
				       .next_point = brute_next_point,
				       .choose = brute_choose,
				       .state = brute };
	const struct run_options options = { .policy = &policy,
					     .observers = { record_observer(
						     &brute->stage->record) } };
	unsigned int at = brute->nr, cost, i;
	uint32_t can;
	bool costs;

	engine_run(&brute->stage->engine, brute->target, brute->program,
		   &options);
	if (!brute->more || !brute->can)
		outcomes_add(brute->outcomes, brute->stage, spent);
	can = brute->more ? brute->can : 0;
	costs = brute->costs;
	assert_true(at < BRUTE_STEPS);
	for (i = 0; i < 32 && !brute->outcomes->full; i++) {
		cost = costs && i != brute->who[at - (at > 0)];
		if (!(can >> i & 1) || spent + cost > brute->preemptions)
			continue;
		brute->who[at] = (uint8_t)i;
		brute->nr = at + 1;
		brute_from(brute, spent + cost);
	}
	brute->nr = at;
}

#endif
