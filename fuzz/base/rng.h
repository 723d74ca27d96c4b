/* SPDX-License-Identifier: MIT */
/*
 * rng.h: a small random generator (xorshift64*), seeded, never from a clock.
 */
#ifndef FUZZ_RNG_H
#define FUZZ_RNG_H

#include <stdbool.h>
#include <stdint.h>

struct rng {
	uint64_t state;
};

static inline void rng_seed(struct rng *rng, uint64_t seed)
{
	rng->state = (seed + 0x9e3779b97f4a7c15ULL) * 0xbf58476d1ce4e5b9ULL;
	if (!rng->state)
		rng->state = 1;
}

/*
 * A seed for the @nr-th of many that @seed stands for. Each @nr has another; those
 * of other seeds, neighbours too, have nothing to do with them.
 */
static inline uint64_t rng_mix(uint64_t seed, uint64_t nr)
{
	unsigned int i;

	for (i = 0; i < 2; i++) {
		seed = (seed ^ seed >> 32) * 0xbf58476d1ce4e5b9ULL;
		seed = (seed ^ seed >> 29) * 0x2545f4914f6cdd1dULL;
		seed ^= seed >> 32;
		if (!i)
			seed += nr + 0x9e3779b97f4a7c15ULL;
	}
	return seed;
}

static inline uint32_t rng_next(struct rng *rng)
{
	rng->state ^= rng->state >> 12;
	rng->state ^= rng->state << 25;
	rng->state ^= rng->state >> 27;
	return (uint32_t)(rng->state * 0x2545f4914f6cdd1dULL >> 32);
}

/* 0 .. @n - 1; 0 if @n is 0. */
static inline unsigned int rng_below(struct rng *rng, unsigned int n)
{
	return (unsigned int)((uint64_t)rng_next(rng) * n >> 32);
}

/* True once in @n times. */
static inline bool rng_one_in(struct rng *rng, unsigned int n)
{
	return rng_below(rng, n) == 0;
}

/* Small numbers are tried more often: @n equally likely, seldom any of @all. */
static inline unsigned int rng_small(struct rng *rng, unsigned int n,
				     unsigned int all)
{
	return rng_below(rng, rng_one_in(rng, 16) ? all : n);
}

#endif
