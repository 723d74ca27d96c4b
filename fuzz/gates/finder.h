/* SPDX-License-Identifier: MIT */
/*
 * finder.h: what the files that look for gates know of each other: gates.c, which
 * switches; finder.c, which place for one.
 */
#ifndef FUZZ_FINDER_H
#define FUZZ_FINDER_H

#include "gates.h"

struct finder {
	struct gates *gates;
	const struct record *record;
	struct chains *chains;
	const struct symbols *symbols; /* or NULL */
	struct lines *lines; /* or NULL */
};

/* A switch: @task stopped behind step @at; its next one is @next (nr: none). */
struct window {
	uint8_t task;
	unsigned int at, next;
	unsigned int a; /* its last step that others had to see, or its begin */
	unsigned int b; /* its first one that had to come later; nr: none */
	unsigned int
		c; /* the last one of another's that had to come before that */
	unsigned int order; /* the deciding one that says so */
};

__attribute__((format(printf, 2, 3))) void
gates_cannot(struct gates *gates, const char *format, ...);
unsigned int finder_next(const struct finder *it, unsigned int at);
unsigned int finder_before(const struct finder *it, unsigned int at);
/* Where the task is to wait: into @gate. Returns: false, having said why it cannot. */
bool finder_stop(struct finder *it, const struct window *window,
		 struct gate *gate);
/* What the other one is to pass. */
bool finder_go(struct finder *it, const struct window *window,
	       struct gate *gate);

#endif
