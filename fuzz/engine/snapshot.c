/* SPDX-License-Identifier: MIT */
/*
 * snapshot.c: the target as its init() leaves it, to be put back before a run.
 *
 * Promises: after snapshot_restore() the target is as if freshly brought up,
 * whatever the run before left behind. One configuration is kept; another
 * means init() and a new copy.
 */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

#include "memory_glue.h"

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

static void snapshot_put_back(const struct snapshot *snapshot)
{
	const unsigned char *at = snapshot->copy;
	int i;

	for (i = 0; i < snapshot->nr_regions; i++) {
		const struct target_region *region = &snapshot->regions[i];

		if (region->contents) {
			memory_dead(region->start, region->size);
			continue;
		}
		memcpy(region->start, at, region->size);
		at += region->size;
	}
}

/*
 * Bring @target up. Under MSan twice: where its regions lie is known after the
 * first time, and the second has to write all that a run may read.
 */
static void snapshot_init(struct snapshot *snapshot, const struct target *target,
			  const struct target_config *config)
{
	int i;

	target->init(config);
	snapshot->nr_regions = target->regions(snapshot->regions);
	ensure(snapshot->nr_regions <= TARGET_REGIONS_MAX);
	if (!MSAN_ON)
		return;
	for (i = 0; i < snapshot->nr_regions; i++)
		msan_fresh(snapshot->regions[i].start,
			   snapshot->regions[i].size);
	target->init(config);
}

void snapshot_restore(struct snapshot *snapshot, const struct target *target,
		      const struct target_config *config)
{
	if (snapshot->target == target &&
	    config_equal(&snapshot->config, config)) {
		snapshot_put_back(snapshot);
		return;
	}
	snapshot_init(snapshot, target, config);
	snapshot->target = target;
	snapshot->config = *config;
	snapshot_take(snapshot);
	snapshot_put_back(snapshot);
}

void snapshot_destroy(struct snapshot *snapshot)
{
	free(snapshot->copy);
	*snapshot = (struct snapshot){ 0 };
}
