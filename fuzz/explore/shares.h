/* SPDX-License-Identifier: MIT */
/*
 * shares.h: shares: a tour in parts, each of which can be played by another.
 *
 *	shares_add(&shares, &tour);
 *	while (shares.nr) {
 *		share = shares_take(&shares);
 *		... play some of share->tour, or of a copy of it ...
 *		shares_return(&shares, share, &tour, idle);
 *	}
 *
 * With reduction a share holds on to what it has left until the one that it was
 * split from is done (dpor_part.c): all are one chain, the one that has the first
 * choices at the bottom.
 */
#ifndef FUZZ_SHARES_H
#define FUZZ_SHARES_H

#include "tour.h"

#define SHARES_MAX 128

struct share {
	struct tour tour; /* as it is, or was given out */
	struct share *above, *below; /* in the chain */
	bool given;
	bool waits; /* for those above */
};

struct shares {
	unsigned int nr; /* those that are given out, too */
	struct share *top;
};

/* A copy of @tour, below all others. Aborts with a message if there is no room. */
struct share *shares_add(struct shares *shares, const struct tour *tour);
/* One that can be played. Returns: NULL if there is none. */
struct share *shares_take(struct shares *shares);
/* How many there are that could be taken. */
unsigned int shares_ready(const struct shares *shares);
/*
 * @share comes back as @tour, which may be its own. It is split while there are
 * fewer shares than @wanted that can be taken; what is done is freed.
 */
void shares_return(struct shares *shares, struct share *share,
		   const struct tour *tour, unsigned int wanted);
void shares_clear(struct shares *shares);

#endif
