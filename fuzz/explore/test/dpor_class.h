/* SPDX-License-Identifier: MIT */
/*
 * dpor_class.h: the class of a schedule by what its accesses met, said once more,
 * from the outside: nothing here is the reduction's.
 */
#ifndef FUZZ_TEST_DPOR_CLASS_H
#define FUZZ_TEST_DPOR_CLASS_H

#include "hash.h"
#include "record.h"
#include "stage.h"

#define CLASS_STEPS 1024 /* of a run, at most */

/* It loads, and leaves things as they were. */
static inline bool only_loads(const struct step *step)
{
	switch (step->site->kind) {
	case MACHINE_LOADS:
		return true;
	case MACHINE_TRYLOCKS:
		return step->old;
	case MACHINE_RMWS:
		return step->old == step->new;
	default:
		return false;
	}
}

/* Are two recorded accesses dependent? Said once more, from the outside. */
static inline bool dependent(const struct step *a, const struct step *b)
{
	const char *p = (const void *)(uintptr_t)a->addr;
	const char *q = (const void *)(uintptr_t)b->addr;

	return p && q && p < q + b->site->size && q < p + a->site->size &&
	       !(only_loads(a) && only_loads(b));
}

/*
 * The class of the run that was recorded: of all orders of its steps that order
 * the dependent ones alike, the one that takes the lowest task each time.
 */
static inline uint32_t class_of_accesses(const struct record *record)
{
	static bool done[CLASS_STEPS];
	uint32_t hash = HASH_START;
	unsigned int left, i, j, best;

	assert_true(record->nr < CLASS_STEPS);
	for (left = i = 0; i < record->nr; i++) {
		done[i] = record->steps[i].kind != STEP_ACCESS ||
			  record->steps[i].setup;
		left += !done[i];
	}
	for (; left; left--) {
		best = record->nr;
		for (i = 0; i < record->nr; i++) {
			const struct step *step = &record->steps[i];
			bool first = !done[i];

			for (j = 0; j < i && first; j++)
				first = done[j] ||
					(record->steps[j].task != step->task &&
					 !dependent(&record->steps[j], step));
			if (first && (best == record->nr ||
				      step->task < record->steps[best].task))
				best = i;
		}
		done[best] = true;
		hash = hash_word(hash, record->steps[best].task);
		hash = hash_word(hash, record->steps[best].site->hash);
	}
	return hash;
}

#endif
