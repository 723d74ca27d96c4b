/* SPDX-License-Identifier: MIT */
/*
 * object_loss.c: at quiescence every object of machine_alloc() was given back, or
 * the target's regions lead to it, straight or through other such objects.
 *
 * As kmemleak does: an aligned word whose value lies in an object is a way to it.
 * A word that happens to look like one hides a loss, and never makes one. Asked
 * of targets that keep their pointers so (target.h, scanned).
 * See: Documentation/dev-tools/kmemleak.rst.
 */
#include <string.h>

#include "checker.h"

#ifdef __clang__
#define UNWATCHED_WORDS __attribute__((no_sanitize("address", "memory")))
#else
#define UNWATCHED_WORDS __attribute__((no_sanitize("address")))
#endif

#define SCAN_WORDS 64 /* at a time */

/* What was not found yet, and what was found and not looked through yet. */
struct scan {
	const struct arena *arena;
	unsigned int nr_lost;
	bool lost[ARENA_OBJECTS];
	unsigned int nr_grey;
	uint8_t grey[ARENA_OBJECTS];
};

static void scan_begin(struct scan *scan, const struct arena *arena)
{
	unsigned int i;

	scan->arena = arena;
	scan->nr_lost = scan->nr_grey = 0;
	for (i = 0; i < arena->fresh; i++) {
		scan->lost[i] = arena->size[i] != 0;
		scan->nr_lost += scan->lost[i];
	}
}

/* A word leads to @slot. */
static void scan_found(struct scan *scan, size_t slot)
{
	if (slot >= scan->arena->fresh || !scan->lost[slot])
		return;
	scan->lost[slot] = false;
	scan->nr_lost--;
	scan->grey[scan->nr_grey++] = (uint8_t)slot;
}

/* Padding and what was not written is read as well. */
UNWATCHED_WORDS static void scan_words(struct scan *scan, const uintptr_t *at,
				       const uintptr_t *end)
{
	typedef uintptr_t __attribute__((may_alias)) word;
	const uintptr_t slots = (uintptr_t)scan->arena->slots;
	const uintptr_t used = scan->arena->fresh * MACHINE_OBJECT_MAX;

	for (; at < end; at++) {
		uintptr_t in = *(const word *)at - slots;

		if (in < used)
			scan_found(scan, in / MACHINE_OBJECT_MAX);
	}
}

/* Objects that are found are looked through at once: most of the rest is not. */
static void scan_region(struct scan *scan, const void *start, size_t size)
{
	const uintptr_t *at = start, *end = at + size / sizeof(*at);

	while (at < end && scan->nr_lost) {
		const uintptr_t *stop =
			end - at > SCAN_WORDS ? at + SCAN_WORDS : end;

		scan_words(scan, at, stop);
		while (scan->nr_grey && scan->nr_lost) {
			uint8_t slot = scan->grey[--scan->nr_grey];

			at = (const uintptr_t *)scan->arena->slots[slot];
			scan_words(scan, at,
				   at + scan->arena->size[slot] / sizeof(*at));
		}
		at = stop;
	}
}

static void scan_regions(struct scan *scan, const struct target *target)
{
	struct target_region regions[TARGET_REGIONS_MAX];
	int i, nr = target->regions(regions);

	for (i = 0; i < nr; i++)
		if (!regions[i].contents)
			scan_region(scan, regions[i].start, regions[i].size);
}

static bool object_loss_quiescence(struct scene *scene, struct finding *finding)
{
	struct scan scan;
	unsigned int i = 0;

	if (!scene->target->scanned || !scene->arena ||
	    scene->arena->nr_queued == scene->arena->fresh)
		return false;
	scan_begin(&scan, scene->arena);
	if (scan.nr_lost)
		scan_regions(&scan, scene->target);
	if (!scan.nr_lost)
		return false;
	while (!scan.lost[i])
		i++;
	finding->object = scene->arena->slots[i];
	return true;
}

CHECKER_BROKEN(object_loss)

const struct checker checker_object_loss = {
	.id = "object-loss",
	.promise = "at quiescence every object is reachable or given back",
	.quiescence = object_loss_quiescence,
	.broken = object_loss,
};
