/* SPDX-License-Identifier: MIT */
/* forbid.c: see forbid.h. */
#include "forbid.h"

#include <string.h>

#define FORBID_PLACES 32 /* accesses of its operation beside it */
#define FORBID_POINTS 3000000UL /* access points, about, of each barrier */

struct forbid {
	struct worker *worker;
	const struct program *program;
	struct outcome story;
	unsigned int nr; /* accesses that it came to */
	struct passage path[WORKER_PATH_MAX];
	bool stopped;
};

static void set_fence(struct forbid *forbid, const struct site *site,
		      uint8_t order, bool late)
{
	const struct fence fence = { .site = site->name_hash,
				     .order = order,
				     .behind = !late };

	worker_fence(forbid->worker, &fence);
}

/* The story itself, played with that barrier: is its finding gone? */
static bool is_gone(struct forbid *forbid, const struct site *site,
		    uint8_t order, bool late)
{
	struct outcome outcome;

	set_fence(forbid, site, order, late);
	forbid->stopped |=
		!worker_run(forbid->worker, forbid->program, 0, &outcome);
	worker_fence(forbid->worker, NULL);
	return !forbid->stopped && !outcome_alike(&outcome, &forbid->story);
}

/* ... and of all its schedules. Returns: true if none has it. */
static bool are_gone(struct forbid *forbid, const struct site *site,
		     struct forbidding_way *way, bool late)
{
	struct search all = {
		.preemptions = forbid->story.preemptions,
		.reorderings = program_nr_reorderings(forbid->program),
		.limit = FORBID_POINTS,
		.like = &forbid->story,
	};

	set_fence(forbid, site, way->order, late);
	forbid->stopped |=
		!worker_search(forbid->worker, forbid->program, &all);
	worker_fence(forbid->worker, NULL);
	way->schedules = all.tried;
	way->all = all.exhaustive;
	return !forbid->stopped && !all.found;
}

static unsigned int find_passage(const struct forbid *forbid,
				 const struct program_switch *entry)
{
	unsigned int i = 0;

	while (i < forbid->nr && (forbid->path[i].task != entry->task ||
				  forbid->path[i].op != entry->op ||
				  forbid->path[i].point != entry->point))
		i++;
	return i;
}

/*
 * Where a full barrier forbids it in the story: accesses of its operation, the
 * furthest from @at last. Returns: how many.
 */
static unsigned int find_places(struct forbid *forbid, unsigned int at,
				bool late, const struct site **places)
{
	const struct passage *path = forbid->path;
	unsigned int i = at, nr = 0;

	while (nr < FORBID_PLACES && (late ? ++i < forbid->nr : i-- > 0)) {
		if (path[i].task != path[at].task || path[i].op != path[at].op)
			continue;
		if (!is_gone(forbid, path[i].site, MACHINE_FULL, late))
			break;
		places[nr++] = path[i].site;
	}
	return nr;
}

static bool does_store(const struct site *site)
{
	return site->kind == MACHINE_STORES || site->kind == MACHINE_RMWS ||
	       site->kind == MACHINE_UNLOCKS;
}

static bool does_load(const struct site *site)
{
	return site->kind == MACHINE_LOADS || site->kind == MACHINE_RMWS;
}

/*
 * The orders that are tried there beside the full one; 0 ends them. The machine's
 * smp_wmb shows a store to loads behind it as well; what is sold need not: where
 * a store and a load changed places a barrier for one kind is no help.
 */
static void list_weaker(const struct site *site, bool late, uint8_t order[3])
{
	unsigned int nr = 0;

	memset(order, 0, 3);
	if (late && does_store(site))
		order[nr++] = MACHINE_RELEASE;
	if (!late && does_load(site))
		order[nr++] = MACHINE_ACQUIRE;
	if (late ? does_store(site) : does_load(site))
		order[nr] = late ? MACHINE_WMB : MACHINE_RMB;
}

/* The weakest ones that forbid it at @site. Returns: false if none does. */
static bool find_ways(struct forbid *forbid,
		      struct forbidding_reordering *reordering,
		      const struct site *site)
{
	struct forbidding_way full = { .order = MACHINE_FULL };
	bool late = reordering->late;
	uint8_t order[3];
	unsigned int i;

	if (!are_gone(forbid, site, &full, late))
		return false;
	reordering->passed = site;
	list_weaker(site, late, order);
	for (i = 0; order[i]; i++) {
		struct forbidding_way way = { .order = order[i] };

		if (are_gone(forbid, site, &way, late))
			reordering->ways[reordering->nr++] = way;
	}
	if (!reordering->nr)
		reordering->ways[reordering->nr++] = full;
	return true;
}

static void find_one(struct forbid *forbid, const struct program_switch *entry,
		     struct forbidding *forbidding)
{
	const struct site *places[FORBID_PLACES];
	unsigned int i, nr, at = find_passage(forbid, entry);
	struct forbidding_reordering *reordering;

	if (at == forbid->nr || forbidding->nr == FORBIDDING_MAX)
		return;
	reordering = &forbidding->reordering[forbidding->nr++];
	*reordering = (struct forbidding_reordering){
		.task = entry->task,
		.op = entry->op,
		.late = entry->kind == ENTRY_DELAY,
		.site = forbid->path[at].site,
	};
	nr = find_places(forbid, at, reordering->late, places);
	if (!nr)
		return;
	for (i = nr; i-- > 0;)
		if (find_ways(forbid, reordering, places[i]))
			return;
	reordering->passed = places[nr - 1];
	reordering->ways[reordering->nr++] = (struct forbidding_way){
		.order = MACHINE_FULL,
		.here = true,
	};
}

bool forbidding_find(struct worker *worker, const struct program *program,
		     struct forbidding *forbidding)
{
	struct forbid forbid = { .worker = worker, .program = program };
	const struct passage *path;
	unsigned int i;

	memset(forbidding, 0, sizeof(*forbidding));
	if (!program_nr_reorderings(program))
		return true;
	worker_fence(worker, NULL);
	if (!worker_run(worker, program, WORKER_PATH, &forbid.story))
		return false;
	if (!*forbid.story.id)
		return true;
	path = worker_path(worker, &forbid.nr);
	memcpy(forbid.path, path, forbid.nr * sizeof(*path));
	forbidding->preemptions = forbid.story.preemptions;
	forbidding->reorderings = program_nr_reorderings(program);
	for (i = 0; i < forbid.story.nr_taken && i < PROGRAM_SWITCHES; i++)
		if (forbid.story.taken[i].kind != ENTRY_SWITCH)
			find_one(&forbid, &forbid.story.taken[i], forbidding);
	return !forbid.stopped;
}
