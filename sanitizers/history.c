/* SPDX-License-Identifier: MIT */
/* history.c: see history.h. */
#include <string.h>

#include "checker.h"

void history_reset(struct history *history)
{
	unsigned int i;

	history->nr_lookups = 0;
	history->nr_removals = 0;
	for (i = 0; i < BOOKS_TASKS; i++)
		history->ops[i].kind = HISTORY_NONE;
	for (i = 0; i < TARGET_INDEX_MAX; i++)
		history->stands[i] = history->going[i] = TARGET_NO_PAGE;
}

/* A page that is frozen is about to go. */
static int unless_frozen(const struct target *target, int pfn)
{
	if (pfn >= 0 && target->count && !target->count(pfn))
		return TARGET_NO_PAGE;
	return pfn;
}

int history_page(const struct target *target, unsigned long index)
{
	return unless_frozen(target, target->cache_entry(index));
}

bool history_is_count(const struct target *target, const struct access *access,
		      int *pfn)
{
	struct target_place place;

	target->describe(access->addr, &place);
	*pfn = place.instance;
	return place.thing && !strcmp(place.thing, "page") &&
	       !strcmp(place.field, "count");
}

/* -------------------------------------------------------------------- look */

/* Another page stands at @index now, or none. */
static void history_change(struct history *history, unsigned int index, int pfn)
{
	unsigned int task, i;

	history->stands[index] = (int16_t)pfn;
	for (task = 0; task < BOOKS_TASKS; task++) {
		struct history_op *op = &history->ops[task];

		if (!op->kind)
			continue;
		positions_drop(&op->stayed, index);
		if (!positions_has(&op->range, index))
			continue;
		for (i = 0; i < op->nr; i++)
			if (op->transient[i].pfn == pfn)
				positions_add(&op->transient[i].stood, index);
	}
}

/*
 * The page at @index, where @pfn is, once all that was stored is seen. Returns:
 * false if it all is.
 */
static bool is_to_come(const struct scene *scene, unsigned int index, int *pfn)
{
	if (!scene->foresee(scene->foreseen, true))
		return false;
	*pfn = scene->target->cache_entry(index);
	scene->foresee(scene->foreseen, false);
	return true;
}

/*
 * On weak memory (fuzz/memory/), @index with @pfn as others see it. Who published
 * out of order has not removed anything: what stands there is owed to lookups
 * though they see a hole. What is about to go is owed no more. Returns: true if
 * that is all.
 */
static bool history_foresee(const struct scene *scene, struct history *history,
			    unsigned int index, int pfn)
{
	int to_come = pfn, stands = history->stands[index];

	if (!is_to_come(scene, index, &to_come))
		history->going[index] = TARGET_NO_PAGE;
	else if (pfn != stands)
		history->going[index] = (int16_t)(pfn < 0 ? stands : pfn);
	if (pfn == stands && to_come != stands) {
		history_change(history, index, to_come);
		history_change(history, index, pfn);
		return true;
	}
	return pfn == stands || to_come == stands;
}

void history_look(struct scene *scene, const struct positions *positions)
{
	struct history *history = &scene->history;
	const struct positions left =
		positions_in(*positions, &scene->books.positions);
	unsigned int index;

	POSITIONS_EACH(index, &left)
	{
		int pfn = scene->target->cache_entry(index);

		if (scene->foresee &&
		    history_foresee(scene, history, index, pfn))
			continue;
		if (pfn != history->stands[index])
			history_change(history, index, pfn);
	}
}

/* ------------------------------------------------------------- begin, end */

struct positions positions_range(unsigned long position, unsigned long count)
{
	unsigned long first = target_index(position), left;
	struct positions range = { { 0 } };
	uint64_t all = ~0ULL;

	if (position >= TARGET_INDEX_MAX || !count)
		return range;
	left = TARGET_FILE_PAGES - first;
	if (count < left)
		all = (1ULL << count) - 1;
	range.word[target_file(position)] = all << first;
	return range;
}

/* From the page on that @args cut the file in, or behind it: it may end there. */
static struct positions rest_of(const struct op_args *args)
{
	unsigned long first = args->index + !!args->own[1];

	return positions_range(first,
			       target_file(first) == target_file(args->index) ?
				       TARGET_FILE_PAGES :
				       0);
}

/* A batch looks until it is full; what is removed is counted by indices. */
static struct positions range_of(const struct target *target,
				 const struct op_start *start)
{
	const struct op_args *args = start->args;

	if (target->removes[start->op] == REMOVES_REST)
		return rest_of(args);
	switch (start->op) {
	case OP_LOOKUP_BATCH:
		return positions_range(args->index,
				       args->count ? TARGET_FILE_PAGES : 0);
	case OP_REMOVE_RANGE:
	case OP_INVALIDATE:
		return positions_range(args->index, args->count);
	default:
		return positions_range(args->index, 1);
	}
}

static enum history_kind kind_of(const struct target *target,
				 const struct op_start *start)
{
	if (!target->cache_entry || !target->describe)
		return HISTORY_NONE; /* use of pages could not be seen */
	if (start->lookup || (start->op == OP_READ && target->copies))
		return HISTORY_LOOKUP;
	return target->removes[start->op] && !start->interrupt ?
		       HISTORY_REMOVAL :
		       HISTORY_NONE;
}

/* The page that the rest begins in, if it is not its first byte. */
static struct positions cut_of(const struct target *target,
			       const struct op_start *start)
{
	const struct op_args *args = start->args;

	bool cuts = target->removes[start->op] == REMOVES_REST && args->own[1];

	return positions_range(args->index, cuts);
}

/* Does the folio at @pfn, found at @index, stand in @range with all of it? */
static bool is_inside(const struct target *target,
		      const struct positions *range, unsigned int index,
		      int pfn)
{
	unsigned long nr = 1UL << target_folio_order(target, pfn);
	struct positions all = positions_range(index & ~(nr - 1), nr);

	all = positions_beside(all, range);
	return !positions_any(&all);
}

/* It removes the folio at its index, however far that reaches. */
static bool is_of_one(const struct target *target, const struct op_start *start)
{
	return !start->args->count &&
	       target->removes[start->op] != REMOVES_REST;
}

/*
 * Need what stands at @index, which was just looked at, be found, or go? Not what is
 * not to be seen yet, nor what its remover, whose store is late, sees no more: when
 * that is seen nothing changes that history would notice.
 */
static bool is_owed(const struct scene *scene, const struct history_op *op,
		    const struct op_start *start, unsigned int index)
{
	const struct target *target = scene->target;
	int stands = scene->history.stands[index];
	int pfn = unless_frozen(target, stands);

	if (pfn < 0 || (scene->foresee && target->cache_entry(index) != stands))
		return false;
	if (op->spares && !(target->idle && target->idle(pfn)))
		return false;
	return op->kind == HISTORY_LOOKUP || is_of_one(target, start) ||
	       is_inside(target, &op->range, index, pfn);
}

bool history_begin(struct scene *scene, const struct op_start *start)
{
	struct history *history = &scene->history;
	struct history_op *op = &history->ops[start->task];
	enum history_kind kind = kind_of(scene->target, start);
	struct positions named;
	unsigned int index;

	if (!kind)
		return false;
	op->kind = kind;
	op->spares = kind == HISTORY_REMOVAL &&
		     scene->target->removes[start->op] == REMOVES_IDLE;
	op->range = range_of(scene->target, start);
	op->cut = cut_of(scene->target, start);
	op->nr = 0;
	op->stayed = op->reaching = (struct positions){ { 0 } };
	op->beyond = TARGET_NO_PAGE;
	history->nr_lookups += kind == HISTORY_LOOKUP;
	history->nr_removals += kind == HISTORY_REMOVAL;
	history_look(scene, &op->range);
	named = positions_in(op->range, &scene->books.positions);
	POSITIONS_EACH(index, &named)
	if (!start->interrupt && is_owed(scene, op, start, index))
		positions_add(&op->stayed, index);
	if (kind == HISTORY_REMOVAL)
		history_note_outside(scene, start->task);
	return true;
}

void history_settle(struct scene *scene, int task)
{
	const struct history_op *op = &scene->history.ops[task];

	if (op->kind)
		history_look(scene, &op->stayed);
	if (op->kind == HISTORY_REMOVAL)
		history_look_outside(scene, task);
}

bool history_end(struct history *history, int task)
{
	struct history_op *op = &history->ops[task];
	enum history_kind kind = op->kind;

	op->kind = HISTORY_NONE;
	history->nr_lookups -= kind == HISTORY_LOOKUP;
	history->nr_removals -= kind == HISTORY_REMOVAL;
	return kind != HISTORY_NONE;
}

/* --------------------------------------------------------------- meanwhile */

void history_leave(struct scene *scene, int task)
{
	const struct history_op *ops = scene->history.ops;
	int other;

	for (other = 0; other < BOOKS_TASKS; other++)
		if (other != task && ops[other].kind == HISTORY_REMOVAL)
			history_note_outside(scene, other);
	if (ops[task].kind != HISTORY_REMOVAL)
		return;
	history_look(scene, &ops[task].stayed);
	history_look_outside(scene, task);
}

/* The page that was written to, of those that stand in @op's range. */
static void disturb(struct scene *scene, struct history_op *op, int pfn)
{
	const struct positions stayed = op->stayed;
	unsigned int index;

	POSITIONS_EACH(index, &stayed)
	{
		int first = scene->history.stands[index];
		unsigned int order = target_folio_order(scene->target, first);

		if (pfn >= first && pfn < first + (1 << order))
			positions_drop(&op->stayed, index);
	}
}

/* Somebody wrote to a page: its last reference, or while it was to be spared. */
static void history_touch(struct scene *scene, const struct access *access)
{
	struct history *history = &scene->history;
	struct target_place place;
	int task, pfn;
	bool last;

	last = !access->new && history_is_count(scene->target, access, &pfn);
	scene->target->describe(access->addr, &place);
	if (!place.thing || strcmp(place.thing, "page") != 0)
		return;
	for (task = 0; task < BOOKS_TASKS; task++) {
		struct history_op *op = &history->ops[task];

		if (task != access->task && op->kind && (op->spares || last))
			disturb(scene, op, place.instance);
	}
}

void history_access(struct scene *scene, const struct access *access)
{
	struct history *history = &scene->history;
	bool touch = !access->new;
	struct positions positions = { { 0 } };
	int task;

	if (access->kind != MACHINE_STORES && access->kind != MACHINE_RMWS)
		return;
	for (task = 0; task < BOOKS_TASKS; task++) {
		const struct history_op *op = &history->ops[task];

		if (!op->kind || task == access->task)
			continue;
		positions_join(&positions, op->nr ? &op->range : &op->stayed);
		touch |= op->spares;
	}
	if (!positions_any(&positions))
		return;
	history_look(scene, &positions);
	if (touch)
		history_touch(scene, access);
}
