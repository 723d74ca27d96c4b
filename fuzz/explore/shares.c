/* SPDX-License-Identifier: MIT */
/* shares.c: see shares.h. */
#include "shares.h"

#include <stdlib.h>

/* Put a copy of @tour between @above and what is below that; NULL: on top. */
static struct share *insert_share(struct shares *shares,
				  const struct tour *tour, struct share *above)
{
	struct share *share = calloc(1, sizeof(*share));

	ensure(share && shares->nr < SHARES_MAX);
	tour_copy(&share->tour, tour);
	share->above = above;
	share->below = above ? above->below : shares->top;
	if (above)
		above->below = share;
	else
		shares->top = share;
	if (share->below)
		share->below->above = share;
	shares->nr++;
	return share;
}

struct share *shares_add(struct shares *shares, const struct tour *tour)
{
	struct share *last = shares->top;

	while (last && last->below)
		last = last->below;
	return insert_share(shares, tour, last);
}

static void remove_share(struct shares *shares, struct share *share)
{
	if (share->above)
		share->above->below = share->below;
	else
		shares->top = share->below;
	if (share->below)
		share->below->above = share->above;
	if (share->below && !share->above) {
		tour_let_go(&share->below->tour);
		share->below->waits = false;
	}
	shares->nr--;
	free(share);
}

void shares_clear(struct shares *shares)
{
	while (shares->top)
		remove_share(shares, shares->top);
}

struct share *shares_take(struct shares *shares)
{
	struct share *share = shares->top;

	while (share && (share->given || share->waits))
		share = share->below;
	if (share)
		share->given = true;
	return share;
}

unsigned int shares_ready(const struct shares *shares)
{
	const struct share *share;
	unsigned int nr = 0;

	for (share = shares->top; share; share = share->below)
		nr += !share->given && !share->waits;
	return nr;
}

/* What those below have to know of it. */
static void tell_below(const struct share *share)
{
	struct share *below;

	for (below = share->below; below; below = below->below) {
		tour_import(&below->tour, &share->tour);
		below->waits = !below->given && !tour_advance(&below->tour);
	}
}

static void split(struct shares *shares, struct share *share,
		  unsigned int wanted)
{
	static struct tour piece;

	while (shares_ready(shares) < wanted && shares->nr < SHARES_MAX &&
	       tour_split(&share->tour, &piece))
		insert_share(shares, &piece, share);
}

static void free_done(struct shares *shares)
{
	struct share *share = shares->top, *below;

	for (; share; share = below) {
		below = share->below;
		if (!share->given && !tour_advance(&share->tour) &&
		    tour_is_done(&share->tour))
			remove_share(shares, share);
	}
}

void shares_return(struct shares *shares, struct share *share,
		   const struct tour *tour, unsigned int wanted)
{
	static struct tour back;

	tour_copy(&back, tour);
	tour_import(&back, &share->tour); /* what it could not know */
	tour_copy(&share->tour, &back);
	if (!share->above)
		tour_let_go(&share->tour);
	share->given = false;
	tell_below(share);
	share->waits = !tour_advance(&share->tour);
	split(shares, share, wanted);
	free_done(shares);
}
