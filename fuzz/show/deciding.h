/* SPDX-License-Identifier: MIT */
/*
 * deciding.h: the deciding orders of a recorded run: the few "this step before
 * that one", of different tasks, from which its finding follows, as schedules
 * that were played have shown. Found by deciding_find() of explore/decide.h;
 * printed by who shows the run.
 *
 * An order *holds* in a schedule if both accesses happen in it, meet there, and
 * come in that order. It is *needed* if it held in every schedule that ended in
 * the finding. Orders are *enough* if every schedule in which all of them held
 * ended in it. An access is the same in another schedule if task, operation,
 * site and occurrence in the operation are.
 */
#ifndef FUZZ_DECIDING_H
#define FUZZ_DECIDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "forbidding.h"

struct site;

#define DECIDING_MAX 12 /* orders; more are no explanation */
#define DECIDING_TEXT 224 /* characters of a claim */

/*
 * Step @before came before step @after; numbers of the record's steps. On weak
 * memory: took effect before it (effect.h), wherever it stands in the record.
 */
struct deciding_order {
	unsigned int before, after;
	bool section; /* of a lock: the steps are those that take it */
	/*
	 * Before what did not come, as the finding ended the run: then @after is
	 * @before, and what did not come is of @never_task, @never_op, and so
	 * many were at its site before.
	 */
	bool never;
	uint8_t never_task, never_op;
	uint16_t never_nth;
	const struct site *site[2]; /* both; NULL: an operation's begin or end */
	unsigned long without; /* schedules in which it did not hold */
	unsigned long lost_without; /* of them: ended in the finding; 0: needed */
};

struct deciding {
	unsigned int nr; /* 0: @none says why */
	const char *none; /* "it needs no switch" */
	struct deciding_order order[DECIDING_MAX]; /* by step @after */
	bool all; /* one schedule of each class was played, and no more are */
	unsigned int preemptions; /* if not all: those with at most so many ... */
	bool cut; /* ... of which the first @schedules were played */
	unsigned int reorderings; /* ... and so many; 0: none were tried */
	unsigned long schedules; /* played */
	unsigned long lost; /* of them: ended in the finding */
	unsigned long with; /* ... in which all orders held */
	unsigned long lost_with; /* of them; as many as @with: enough */
	/* With reorderings: schedules without any, and of them ended in it. */
	unsigned long in_order, lost_in_order;
	struct forbidding forbidding; /* of a run with reorderings */
};

/* Are there any? @deciding may be NULL. */
bool deciding_is(const struct deciding *deciding);
bool deciding_is_enough(const struct deciding *deciding);
/* Is step @at one of an order? @deciding may be NULL. */
bool deciding_has(const struct deciding *deciding, unsigned int at);
/* "A before B", by the sites' names. */
void deciding_order_name(const struct deciding_order *order, char *text,
			 size_t max);
/*
 * Which orders they are, whatever the steps' numbers: "A before B; C before D", by
 * the sites' names, as far as they fit. Empty if there are none.
 */
void deciding_name(const struct deciding *deciding, char *text, size_t max);
/*
 * What was checked of order @nr: "without it none of 412 schedules"; of one that is
 * not needed: "without it 2 of 121 schedules: there are other ways".
 */
void deciding_claim(const struct deciding *deciding, unsigned int nr,
		    char text[DECIDING_TEXT]);
/*
 * Of its reorderings: "without any reordering none of 97 schedules". False: it has
 * none.
 */
bool deciding_claim_order(const struct deciding *deciding,
			  char text[DECIDING_TEXT]);
/* ... and of all of them: "together: 3 of 3 schedules; 415 schedules, one of each class". */
void deciding_claim_all(const struct deciding *deciding,
			char text[DECIDING_TEXT]);

#endif
