/* SPDX-License-Identifier: MIT */
/*
 * fuzz_one.h: one execution under a fuzzing engine: bytes to verdict.
 *
 * One target a binary: the first.
 */
#ifndef FUZZ_FUZZ_ONE_H
#define FUZZ_FUZZ_ONE_H

#include "pulse.h"
#include "record.h"

/* Bring up engine and feedback, once. */
struct engine *fuzz_open(void);
const struct target *fuzz_target(void);
/* From now on @pulse is kept up to date. */
void fuzz_beat(struct pulse *pulse);
/*
 * Run @data, recorded in @record unless that is NULL. engine->program is what
 * it decoded to, until the next run. Returns: the verdict.
 */
const struct verdict *fuzz_one(const uint8_t *data, size_t size,
			       struct record *record);

#endif
