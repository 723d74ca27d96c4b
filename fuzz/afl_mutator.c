/* SPDX-License-Identifier: MIT */
/*
 * afl_mutator.c: the harness's mutator as an AFL++ custom mutator, a shared
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
#include <stdio.h>
#include <stdlib.h>

#include "hash.h"
#include "mutate.h"
#include "mutator.h"
#include "targets.h"
#include "tsan_report.h"

const int sanitizers_halt = 1;

#define POOL 16384 /* programs; later ones take the place of early ones */

struct afl_mutator {
	struct engine engine;
	struct mutator mutator;
	struct rng rng;
	unsigned long nr; /* that came into the pool */
	struct program pool[POOL];
	uint32_t offered; /* hash of what AFL++ offered last */
	uint8_t out[PROGRAM_BYTES_MAX];
};

void *afl_custom_init(void *afl, unsigned int seed);
uint8_t afl_custom_queue_new_entry(struct afl_mutator *self, const char *path,
				   const char *parent);
size_t afl_custom_fuzz(struct afl_mutator *self, uint8_t *data, size_t size,
		       uint8_t **out, uint8_t *other, size_t other_size,
		       size_t max_size);
void afl_custom_deinit(struct afl_mutator *self);

void *afl_custom_init(void *afl, unsigned int seed)
{
	struct afl_mutator *self = calloc(1, sizeof(*self));

	(void)afl;
	if (!self)
		return NULL;
	targets_init();
	engine_init(&self->engine);
	mutator_init(&self->mutator, &self->engine, variants[0].target);
	rng_seed(&self->rng, seed);
	return self;
}

/* The mutator's own runs are executions, too; AFL++ does not count them. */
void afl_custom_deinit(struct afl_mutator *self)
{
	fprintf(stderr, "pagerace: executions of the mutator %lu\n",
		self->engine.executions);
	engine_destroy(&self->engine);
	free(self);
}

static void pool_add(struct afl_mutator *self, const uint8_t *data, size_t size)
{
	program_decode(data, size, &self->pool[self->nr++ % POOL]);
}

/* Later ones more often. */
static const struct program *pool_draw(struct afl_mutator *self)
{
	unsigned int nr = self->nr < POOL ? (unsigned int)self->nr : POOL;
	unsigned int a = rng_below(&self->rng, nr);
	unsigned int b = rng_below(&self->rng, nr);

	return &self->pool[(self->nr - nr + (a > b ? a : b)) % POOL];
}

/* AFL++ has kept an input. Returns: false, it is as it is. */
uint8_t afl_custom_queue_new_entry(struct afl_mutator *self, const char *path,
				   const char *parent)
{
	uint8_t data[PROGRAM_BYTES_MAX];
	FILE *file = fopen(path, "rb");

	(void)parent;
	if (file) {
		pool_add(self, data, fread(data, 1, sizeof(data), file));
		fclose(file);
	}
	return false;
}

/* Entries of the start, and of a session that goes on, come this way only. */
static void take_offer(struct afl_mutator *self, const uint8_t *data,
		       size_t size)
{
	uint32_t hash = hash_bytes(HASH_START, data, size);

	if (self->nr && hash == self->offered)
		return;
	self->offered = hash;
	pool_add(self, data, size);
}

/* What the fuzz target does under libFuzzer. */
static void play_last_child(struct mutator *mutator)
{
	const struct run_options options = { .record = &mutator->record };

	if (mutator->children)
		engine_run(mutator->engine, mutator->target, &mutator->child,
			   &options);
}

/* As libFuzzer does it: one child in two has two parents. */
size_t afl_custom_fuzz(struct afl_mutator *self, uint8_t *data, size_t size,
		       uint8_t **out, uint8_t *other, size_t other_size,
		       size_t max_size)
{
	struct program child;

	(void)other, (void)other_size;
	take_offer(self, data, size);
	if (rng_one_in(&self->rng, 2)) {
		mutate_cross(pool_draw(self), pool_draw(self), &child,
			     &self->rng);
	} else {
		play_last_child(&self->mutator);
		child = *pool_draw(self);
		mutator_next(&self->mutator, &child, rng_next(&self->rng));
	}
	*out = self->out;
	if (max_size > sizeof(self->out))
		max_size = sizeof(self->out);
	return program_encode(&child, self->out, max_size);
}
