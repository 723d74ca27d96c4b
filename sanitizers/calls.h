/* SPDX-License-Identifier: MIT */
/*
 * calls.h: what was asked of a target that has a sequential specification, from
 * when to when, and what it answered: a history.
 *
 * Promises:
 *  1. Calls stand in the order in which they began. Those of one task follow
 *     each other.
 *  2. Of a target without a model, nothing is kept.
 *
 * Yields: never.
 * See: linearize.h, which asks for an order.
 */
#ifndef SANITIZERS_CALLS_H
#define SANITIZERS_CALLS_H

#include "books.h"

/* Set-up, tasks, and what the epilogue gives back. */
#define CALLS_MAX 240

struct scene;
struct op_start;
struct op_end;

struct seen_call {
	uint8_t task;
	uint8_t op; /* enum operation */
	/* Instants count from 1; at each a call begins or ends. */
	uint16_t begun;
	uint16_t ended; /* 0: not yet */
	struct op_args args;
	struct op_result result;
};

struct calls {
	unsigned int nr;
	uint16_t now; /* the last instant */
	/* An interrupt may have done nothing, or there were too many. */
	bool unjudged;
	uint8_t last[BOOKS_TASKS]; /* call of that task */
	struct seen_call seen[CALLS_MAX];
};

void calls_reset(struct calls *calls);
void calls_begin(struct scene *scene, const struct op_start *start);
void calls_end(struct scene *scene, const struct op_end *end);

#endif
