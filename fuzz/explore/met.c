/* SPDX-License-Identifier: MIT */
/* met.c: see met.h. */
#include "met.h"

static void set_bit(uint64_t *map, uint32_t hash)
{
	map[hash % MET_BITS / 64] |= 1ULL << hash % 64;
}

static uint32_t unordered(uint32_t a, uint32_t b)
{
	return a < b ? hash_word(hash_word(HASH_START, a), b) :
		       hash_word(hash_word(HASH_START, b), a);
}

struct met_mark met_mark(const struct task *task)
{
	const struct site *site = task->inside ? task->m.site : NULL;
	uint32_t mark = hash_word(HASH_START, site ? site->name_hash : 0);

	if (task->list && task->op < task->list->nr) {
		const struct program_op *op = &task->list->ops[task->op];

		mark = hash_word(mark, op->op);
		mark = hash_word(mark, op->order * 2U + op->compound);
	}
	return (struct met_mark){ .mark = mark, .place = task->op };
}

void met_add(struct met *met, const struct met_mark *a,
	     const struct met_mark *b)
{
	set_bit(met->pairs, unordered(a->mark, b->mark));
	set_bit(met->places, unordered(hash_word(a->mark, a->place),
				       hash_word(b->mark, b->place)));
}

static unsigned int merge_map(uint64_t *to, const uint64_t *from)
{
	unsigned int i, nr = 0;

	for (i = 0; i < MET_WORDS; i++) {
		nr += (unsigned int)__builtin_popcountll(from[i] & ~to[i]);
		to[i] |= from[i];
	}
	return nr;
}

struct met_new met_merge(struct met *to, const struct met *from)
{
	struct met_new new;

	new.pairs = merge_map(to->pairs, from->pairs);
	new.places = merge_map(to->places, from->places);
	return new;
}
