/* SPDX-License-Identifier: MIT */
/*
 * snapshot.h: the target as its init() leaves it, to be put back before a run.
 *
 * Promises: after snapshot_restore() the target is as if freshly brought up,
 * whatever the run before left behind. One configuration is kept; another
 * means init() and a new copy.
 */
#ifndef FUZZ_SNAPSHOT_H
#define FUZZ_SNAPSHOT_H

#include "engine.h"

void snapshot_restore(struct snapshot *snapshot, const struct target *target,
		      const struct target_config *config);
void snapshot_destroy(struct snapshot *snapshot);

#endif
