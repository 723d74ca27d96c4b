/* SPDX-License-Identifier: MIT */
/*
 * afl_mutator.h: the harness's mutator as an AFL++ custom mutator, a shared
 * object of its own (AFL_CUSTOM_MUTATOR_LIBRARY).
 *
 * AFL++ runs the target in another process. What the mutator wants to know of
 * the child that it handed out last is known there, so it plays that child once
 * more, here: the object holds an engine and the target.
 *
 * AFL++ would mutate few programs, small and fast ones, many times in a row: it
 * weighs by edges. Schedules want all of the queue, late finds more often, as
 * libFuzzer goes about it. So the mutator keeps the queue's programs and draws
 * from those; what AFL++ offers it is a program that it may not know yet.
 * See: AFL++, docs/custom_mutators.md
 */
#ifndef FUZZ_AFL_MUTATOR_H
#define FUZZ_AFL_MUTATOR_H

#include <stddef.h>
#include <stdint.h>

struct afl_mutator;

/* Returns: NULL if memory is short. */
void *afl_custom_init(void *afl, unsigned int seed);
/* AFL++ has kept the input in @path. Returns: false, it is as it is. */
uint8_t afl_custom_queue_new_entry(struct afl_mutator *self, const char *path,
				   const char *parent);
/*
 * The next input to try, in @out until the next call, at most @max_size bytes.
 * @data is what AFL++ would mutate. Returns: the size.
 */
size_t afl_custom_fuzz(struct afl_mutator *self, uint8_t *data, size_t size,
		       uint8_t **out, uint8_t *other, size_t other_size,
		       size_t max_size);
void afl_custom_deinit(struct afl_mutator *self);

#endif
