/* SPDX-License-Identifier: MIT */
/*
 * diary.h: a diary: what could be seen from outside after each operation of a
 * run: what it got, what stands in the cache, who is in the books.
 *
 * Written by the operation layer for those who compare targets (fidelity.h).
 * Steps inside operations are the record's. What is not the program's own is
 * not in it: how a target is emptied is its own business.
 */
#ifndef FUZZ_DIARY_H
#define FUZZ_DIARY_H

#include "engine.h"

#define DIARY_ENTRIES (PROGRAM_SETUP_OPS + PROGRAM_TASKS * PROGRAM_OPS)

/* A page, or the first one of a block. */
struct diary_page {
	int16_t pfn; /* TARGET_NO_PAGE: none */
	int16_t count; /* its references; 0 if the target does not say */
	uint8_t order;
	uint8_t held; /* handles on it */
};

struct diary_entry {
	uint8_t task; /* TASK_BOOT: set-up */
	uint8_t op; /* ordinal */
	uint8_t operation; /* enum operation */
	struct op_result result;
	struct diary_page cache[TARGET_INDEX_MAX];
	unsigned int nr_owned;
	struct diary_page owned[BOOKS_OWNED];
};

struct diary {
	struct observer observer; /* first */
	unsigned int nr;
	struct diary_entry entries[DIARY_ENTRIES];
};

/* To be given to the engine. */
struct observer *diary_observer(struct diary *diary);

#endif
