/* SPDX-License-Identifier: MIT */
/*
 * snapshot.c: the target as its init() leaves it, to be put back before a run.
 *
 * Promises: after snapshot_restore() the target is as if freshly brought up,
 * whatever the run before left behind. One configuration is kept; another
 * means init() and a new copy.
 *
 * What lies behind a region is nobody's: a pattern, poisoned. A run that writes
 * there is broken; what it wrote near is gone in the next run, the rest when it
 * was broken off, or when another configuration is brought up.
 */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

#include "memory_glue.h"
#include "tsan_glue.h"

#define BEHIND 0xff /* PAGE_POISON_PATTERN of include/linux/page-flags.h */
#define BEHIND_NEAR 4096 /* bytes put back for each run */

static bool config_equal(const struct target_config *a,
			 const struct target_config *b)
{
	return a->pages == b->pages && a->pcp_high == b->pcp_high &&
	       a->pcp_batch == b->pcp_batch &&
	       a->fanout_shift == b->fanout_shift;
}

static void snapshot_take(struct snapshot *snapshot)
{
	size_t size = 0;
	unsigned char *at;
	int i;

	for (i = 0; i < snapshot->nr_regions; i++)
		if (!snapshot->regions[i].contents)
			size += snapshot->regions[i].size;
	if (size > snapshot->size) {
		free(snapshot->copy);
		snapshot->copy = malloc(size);
		ensure(snapshot->copy);
		snapshot->size = size;
	}
	at = snapshot->copy;
	for (i = 0; i < snapshot->nr_regions; i++) {
		const struct target_region *region = &snapshot->regions[i];

		if (region->contents)
			continue;
		memcpy(at, region->start, region->size);
		at += region->size;
	}
}

/* At most @most bytes; what is poisoned nobody has written to. */
static void behind_put_back(const struct target_region *region, size_t most)
{
	char *behind = (char *)region->start + region->size;
	size_t size = region->behind < most ? region->behind : most;

	if (!size || asan_is_poisoned(behind))
		return;
	if (!region->contents)
		memset(behind, BEHIND, size);
	memory_dead(behind, ASAN_ON ? region->behind : size);
}

/* Another configuration came before: what was the target's is nobody's now. */
static void behind_close(const struct snapshot *snapshot,
			 const struct target_region *before, int nr_before)
{
	int i;

	for (i = 0; i < snapshot->nr_regions; i++) {
		const struct target_region *region = &snapshot->regions[i];
		size_t most = SIZE_MAX;

		if (i < nr_before && before[i].start == region->start)
			most = BEHIND_NEAR +
			       (before[i].size > region->size ?
					before[i].size - region->size :
					0);
		behind_put_back(region, most);
	}
}

/* The next to be brought up may have more. */
static void behind_open(const struct snapshot *snapshot)
{
	int i;

	for (i = 0; i < snapshot->nr_regions; i++) {
		const struct target_region *region = &snapshot->regions[i];

		asan_unpoison((char *)region->start + region->size,
			      region->behind);
	}
}

static void snapshot_put_back(struct snapshot *snapshot)
{
	const unsigned char *at = snapshot->copy;
	size_t behind = snapshot->soiled ? SIZE_MAX : BEHIND_NEAR;
	int i;

	snapshot->soiled = false;
	for (i = 0; i < snapshot->nr_regions; i++) {
		const struct target_region *region = &snapshot->regions[i];

		behind_put_back(region, behind);
		tsan_forget(region->start, region->size);
		if (region->contents) {
			memory_dead(region->start, region->size);
			continue;
		}
		memcpy(region->start, at, region->size);
		at += region->size;
	}
}

/* What another start-up, or a run, left is nobody's; if it was broken off, all. */
static void regions_close(const struct snapshot *snapshot)
{
	int i;

	for (i = 0; i < snapshot->nr_regions; i++) {
		const struct target_region *region = &snapshot->regions[i];
		size_t size = region->size;

		if (snapshot->soiled)
			size += region->behind;
		if (region->loaded)
			continue;
		asan_unpoison(region->start, size);
		if (!region->contents)
			memset(region->start, BEHIND, size);
		msan_fresh(region->start, region->size);
	}
}

static void regions_ask(struct snapshot *snapshot, const struct target *target)
{
	snapshot->nr_regions = target->regions(snapshot->regions);
	ensure(snapshot->nr_regions <= TARGET_REGIONS_MAX);
}

/*
 * Bring @target up over a pattern: init() has to write all that a run may read,
 * and what it leaves out is the same in each process. Where the regions lie is
 * known after the first time; where they end, under MSan, has to be known.
 */
static void snapshot_init(struct snapshot *snapshot, const struct target *target,
			  const struct target_config *config)
{
	behind_open(snapshot);
	if (MSAN_ON || snapshot->target != target) {
		target->init(config);
		regions_ask(snapshot, target);
	}
	regions_close(snapshot);
	target->init(config);
	regions_ask(snapshot, target);
}

void snapshot_restore(struct snapshot *snapshot, const struct target *target,
		      const struct target_config *config)
{
	struct target_region before[TARGET_REGIONS_MAX];
	int nr_before = 0;

	if (snapshot->target == target &&
	    config_equal(&snapshot->config, config)) {
		snapshot_put_back(snapshot);
		return;
	}
	memcpy(before, snapshot->regions, sizeof(before));
	if (snapshot->target == target && !snapshot->soiled)
		nr_before = snapshot->nr_regions;
	snapshot_init(snapshot, target, config);
	behind_close(snapshot, before, nr_before);
	snapshot->soiled = false;
	snapshot->target = target;
	snapshot->config = *config;
	snapshot_take(snapshot);
	snapshot_put_back(snapshot);
}

void snapshot_destroy(struct snapshot *snapshot)
{
	behind_open(snapshot);
	free(snapshot->copy);
	*snapshot = (struct snapshot){ 0 };
}
