/* SPDX-License-Identifier: MIT */
/*
 * minimize_attempt.h: an attempt: will an edited program do? If it will, and
 * its story is smaller, that is the best so far.
 */
#ifndef FUZZ_MINIMIZE_ATTEMPT_H
#define FUZZ_MINIMIZE_ATTEMPT_H

#include "minimize.h"

/* Give @program the first @nr switches that fit. */
void attempt_switches(struct program *program,
		      const struct program_switch *switches, unsigned int nr);
/*
 * Play @program and tell the story by the switches that were made. Returns:
 * false if it was stopped or has another end than the input.
 */
bool attempt_tell(struct minimize *minimize, const struct program *program,
		  struct story *story);
/* Is the story of @program a smaller one? Then it is the best so far. */
bool attempt_replay(struct minimize *minimize, const struct program *program);

/* Bounds: no more preemptions than the best has, not very much longer. */
struct search attempt_within(const struct minimize *minimize,
			     unsigned long limit, bool shortest);
/* Search the schedules of @program. Returns: true if one was found. */
bool attempt_find(struct minimize *minimize, const struct program *program,
		  struct search *search);
/* Is the story with the schedule that was found a smaller one? */
bool attempt_found(struct minimize *minimize, const struct program *program,
		   const struct search *found);
/* Both, unless that was in vain already. */
bool attempt_search(struct minimize *minimize, const struct program *program,
		    struct search *all);

/*
 * Make one change after the other, by replay or, if @all is given, by search
 * within its bounds, until one makes something smaller. One that brings in what
 * the target lacks is passed over. @nr: the first to be made,
 * and the one that did it. Returns: false if none does.
 */
bool attempt_edits(struct minimize *minimize, edit_make *make,
		   unsigned int *nr, struct search *all);
/* The same from the first change on. */
bool attempt_edit(struct minimize *minimize, edit_make *make,
		  struct search *all);

#endif
