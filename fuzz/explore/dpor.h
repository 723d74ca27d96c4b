/* SPDX-License-Identifier: MIT */
/*
 * dpor.h: dynamic partial order reduction: a policy that plays one schedule of
 * each class of a program, and says when there is no other.
 *
 *	dpor_begin(&dpor);
 *	dpor_policy(&policy, &dpor);
 *	while (dpor_next(&dpor)) {
 *		verdict = engine_run(..., { &policy, { &dpor.observer } });
 *		dpor_played(&dpor, &engine);
 *	}
 *
 * Two schedules are of one class if they order all dependent steps alike
 * (footprint.h). Source sets say in front of which earlier step somebody else
 * has to be tried; sleep sets keep what was tried from being tried again. A run
 * that comes to where all who could go on are asleep is broken off: redundant.
 *
 * A choice is who makes the next step: a task, or an interrupt list and the task
 * that it interrupts.
 *
 * Promises:
 *  1. When dpor_next() returns false and nothing was cut, every schedule of the
 *     program that a script could play is of a class that was played, but that
 *     which steps stand between a finding in the middle and its task's last
 *     step before it is played anew for each.
 *  2. The order of runs depends on the program and target alone.
 *  3. engine_script() after a run gives the schedule that was played.
 *
 * Limits: DPOR_STEPS steps a run, DPOR_IRQS interrupt lists; fair turns (see
 * sched.c) are not chosen. What goes beyond is cut, and counted.
 * See: Abdulla, Aronis, Jonsson, Sagonas: Optimal Dynamic Partial Order
 *   Reduction, POPL 2014, section 5 (source-DPOR).
 */
#ifndef FUZZ_DPOR_H
#define FUZZ_DPOR_H

#include "near.h"
#include "policy.h"

#define DPOR_NOTED 64 /* runs that dpor->near is told of */
#define DPOR_STEPS RACES_STEPS
#define DPOR_IRQS 6
#define DPOR_SLEEPERS (4 * DPOR_STEPS)

/* In front of a step. Choices are a bit each. */
struct dpor_level {
	uint64_t enabled;
	uint64_t backtrack; /* who has to be tried */
	uint64_t asleep; /* who need not be: what follows was seen */
	uint64_t tried; /* of them: here */
	uint64_t again; /* ... are to be, once more: see dpor_restore.c */
	uint8_t then; /* the choice after that */
	uint32_t sleepers; /* where its sleepers begin */
	uint32_t parts; /* where the parts of its own step begin */
	uint8_t choice;
};

/* A choice that is asleep, with the step that it would make. */
struct dpor_sleeper {
	uint64_t stops;
	uint32_t part;
	uint8_t nr;
	uint8_t choice;
	bool everything;
};

struct dpor {
	struct observer observer; /* first */
	unsigned long schedules; /* played to their ends */
	unsigned long redundant; /* broken off */
	unsigned long cut; /* with steps that were not chosen */
	unsigned long
		crowded; /* what follows from a sleeper may be played twice */
	struct met *met; /* NULL, or what is told of races */
	struct near *near; /* NULL, or what is told of all steps, at first */
	bool prefix; /* every schedule begins with that of the program */
	/* The choices of the run that is next, or was last. */
	unsigned int nr;
	unsigned int base; /* those below are settled: see dpor_part.c */
	unsigned int hold; /* ... are not left: others are above them */
	unsigned int
		stale; /* so many are to be made anew, those there are not yet too */
	bool pending; /* they were not played yet */
	/* The run under way. */
	unsigned int at; /* steps begun */
	unsigned int
		ahead; /* ... when the running task asks again, or has ended */
	bool blocked; /* it was broken off */
	bool short_of_room;
	bool lost; /* all go round, for ever */
	unsigned int stop_at; /* it is broken off in front of this step */
	struct script script; /* what a prefix has left to play */
	bool held; /* the running task was told to stay */
	struct task *sent; /* who was sent to make the step; NULL: nobody */
	unsigned int sent_op, sent_point; /* where that task stood */
	unsigned int nr_irqs;
	uint8_t irq_task[DPOR_IRQS];
	uint8_t irq_host[ENGINE_TASKS]; /* of an interrupt list: under way on */
	enum dpor_tail {
		TAIL_AHEAD, /* the lists have not ended */
		TAIL_OPEN, /* callbacks run that were left */
		TAIL_CLOSED,
	} tail;
	bool views; /* somebody looks things up: where pages stand matters */
	int cpu; /* of the step under way, when it began */
	bool pinned; /* the task there, when it began */
	bool inside[ENGINE_TASKS]; /* a read section, when last seen */
	int16_t stands[TARGET_INDEX_MAX]; /* page at an index, when last seen */
	uint32_t enabler[64]; /* of a choice: the step that let it be made */
	struct footprint footprint; /* of the step under way */
	struct race found[RACES_MAX];
	unsigned int nr_sleepers;
	struct dpor_level level[DPOR_STEPS];
	struct dpor_sleeper sleeper[DPOR_SLEEPERS];
	struct races races;
};

/*
 * Begin in front of the first schedule. What schedule the program brings is
 * ignored; set @dpor->prefix to have it played first.
 */
void dpor_begin(struct dpor *dpor);
/* Is there another schedule? If so the policy plays it in the next run. */
bool dpor_next(struct dpor *dpor);
void dpor_policy(struct policy *policy, struct dpor *dpor);
/* The run has ended. Returns: false if it was redundant. */
bool dpor_played(struct dpor *dpor, struct engine *engine);
/*
 * After that: could a schedule of its class have at most @most preemptions?
 * Returns: true, too, if that is not known.
 */
bool dpor_within(const struct dpor *dpor, const struct engine *engine,
		 unsigned int most);
/* It has not: it was the death of its process, of which @dpor was saved. */
void dpor_died(struct dpor *dpor);

/* ------------------------------------------------------------- dpor_part.c */

/*
 * Go in front of the next schedule without playing it; nothing if that is
 * where it stands. Returns: false if there is none, or if those above have to
 * be done first.
 */
bool dpor_advance(struct dpor *dpor);
/*
 * Give away a part of what is to come, the one furthest ahead: @part gets the
 * levels from @dpor's base to that one, @dpor keeps those above, and @part
 * holds on to its own until @dpor is done. Not in a run.
 * Returns: false if there is nothing but the next schedule.
 */
bool dpor_split(struct dpor *dpor, struct dpor *part);
/* What @above has found out about choices below its base. */
void dpor_import(struct dpor *dpor, const struct dpor *above);
/* Between runs: what is to come, and nothing more. */
void dpor_copy(struct dpor *to, const struct dpor *from);
/* What is left in this part, as a fraction of the whole, as far as is known. */
double dpor_left(const struct dpor *dpor);

/* ---------------------------------------------------------- dpor_restore.c */

/* Of the levels in @dpor, @nr, no more is known than their masks and choices. */
void dpor_forget(struct dpor *dpor, unsigned int nr);
/*
 * Is there a run to be made before it can go on? One that counts for nothing;
 * dpor_restored() after it.
 */
bool dpor_restore(struct dpor *dpor);
void dpor_restored(struct dpor *dpor, const struct engine *engine);

#endif
