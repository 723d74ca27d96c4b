/* SPDX-License-Identifier: MIT */
/*
 * hitting.h: a hitting set: the fewest of up to 64 things of which each of many
 * sets has one.
 *
 * Of several it is the first in order of things. Where it would take more than
 * HITTING_LOOKS looks, things are taken one by one, that of most sets first: they
 * may be more than the fewest.
 */
#ifndef FUZZ_HITTING_H
#define FUZZ_HITTING_H

#include <stdbool.h>
#include <stdint.h>

#define HITTING_SETS 1024
#define HITTING_LOOKS 200000

struct hitting {
	unsigned int nr;
	uint64_t set[HITTING_SETS]; /* none has all of another */
	bool full; /* there were more */
};

/* One more set, of which something is needed; an empty one is none. */
void hitting_add(struct hitting *hitting, uint64_t set);
uint64_t hitting_fewest(const struct hitting *hitting);

#endif
