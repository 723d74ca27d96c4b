/* SPDX-License-Identifier: MIT */
/* decide_pick.c: which orders are needed, and enough. See decide.h. */
#include <stdlib.h>
#include <string.h>

#include "decide_board.h"
#include "hitting.h"

#define POOL 64 /* candidates to choose from, the last ones */

/* In how many schedules a candidate did not hold, and in which it did. */
struct column {
	unsigned long without, lost_without;
	uint64_t held; /* a number for those in which it did */
};

struct pool {
	unsigned int nr;
	uint16_t candidate[POOL];
};

static uint64_t number_of_row(unsigned int row)
{
	uint64_t x = (row + 1) * 0x9e3779b97f4a7c15ULL;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ULL;
	x = (x ^ x >> 27) * 0x94d049bb133111ebULL;
	return x ^ x >> 31;
}

static void count_columns(const struct decide_board *board,
			  struct column *column)
{
	unsigned int i, row;

	memset(column, 0, board->candidates.nr * sizeof(*column));
	for (row = 0; row < board->nr; row++) {
		const struct decide_row *it = &board->row[row];
		uint64_t number = number_of_row(row);

		for (i = 0; i < board->candidates.nr; i++) {
			bool held = candidates_has(&it->held, i);

			column[i].without += !held;
			column[i].lost_without += !held && it->lost;
			column[i].held ^= held ? number : 0;
		}
	}
}

/* Steps between its two; a store that is late may come first in the record. */
static uint32_t distance_of(const struct candidate *order)
{
	return order->after > order->before ? order->after - order->before :
					      order->before - order->after;
}

static bool is_of_callback(const struct candidate *order)
{
	return order->task[0] == TASK_RCU || order->task[1] == TASK_RCU;
}

/*
 * Of two that say the same: accesses rather than locks, tasks rather than callbacks,
 * early ones, from which the others follow, near ones.
 */
static bool is_better(const struct candidate *a, const struct candidate *b)
{
	if (a->boundary != b->boundary)
		return b->boundary;
	if (a->section != b->section)
		return b->section;
	if (is_of_callback(a) != is_of_callback(b))
		return is_of_callback(b);
	if (a->after != b->after && !a->never && !b->never)
		return a->after < b->after;
	return distance_of(a) <= distance_of(b);
}

enum pool_of {
	POOL_NEEDED,
	POOL_NEEDED_IMPLIED, /* by others, in the story */
	POOL_OTHERS,
	POOL_OTHERS_IMPLIED,
	POOL_NEEDED_NEVER, /* before what did not come */
	POOL_OTHERS_NEVER,
};

static bool is_in_pool(const struct candidate *order,
		       const struct column *column, enum pool_of of)
{
	static const struct {
		bool needed, implied, never;
	} pools[] = {
		[POOL_NEEDED] = { .needed = true },
		[POOL_NEEDED_IMPLIED] = { .needed = true, .implied = true },
		[POOL_OTHERS] = { .needed = false },
		[POOL_OTHERS_IMPLIED] = { .implied = true },
		[POOL_NEEDED_NEVER] = { .needed = true, .never = true },
		[POOL_OTHERS_NEVER] = { .never = true },
	};

	return column->without && pools[of].needed == !column->lost_without &&
	       pools[of].implied == (order->implied || order->boundary) &&
	       pools[of].never == order->never;
}

/* Of those that say the same one. */
static void add_to_pool(const struct decide_board *board,
			const struct column *column, unsigned int nr,
			struct pool *pool)
{
	const struct candidate *order = board->candidates.order;
	unsigned int i;

	for (i = 0; i < pool->nr; i++) {
		uint16_t *known = &pool->candidate[i];

		if (column[*known].held != column[nr].held)
			continue;
		if (is_better(&order[nr], &order[*known]))
			*known = (uint16_t)nr;
		return;
	}
	if (pool->nr == POOL)
		memmove(pool->candidate, pool->candidate + 1,
			--pool->nr * sizeof(pool->candidate[0]));
	pool->candidate[pool->nr++] = (uint16_t)nr;
}

/* Accesses alone come first. */
static void fill_pool(const struct decide_board *board,
		      const struct column *column, enum pool_of of,
		      struct pool *pool)
{
	const struct candidates *candidates = &board->candidates;
	unsigned int i, boundary;

	pool->nr = 0;
	for (boundary = 0; boundary < 2; boundary++)
		for (i = 0; i < candidates->nr; i++)
			if (candidates->order[i].boundary == boundary &&
			    is_in_pool(&candidates->order[i], &column[i], of))
				add_to_pool(board, column, i, pool);
}

/* Those of @pool that did not hold in @row, a bit each. */
static uint64_t excluded_by(const struct pool *pool,
			    const struct decide_row *row)
{
	uint64_t set = 0;
	unsigned int i;

	for (i = 0; i < pool->nr; i++)
		if (!candidates_has(&row->held, pool->candidate[i]))
			set |= 1ULL << i;
	return set;
}

/* Those in which step @at stands. */
static uint64_t standing_in(const struct decide_board *board,
			    const struct pool *pool, uint32_t at)
{
	uint64_t set = 0;
	unsigned int i;

	for (i = 0; i < pool->nr; i++) {
		const struct candidate *order =
			&board->candidates.order[pool->candidate[i]];

		if (order->before == at || order->after == at)
			set |= 1ULL << i;
	}
	return set;
}

bool decide_all_held(const struct candidates_mask *chosen,
		     const struct decide_row *row)
{
	unsigned int i;

	for (i = 0; i < CANDIDATES_MAX / 64; i++)
		if (chosen->word[i] & ~row->held.word[i])
			return false;
	return true;
}

/* Schedules that ended otherwise, and that @chosen does not exclude, are to be. */
static void choose(const struct decide_board *board, const struct pool *pool,
		   bool all_steps, struct candidates_mask *chosen)
{
	static struct hitting hitting;
	uint64_t found;
	unsigned int i;

	hitting.nr = 0;
	hitting.full = false;
	for (i = 0; i < board->nr; i++)
		if (!board->row[i].lost &&
		    decide_all_held(chosen, &board->row[i]))
			hitting_add(&hitting,
				    excluded_by(pool, &board->row[i]));
	for (i = 0; i < pool->nr && all_steps; i++) {
		const struct candidate *order =
			&board->candidates.order[pool->candidate[i]];

		hitting_add(&hitting, standing_in(board, pool, order->before));
		hitting_add(&hitting, standing_in(board, pool, order->after));
	}
	found = hitting_fewest(&hitting);
	for (i = 0; i < pool->nr; i++)
		if (found >> i & 1)
			chosen->word[pool->candidate[i] / 64] |=
				1ULL << pool->candidate[i] % 64;
}

static bool is_enough(const struct decide_board *board,
		      const struct candidates_mask *chosen)
{
	unsigned int i;

	for (i = 0; i < board->nr; i++)
		if (!board->row[i].lost &&
		    decide_all_held(chosen, &board->row[i]))
			return false;
	return true;
}

static void choose_in_order(const struct decide_board *board,
			    const struct column *column, const enum pool_of *of,
			    unsigned int nr, struct candidates_mask *chosen)
{
	struct pool pool;
	unsigned int i;

	memset(chosen, 0, sizeof(*chosen));
	for (i = 0; i < nr; i++) {
		fill_pool(board, column, of[i], &pool);
		choose(board, &pool, of[i] == POOL_NEEDED, chosen);
	}
}

/*
 * Needed ones alone, if they are enough; with others, nearest first, if that is;
 * else needed ones, for what they are.
 */
static bool choose_of_all(const struct decide_board *board,
			  const struct column *column,
			  struct candidates_mask *chosen)
{
	static const enum pool_of ways[][6] = {
		{ POOL_NEEDED, POOL_NEEDED_IMPLIED },
		{ POOL_NEEDED, POOL_NEEDED_NEVER, POOL_NEEDED_IMPLIED },
		{ POOL_NEEDED, POOL_OTHERS, POOL_NEEDED_NEVER,
		  POOL_NEEDED_IMPLIED, POOL_OTHERS_IMPLIED, POOL_OTHERS_NEVER },
	};
	static const unsigned int nr[] = { 2, 3, 6 };
	struct candidates_mask tried;
	unsigned int way;

	for (way = 0; way < 3; way++) {
		choose_in_order(board, column, ways[way], nr[way], &tried);
		if (!way || is_enough(board, &tried))
			*chosen = tried;
		if (is_enough(board, &tried))
			return true;
	}
	return false;
}

static void count_all(const struct decide_board *board,
		      const struct candidates_mask *chosen,
		      struct deciding *deciding)
{
	unsigned int i;

	deciding->schedules = board->nr;
	deciding->lost = deciding->with = deciding->lost_with = 0;
	deciding->in_order = deciding->lost_in_order = 0;
	for (i = 0; i < board->nr; i++) {
		bool held = decide_all_held(chosen, &board->row[i]);

		deciding->lost += board->row[i].lost;
		deciding->in_order += !board->row[i].reordered;
		deciding->lost_in_order += !board->row[i].reordered &&
					   board->row[i].lost;
		deciding->with += held;
		deciding->lost_with += held && board->row[i].lost;
	}
}

static int deciding_compare(const void *left, const void *right)
{
	const struct deciding_order *a = left, *b = right;

	if (a->after != b->after)
		return a->after < b->after ? -1 : 1;
	return a->before < b->before ? -1 : a->before > b->before;
}

bool decide_choose(const struct decide_board *board,
		   struct candidates_mask *chosen)
{
	static struct column column[CANDIDATES_MAX];

	count_columns(board, column);
	return choose_of_all(board, column, chosen);
}

static struct deciding_order order_of(const struct decide_board *board,
				      const struct column *column,
				      unsigned int nr)
{
	const struct candidates *candidates = &board->candidates;
	const struct candidate *order = &candidates->order[nr];
	const struct candidate_step *step = candidates->step;
	const uint16_t *side = candidates->side[nr];

	return (struct deciding_order){
		.before = order->before,
		.after = order->never ? order->before : order->after,
		.section = order->section,
		.never = order->never,
		.never_task = order->never ? step[side[1]].task : 0,
		.never_op = order->never ? step[side[1]].op : 0,
		.never_nth = order->never ? step[side[1]].nth : 0,
		.site = { step[side[0]].site, step[side[1]].site },
		.without = column->without,
		.lost_without = column->lost_without,
	};
}

/* Why there is nothing to be told; NULL: there is. */
static const char *why_none(const struct deciding *deciding)
{
	if (!deciding->lost)
		return "no schedule that was played ends in it";
	if (deciding->lost == deciding->schedules)
		return "every schedule ends in it";
	if (!deciding->nr)
		return "no order of what its tasks meet decides";
	return deciding->nr > DECIDING_MAX ? "they are too many to be told" :
					     NULL;
}

void decide_tell(const struct decide_board *board,
		 const struct candidates_mask *chosen,
		 struct deciding *deciding)
{
	static struct column column[CANDIDATES_MAX];
	unsigned int i;

	count_columns(board, column);
	count_all(board, chosen, deciding);
	for (i = 0; i < board->candidates.nr; i++) {
		if (!candidates_has(chosen, i))
			continue;
		if (deciding->nr < DECIDING_MAX)
			deciding->order[deciding->nr] =
				order_of(board, &column[i], i);
		deciding->nr++;
	}
	deciding->none = why_none(deciding);
	if (deciding->none)
		deciding->nr = 0;
	qsort(deciding->order, deciding->nr, sizeof(deciding->order[0]),
	      deciding_compare);
}
