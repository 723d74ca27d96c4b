/* SPDX-License-Identifier: MIT */
/*
 * chain.h: a chain: who had called whom when a step was made, from the operation down
 * to the function that the step's site is in, with what was inlined.
 *
 * Of a Linux target compiled with line tables. Addresses are gathered while the run is
 * played, by an observer, and asked for afterwards.
 *
 *	show_play(&show, player, variant, input, chains_observer(chains, record));
 */
#ifndef FUZZ_CHAIN_H
#define FUZZ_CHAIN_H

#include "record.h"

#define CHAIN_MAX 24 /* calls of one step; outer ones are left out */

struct call {
	const char *function;
	unsigned int line; /* in it, where it calls the next one */
	bool inlined; /* as compiled here, into the one before */
};

struct chain {
	bool harness; /* the site is of it: the last call is who called it */
	unsigned int
		nr; /* the last one is the function of the site; 0: nobody of the kernel */
	struct call call[CHAIN_MAX]; /* outermost first */
	bool known; /* the step was looked at when it was made */
};

struct chains;

struct chains *chains_open(void);
void chains_close(struct chains *chains);
/* Of a run that @record records. */
struct observer *chains_observer(struct chains *chains,
				 const struct record *record);
/*
 * Of step @at of that run, an access: kept until chains_close(). If nobody knows who
 * called, because the run was not looked at, say, it is the site's function alone.
 */
const struct chain *chain_of(struct chains *chains, const struct record *record,
			     unsigned int at);
/*
 * Was anybody's caller known, if any were asked for? Not without debug
 * information of this program, or nobody who reads it.
 */
bool chains_known(const struct chains *chains);
/*
 * How many calls of @chain were under way at @before, too, of the same task: the others
 * began between the two. A call from the same line of the same call is the same call.
 */
unsigned int chain_shared(const struct chain *before,
			  const struct chain *chain);

#endif
