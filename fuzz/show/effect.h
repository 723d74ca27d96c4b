/* SPDX-License-Identifier: MIT */
/*
 * effect.h: effect: when the steps of a recorded run took effect, by one clock for
 * all of them. With a sequentially consistent memory that is their order; on weak
 * memory (../memory/weak.h) a late store takes effect when others come to see it,
 * and a load of the past right before the store that it did not see.
 */
#ifndef FUZZ_EFFECT_H
#define FUZZ_EFFECT_H

#include "record.h"

#define EFFECT_NEVER UINT32_MAX /* a late store that nobody came to see */

/* Of two steps that meet the smaller one is the earlier; of one that is not recorded: NEVER. */
uint32_t effect_time(const struct record *record, unsigned int at);
/*
 * The store that step @at, a load of the past, did not see: of those in between the
 * first. Returns: record->nr if that is not recorded.
 */
unsigned int effect_missed(const struct record *record, unsigned int at);
/* The step whose store landing @landing is; record->nr if that is not recorded. */
unsigned int effect_landed(const struct record *record, unsigned int landing);

#endif
