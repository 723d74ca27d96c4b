/* SPDX-License-Identifier: MIT */
/*
 * positions.h: sets of positions in the cache, a bit each.
 *
 * Yields: never.
 */
#ifndef SANITIZERS_POSITIONS_H
#define SANITIZERS_POSITIONS_H

#include "target.h"

#define POSITIONS_WORDS (TARGET_INDEX_MAX / 64)

/* All zero: none. */
struct positions {
	uint64_t word[POSITIONS_WORDS];
};

static inline bool positions_has(const struct positions *set,
				 unsigned long position)
{
	return position < TARGET_INDEX_MAX &&
	       set->word[position / 64] >> position % 64 & 1;
}

static inline void positions_add(struct positions *set, unsigned long position)
{
	set->word[position / 64] |= 1ULL << position % 64;
}

static inline void positions_drop(struct positions *set, unsigned long position)
{
	set->word[position / 64] &= ~(1ULL << position % 64);
}

static inline bool positions_any(const struct positions *set)
{
	uint64_t any = 0;
	unsigned int i;

	for (i = 0; i < POSITIONS_WORDS; i++)
		any |= set->word[i];
	return any != 0;
}

/* @count of them from @position on, as far as its file goes. */
struct positions positions_range(unsigned long position, unsigned long count);

/* What @set has and @other has too; has not. */
static inline struct positions positions_in(struct positions set,
					    const struct positions *other)
{
	unsigned int i;

	for (i = 0; i < POSITIONS_WORDS; i++)
		set.word[i] &= other->word[i];
	return set;
}

static inline struct positions positions_beside(struct positions set,
						const struct positions *other)
{
	unsigned int i;

	for (i = 0; i < POSITIONS_WORDS; i++)
		set.word[i] &= ~other->word[i];
	return set;
}

static inline void positions_join(struct positions *set,
				  const struct positions *other)
{
	unsigned int i;

	for (i = 0; i < POSITIONS_WORDS; i++)
		set->word[i] |= other->word[i];
}

/* The first that @set has, from @from on; INDEX_MAX: none. */
static inline unsigned int positions_next(const struct positions *set,
					  unsigned int from)
{
	unsigned int i;
	uint64_t left;

	for (i = from / 64; i < POSITIONS_WORDS; i++, from = 0) {
		left = set->word[i] >> from % 64;
		if (left)
			return i * 64 + from % 64 +
			       (unsigned int)__builtin_ctzll(left);
	}
	return TARGET_INDEX_MAX;
}

/* @position is each that @set has, which is not written meanwhile. */
#define POSITIONS_EACH(position, set)                                          \
	for ((position) = positions_next(set, 0);                              \
	     (position) < TARGET_INDEX_MAX;                                    \
	     (position) = positions_next(set, (position) + 1))

#endif
