/* SPDX-License-Identifier: MIT */
/* afl_mutator.c: see afl_mutator.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "afl_mutator.h"
#include "bail.h"
#include "hash.h"
#include "mutate.h"
#include "mutator.h"
#include "sites.h"
#include "targets.h"

#define POOL 16384 /* programs; later ones take the place of early ones */
#define CONTENTS 65536 /* inputs that are told apart */

struct afl_mutator {
	struct engine engine;
	struct mutator mutator;
	struct rng rng;
	unsigned long nr; /* that came into the pool */
	struct program pool[POOL];
	bool known[CONTENTS]; /* by hash: it is, or was, in the pool */
	uint8_t out[PROGRAM_BYTES_MAX];
};

void *afl_custom_init(void *afl, unsigned int seed)
{
	/* Some of it wants cache lines of its own, which calloc() does not see. */
	struct afl_mutator *self =
		aligned_alloc(_Alignof(struct afl_mutator), sizeof(*self));

	(void)afl;
	if (!self)
		return NULL;
	memset(self, 0, sizeof(*self));
	sites_init_all();
	engine_init(&self->engine);
	bail_catch(&self->engine, NULL); /* afl-fuzz would die of it */
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

/* Into the pool, once. */
static void pool_add(struct afl_mutator *self, const uint8_t *data, size_t size)
{
	bool *known = &self->known[hash_contents(data, size) % CONTENTS];

	if (*known && self->nr)
		return;
	*known = true;
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

/* What the fuzz target does under libFuzzer. */
static void play_last_child(struct mutator *mutator)
{
	const struct run_options options = { .observers = { record_observer(
						     &mutator->record) } };

	if (mutator->children && !bail_run(mutator->engine, mutator->target,
					   &mutator->child, &options))
		mutator->engine->program = NULL; /* nothing to reverse */
}

/* As libFuzzer does it: one child in two has two parents. */
size_t afl_custom_fuzz(struct afl_mutator *self, uint8_t *data, size_t size,
		       uint8_t **out, uint8_t *other, size_t other_size,
		       size_t max_size)
{
	struct program child;

	(void)other, (void)other_size;
	/* Entries of the start, and of a session resumed, come this way only. */
	pool_add(self, data, size);
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
