/* SPDX-License-Identifier: MIT */
/*
 * gates.h: gates that would force a story of the Linux target on a kernel that is
 * booted, as target/linux/prove/module/gate.h knows them.
 *
 *     task0  -- a ---- [gate: waits] ------------------ b -->
 *     task1             begins ------ c -- [gate: passed] -->
 *
 * A switch is needed if a deciding order says so: c of another task's before b of the task
 * that is stopped; a is what came before others went on. Between a and b that task waits
 * until the other has passed a gate behind c, or one in front of it, and a while longer.
 *
 * A gate is the entry of a function if one is called there, the one that is called least
 * in the run, with no store of the task's between it and the place where the story stops it;
 * else a place inside, of a line that stands at one place of the kernel's code.
 *
 * See: deciding.h (orders); chain.h (who called).
 */
#ifndef FUZZ_GATES_H
#define FUZZ_GATES_H

#include "chain.h"
#include "symbols.h"
#include "trace.h"

#define GATES_MAX 8 /* that the module knows */
#define GATES_BYTES 8 /* of code, by which a build is known */
#define GATES_SYMBOL 96
#define GATES_MS 5000 /* that who waits does so, at most */
#define GATES_LINGER 200 /* ms, until who is at the entry has done it */

struct gate {
	char name[16];
	uint8_t task;
	char symbol[GATES_SYMBOL];
	bool inside; /* the function, at: */
	unsigned long offset;
	unsigned char bytes[GATES_BYTES];
	unsigned int nr_bytes;
	unsigned int nth; /* entry in the task's operation; 0: the first */
	bool busy; /* who waits there must not sleep */
	int waits; /* the other gate; -1: for nobody */
	unsigned int linger; /* ms */
	unsigned int order; /* the deciding one that it is for */
	unsigned int step; /* in front of which it is, or which it leads to */
};

struct gates {
	const struct trace *trace;
	const struct symbols *symbols; /* or NULL: nobody knows which there are */
	unsigned int stops, needed; /* switches of the run */
	unsigned int nr;
	struct gate gate[GATES_MAX];
	unsigned int nr_cannot;
	char cannot[GATES_MAX][TRACE_TEXT]; /* what is not expressed, and why */
	bool known; /* a function that was looked for is in symbols */
};

struct lines;

/*
 * Of the run that @trace shows, with its deciding orders. @lines: of the program that
 * @symbols are of; NULL: entries alone.
 */
void gates_find(struct gates *gates, const struct trace *trace,
		struct chains *chains, const struct symbols *symbols,
		struct lines *lines);
/* As a recipe has them (findings/NAME/prove/gates), and what is to be known, as comments. */
void gates_print(const struct gates *gates, const char *file, FILE *out);

#endif
