/* SPDX-License-Identifier: MIT */
/* fidelity.c: see fidelity.h. */
#include "fidelity.h"

#include <string.h>

#include "fit.h"
#include "minimize.h"
#include "mutate.h"
#include "operation.h"
#include "sentry.h"

/* ------------------------------------------------------------------ programs */

struct target fidelity_shared(const struct fidelity *fidelity)
{
	const struct target *a = fidelity->sides[0].target;
	const struct target *b = fidelity->sides[1].target;
	struct target shared = {
		.name = "both",
		.order_max = a->order_max < b->order_max ? a->order_max :
							   b->order_max,
		.more_files = a->more_files < b->more_files ? a->more_files :
							      b->more_files,
		.compound = a->compound && b->compound,
		.percpu = a->percpu && b->percpu,
		.tree = a->tree && b->tree,
		.pages_min = target_pages_min(a) > target_pages_min(b) ?
				     target_pages_min(a) :
				     target_pages_min(b),
		.interrupt = b->interrupt ? a->interrupt : NULL,
	};
	unsigned int op;

	for (op = 0; op < OP_OWN; op++)
		if (b->operations[op])
			shared.operations[op] = a->operations[op];
	return shared;
}

static void fill(struct program *program, struct program_list *list,
		 unsigned int nr, const struct target *shared, struct rng *rng)
{
	while (nr--) {
		list->ops[list->nr] = mutate_random_op(program, shared, rng);
		list->nr++;
	}
}

void fidelity_random(struct program *program, const struct target *shared,
		     struct rng *rng)
{
	const struct target_config config = program->config;

	program_clear(program);
	program->config = config;
	fill(program, &program->setup, rng_below(rng, PROGRAM_SETUP_OPS + 1),
	     shared, rng);
	fill(program, &program->tasks[0], rng_below(rng, PROGRAM_OPS + 1),
	     shared, rng);
	program_normalize(program);
}

/* -------------------------------------------------------------------- names */

void fidelity_rewind(struct fidelity *fidelity)
{
	int side;

	fidelity->next = 0;
	for (side = 0; side < 2; side++)
		memset(fidelity->sides[side].names, -1,
		       fidelity->pages * sizeof(int16_t));
}

/* Are @a and @b the same page? They are if neither was seen before. */
static bool same_page(struct fidelity *fidelity, int a, int b)
{
	int16_t *of_a, *of_b;

	if (a < 0 || b < 0)
		return a < 0 && b < 0;
	of_a = &fidelity->sides[0].names[a];
	of_b = &fidelity->sides[1].names[b];
	if (*of_a < 0 && *of_b < 0)
		*of_a = *of_b = fidelity->next++;
	return *of_a == *of_b;
}

static bool is_live(const struct diary_entry *entry, int pfn)
{
	unsigned int i;

	for (i = 0; i < entry->nr_owned; i++)
		if (entry->owned[i].pfn == pfn)
			return true;
	for (i = 0; i < TARGET_INDEX_MAX; i++)
		if (entry->cache[i].pfn == pfn)
			return true;
	return false;
}

void fidelity_forget(struct fidelity *fidelity, unsigned int nr)
{
	struct fidelity_side *side;
	unsigned int pfn;

	for (side = fidelity->sides; side < fidelity->sides + 2; side++)
		for (pfn = 0; pfn < fidelity->pages; pfn++)
			if (side->names[pfn] >= 0 &&
			    !is_live(&side->diary.entries[nr], (int)pfn))
				side->names[pfn] = -1;
}

/* ---------------------------------------------------------------- comparing */

static bool same_result(struct fidelity *fidelity, const struct diary_entry *a,
			const struct diary_entry *b)
{
	bool indexed = operation_info(a->operation)->kind == OPERATION_LOOKUP;
	unsigned int i;

	if (a->operation != b->operation || a->task != b->task ||
	    a->result.nr != b->result.nr)
		return false;
	for (i = 0; i < a->result.nr; i++)
		if (!same_page(fidelity, a->result.pfn[i], b->result.pfn[i]) ||
		    (indexed && a->result.index[i] != b->result.index[i]))
			return false;
	return true;
}

static bool same_state(const struct diary_page *a, const struct diary_page *b)
{
	return a->count == b->count && a->order == b->order &&
	       a->held == b->held;
}

static enum fidelity_kind compare_cache(struct fidelity *fidelity,
					const struct diary_entry *a,
					const struct diary_entry *b)
{
	unsigned int i;

	for (i = 0; i < TARGET_INDEX_MAX; i++) {
		if (!same_page(fidelity, a->cache[i].pfn, b->cache[i].pfn))
			return FIDELITY_CACHE;
		if (!same_state(&a->cache[i], &b->cache[i]))
			return FIDELITY_BOOKS;
	}
	return FIDELITY_SAME;
}

static const struct diary_page *find_owned(const struct fidelity *fidelity,
					   const struct diary_entry *b,
					   int16_t name)
{
	unsigned int i;

	for (i = 0; i < b->nr_owned; i++)
		if (fidelity->sides[1].names[b->owned[i].pfn] == name)
			return &b->owned[i];
	return NULL;
}

/* What is held was a result: it has a name. */
static bool same_owned(const struct fidelity *fidelity,
		       const struct diary_entry *a, const struct diary_entry *b)
{
	unsigned int i;

	if (a->nr_owned != b->nr_owned)
		return false;
	for (i = 0; i < a->nr_owned; i++) {
		const struct diary_page *other = find_owned(
			fidelity, b,
			fidelity->sides[0].names[a->owned[i].pfn]);

		if (!other || !same_state(&a->owned[i], other))
			return false;
	}
	return true;
}

enum fidelity_kind fidelity_compare(struct fidelity *fidelity, unsigned int nr)
{
	const struct diary_entry *a = &fidelity->sides[0].diary.entries[nr];
	const struct diary_entry *b = &fidelity->sides[1].diary.entries[nr];

	if (!same_result(fidelity, a, b))
		return FIDELITY_RESULT;
	if (!same_owned(fidelity, a, b))
		return FIDELITY_BOOKS;
	return compare_cache(fidelity, a, b);
}

static enum fidelity_kind compare_end(const struct fidelity *fidelity)
{
	const struct fidelity_side *a = &fidelity->sides[0];
	const struct fidelity_side *b = &fidelity->sides[1];

	if (strcmp(a->verdict, b->verdict) || a->diary.nr != b->diary.nr)
		return FIDELITY_VERDICT;
	if (!strcmp(a->verdict, "clean") &&
	    memcmp(&a->free, &b->free, sizeof(a->free)))
		return FIDELITY_FREE;
	return FIDELITY_SAME;
}

static bool has_batches(const struct fidelity *fidelity, int side)
{
	return fidelity->sides[side].target->operations[OP_LRU_DRAIN];
}

static void play(struct fidelity *fidelity, struct fidelity_side *side,
		 const struct program *program)
{
	const struct run_options look = {
		.observers = { diary_observer(&side->diary) },
		.settle = !has_batches(fidelity, 0) ||
			  !has_batches(fidelity, 1),
	};
	const struct finding *finding;

	if (fidelity->sentry)
		sentry_plays(fidelity->sentry, side->target, program);
	finding = &engine_run(fidelity->engine, side->target, program, &look)
			   ->finding;
	snprintf(side->verdict, sizeof(side->verdict), "%s",
		 finding->checker ? finding->id : "clean");
	fidelity_count_free(side->target, program->config.pages, &side->free);
}

bool fidelity_differs(struct fidelity *fidelity, const struct program *program)
{
	const struct diary *a = &fidelity->sides[0].diary;
	const struct diary *b = &fidelity->sides[1].diary;
	const struct target shared = fidelity_shared(fidelity);
	struct program both = *program; /* can play it */
	unsigned int nr;

	fit_program(&both, &shared);
	fidelity->pages = both.config.pages;
	play(fidelity, &fidelity->sides[0], &both);
	play(fidelity, &fidelity->sides[1], &both);
	nr = a->nr < b->nr ? a->nr : b->nr;
	fidelity_rewind(fidelity);
	for (fidelity->entry = 0; fidelity->entry < nr; fidelity->entry++) {
		fidelity->kind = fidelity_compare(fidelity, fidelity->entry);
		if (fidelity->kind != FIDELITY_SAME)
			return true;
		fidelity_forget(fidelity, fidelity->entry);
	}
	fidelity->kind = compare_end(fidelity);
	return fidelity->kind != FIDELITY_SAME;
}

/* ---------------------------------------------------------------- smaller */

enum operation fidelity_operation(const struct fidelity *fidelity)
{
	const struct diary *a = &fidelity->sides[0].diary;
	const struct diary *b = &fidelity->sides[1].diary;

	if (fidelity->entry < a->nr)
		return a->entries[fidelity->entry].operation;
	return fidelity->entry < b->nr ? b->entries[fidelity->entry].operation :
					 OP_NOP;
}

void fidelity_minimize(struct fidelity *fidelity, struct program *program)
{
	const enum fidelity_kind kind = fidelity->kind;
	const enum operation op = fidelity_operation(fidelity);
	const struct target shared = fidelity_shared(fidelity);
	const struct edit *edit = edits;
	unsigned int nr = 0;

	fit_program(program, &shared);
	while (edit->name) {
		struct story best = { .program = *program }, smaller = best;
		enum edit_result made = edit->make(&smaller.program, nr++);

		program_normalize(&smaller.program);
		fit_program(&smaller.program, &shared);
		if (made == EDIT_NONE) {
			edit++;
			nr = 0;
		} else if (made == EDIT_MADE &&
			   story_compare(&smaller, &best) < 0 &&
			   fidelity_differs(fidelity, &smaller.program) &&
			   fidelity->kind == kind &&
			   fidelity_operation(fidelity) == op) {
			*program = smaller.program;
			edit = edits;
			nr = 0;
		}
	}
	fidelity_differs(fidelity, program);
}
