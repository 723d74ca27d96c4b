/* SPDX-License-Identifier: MIT */
/*
 * diary.h: a diary: what could be seen from outside after each operation of a
 * run: what it got, what stands in the cache, who is in the books.
 *
 * Written by the operation layer for those who compare targets (fidelity.h).
 * Steps inside operations are the record's.
 */
#ifndef FUZZ_DIARY_H
#define FUZZ_DIARY_H

#include "engine.h"

#define DIARY_ENTRIES 192 /* later ones are counted, not kept */

/* A page, or the first one of a block. */
struct diary_page {
	int16_t pfn; /* TARGET_NO_PAGE: none */
	int16_t count; /* its references; 0 if the target does not say */
	uint8_t order;
	uint8_t held; /* handles on it */
};

struct diary_entry {
	uint8_t task; /* TASK_BOOT: set-up or epilogue */
	uint8_t op; /* ordinal; in the epilogue: of no operation of a list */
	uint8_t operation; /* enum operation */
	struct op_args args;
	struct op_result result;
	struct diary_page cache[TARGET_INDEX_MAX];
	unsigned int nr_owned;
	struct diary_page owned[BOOKS_OWNED];
};

struct diary {
	unsigned int nr;
	unsigned int dropped;
	struct diary_entry entries[DIARY_ENTRIES];
};

void diary_reset(struct diary *diary);
/* An operation of the running task has ended and is in the books. */
void diary_note(struct diary *diary, const struct engine *engine,
		enum operation op, const struct op_args *args,
		const struct op_result *result);

#endif
