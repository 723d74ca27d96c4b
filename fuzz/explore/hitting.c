/* SPDX-License-Identifier: MIT */
/* hitting.c: see hitting.h. */
#include "hitting.h"

void hitting_add(struct hitting *hitting, uint64_t set)
{
	unsigned int i, nr = 0;

	if (!set)
		return;
	for (i = 0; i < hitting->nr; i++)
		if (!(hitting->set[i] & ~set))
			return;
	for (i = 0; i < hitting->nr; i++)
		if (set & ~hitting->set[i])
			hitting->set[nr++] = hitting->set[i];
	hitting->nr = nr;
	hitting->full |= nr == HITTING_SETS;
	if (nr < HITTING_SETS)
		hitting->set[hitting->nr++] = set;
}

/* Of the sets that @taken has nothing of, one with fewest things; 0: none. */
static uint64_t smallest_left(const struct hitting *hitting, uint64_t taken)
{
	uint64_t smallest = 0;
	unsigned int i;

	for (i = 0; i < hitting->nr; i++) {
		uint64_t set = hitting->set[i];

		if (!(set & taken) &&
		    (!smallest || __builtin_popcountll(set) <
					  __builtin_popcountll(smallest)))
			smallest = set;
	}
	return smallest;
}

/* With @left more things than @taken; 0: not possible, or @looks are used up. */
static uint64_t with_more(const struct hitting *hitting, uint64_t taken,
			  unsigned int left, unsigned long *looks)
{
	uint64_t set = smallest_left(hitting, taken), found = 0;

	if (!set)
		return taken;
	for (; left && set && !found && *looks; set &= set - 1) {
		--*looks;
		found = with_more(hitting, taken | (set & -set), left - 1,
				  looks);
	}
	return found;
}

static uint64_t one_by_one(const struct hitting *hitting)
{
	uint64_t taken = 0;

	while (smallest_left(hitting, taken)) {
		unsigned int hits[64] = { 0 }, best = 0, i, thing;

		for (i = 0; i < hitting->nr; i++)
			for (thing = 0; thing < 64; thing++)
				hits[thing] += !(hitting->set[i] & taken) &&
					       hitting->set[i] >> thing & 1;
		for (thing = 1; thing < 64; thing++)
			if (hits[thing] > hits[best])
				best = thing;
		taken |= 1ULL << best;
	}
	return taken;
}

uint64_t hitting_fewest(const struct hitting *hitting)
{
	unsigned long looks = HITTING_LOOKS;
	uint64_t found = 0;
	unsigned int nr;

	for (nr = 1; hitting->nr && !found && looks; nr++)
		found = with_more(hitting, 0, nr, &looks);
	return hitting->nr && !looks ? one_by_one(hitting) : found;
}
