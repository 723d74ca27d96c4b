/* SPDX-License-Identifier: MIT */
/*
 * history.h: what stood at which position in the cache, for as long as somebody
 * looks something up there or removes it.
 *
 * A page without a reference is on its way out: it stands nowhere for those who
 * look for it meanwhile. What does nothing in an interrupt is nobody's call.
 *
 * Promises:
 *  1. stayed has the positions at which one page has stood since the operation
 *     began: entries are compared when it begins, whenever another task has
 *     stored something, when its own task loses the CPU, and when it ends.
 *  2. Of a removal that spares what is in use, stayed has only what was idle
 *     when it began, and whose page no other task has written to since.
 *  3. beyond is a page that stood outside of a removal's range when its task had
 *     got the CPU, in no folio that reaches into it, and was gone when it lost it.
 *
 * Yields: never.
 * See: wrong_page.c, missed_page.c, left_behind.c, removed_beyond.c.
 */
#ifndef SANITIZERS_HISTORY_H
#define SANITIZERS_HISTORY_H

#include "books.h"

#define HISTORY_TRANSIENT 8 /* references that one lookup may hold at once */

struct scene;
struct access;

enum history_kind {
	HISTORY_NONE,
	HISTORY_LOOKUP,
	HISTORY_REMOVAL
};

/* An operation that begins. */
struct op_start {
	int task;
	enum operation op;
	bool lookup; /* pages in its result were found */
	bool interrupt;
	const struct op_args *args;
	int cpu; /* of the task */
};

/* A lookup or a removal on its way. */
struct history_op {
	enum history_kind kind;
	bool spares; /* what is in use: promise 2 */
	struct positions range; /* where it looks */
	struct positions stayed;
	struct positions
		cut; /* where a part of a page goes: a folio there may be split */
	/* Of a removal: where something stood that is not its. */
	struct positions outside;
	int16_t others[TARGET_INDEX_MAX]; /* that is */
	int16_t other_pages[TARGET_INDEX_MAX]; /* the page of it that stands there */
	/*
	 * Where a folio stood that reaches into its range: while it is split that is
	 * not to be seen.
	 */
	struct positions reaching;
	int beyond; /* of those, one that it removed; TARGET_NO_PAGE */
	unsigned int nr; /* references that it took and did not put */
	struct {
		int pfn;
		struct positions stood; /* where it stood meanwhile */
	} transient[HISTORY_TRANSIENT];
};

struct history {
	unsigned int nr_lookups, nr_removals; /* on their way */
	struct history_op ops[BOOKS_TASKS];
	int16_t stands[TARGET_INDEX_MAX]; /* as last seen */
	/*
	 * On weak memory: what stood there before, while there are stores that
	 * others do not see yet. Who came that way may find it still.
	 */
	int16_t going[TARGET_INDEX_MAX];
};

void history_reset(struct history *history);
/*
 * An operation begins; what is neither lookup nor removal is not looked at.
 * Returns: it is.
 */
bool history_begin(struct scene *scene, const struct op_start *start);
/* What @task began has ended: stayed is what it is. */
void history_settle(struct scene *scene, int task);
/* And is forgotten. Returns: there was something. */
bool history_end(struct history *history, int task);
/* Somebody stored something. */
void history_access(struct scene *scene, const struct access *access);
/* @task has lost the CPU; somebody removes something. */
void history_leave(struct scene *scene, int task);
/*
 * history_outside.c: the removal of @task gets the CPU; loses it. On weak memory what
 * stands there is another's to see, so nobody is judged.
 */
void history_note_outside(struct scene *scene, int task);
void history_look_outside(struct scene *scene, int task);
/* Look again at @positions, as far as operations have named them. */
void history_look(struct scene *scene, const struct positions *positions);
/* Does anybody want to know what @task stores? */
static inline bool history_wants(const struct history *history, int task)
{
	return history->nr_lookups ||
	       history->nr_removals >
		       (history->ops[task].kind == HISTORY_REMOVAL);
}
/* May a lookup that looks now find @pfn at position @index? history_look() came first. */
static inline bool history_may_find(const struct history *history,
				    unsigned int index, int pfn)
{
	return history->stands[index] == pfn || history->going[index] == pfn;
}
/* Returns: the page at @index, TARGET_NO_PAGE if it is on its way out. */
int history_page(const struct target *target, unsigned long index);
/* Is @access one to the reference count of a page? @pfn: which. */
bool history_is_count(const struct target *target, const struct access *access,
		      int *pfn);

#endif
