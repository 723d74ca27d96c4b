/* SPDX-License-Identifier: MIT */
/*
 * dpor_see.h: what the reduction sees of a step: its accesses, what it touched
 * beside them, and what is different when it has ended. Private to dpor*.c.
 */
#ifndef FUZZ_DPOR_SEE_H
#define FUZZ_DPOR_SEE_H

#include "dpor.h"

/* Make @dpor->observer one that notes what steps meet. */
void dpor_see(struct dpor *dpor);
/* Is the step under way one that was not made by an earlier run? */
bool dpor_is_new(const struct dpor *dpor, const struct engine *engine);
/*
 * What an address is known by: the same in every process that plays the program,
 * whose arena and stacks may stand elsewhere.
 */
uint64_t dpor_place(const struct engine *engine, uint64_t addr);
/* Does a task of @program remove what nobody uses? */
bool dpor_spares(const struct program *program, const struct target *target);
/* The page that @access writes to: for who removes idle ones it is in use. Or -1. */
int dpor_page_used(const struct engine *engine, const struct access *access);
/* The step under way met that. */
void dpor_add(struct dpor *dpor, unsigned int what, uint64_t at, size_t size,
	      unsigned int how);
/* The step of @task is at its end: what has changed? */
void dpor_look(struct dpor *dpor, const struct engine *engine,
	       const struct task *task);
bool task_is_pinned(const struct task *task);
/* Is it a preemption, whatever the schedule, if it loses the CPU now? */
bool dpor_is_left(const struct engine *engine, const struct task *task);

/* ------------------------------------------------------------ dpor_stand.c */

/* Where @task is in its code, and with which variables; never 0. */
uint64_t dpor_position(const struct engine *engine, const struct task *task);
/* Of those who could make a step @now: those who would not go round once more. */
uint64_t dpor_going_on(const struct dpor *dpor, const struct engine *engine,
		       uint64_t now);

/* ----------------------------------------------------------- dpor_repeat.c */

/* The point of its operation at which @task is, if nobody need be asked there; or 0. */
uint32_t dpor_quiet_point(const struct task *task);
/* Of the policy: the first point that is no mere repetition. */
unsigned int dpor_next_point(const struct policy *policy, struct engine *engine,
			     struct task *task);
/* @task has the CPU: take account of the steps made without a question. */
void dpor_pass_over(struct dpor *dpor, const struct task *task);

/* ----------------------------------------------------------- dpor_choice.c */

#define DPOR_FIRST_IRQ                                                         \
	16 /* choices from here on: list * PROGRAM_TASKS + host */

/* Whose steps they are; who has to have the CPU for it. */
uint8_t dpor_task(const struct dpor *dpor, uint8_t choice);
struct task *dpor_host(struct engine *engine, uint8_t choice);
/* All choices of @task, a bit each. */
uint64_t dpor_choices_of(const struct dpor *dpor, uint8_t task);
/* Those that there are now. */
uint64_t dpor_enabled(const struct dpor *dpor, struct engine *engine);

/* ------------------------------------------------------------------ dpor.c */

/* The step under way has ended; @now: who could go on. @engine NULL: it is gone. */
void dpor_end_step(struct dpor *dpor, const struct engine *engine,
		   uint64_t now);
/* Somebody else has to be tried in front of the earlier step of @race. */
void dpor_backtrack(struct dpor *dpor, const struct race *race);
/* The choice of @level, which is on top, was tried, with what follows from it. */
void dpor_put_to_sleep(struct dpor *dpor, struct dpor_level *level);

/* -------------------------------------------------------------- dpor_end.c */

/* The run has ended in the step under way. @engine NULL: it is gone. */
void dpor_end_run(struct dpor *dpor, const struct engine *engine);

/* ---------------------------------------------------------- dpor_restore.c */

/* @level is new; @saved: what it was. */
void dpor_restore_level(struct dpor_level *level,
			const struct dpor_level *saved);

#endif
