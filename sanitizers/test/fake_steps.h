/* SPDX-License-Identifier: MIT */
/*
 * fake_steps.h: an operation on the fake target, step by step: it begins, others
 * store, it ends and is judged.
 */
#ifndef SANITIZERS_TEST_FAKE_STEPS_H
#define SANITIZERS_TEST_FAKE_STEPS_H

#include <string.h>

#include "fake_target.h"

#define SELF 0
#define OTHER 1

static struct scene scene;
static struct finding finding;
static struct op_start start;
static struct op_args args;
static int left_page = TARGET_NO_PAGE; /* that it copied last */

/* @op of SELF begins. */
static inline void begin(enum operation op, unsigned long index,
			 unsigned int count)
{
	args = (struct op_args){ .pfn = TARGET_NO_PAGE,
				 .index = index,
				 .count = count };
	start = (struct op_start){ .task = SELF, .op = op, .args = &args };
	start.lookup = op == OP_LOOKUP || op == OP_LOOKUP_BATCH;
	checkers_begin(&scene, &start);
}

/* What removes all behind so many pages of the first file, and @part of one. */
static inline void begin_rest(unsigned int pages, unsigned int part)
{
	args = (struct op_args){ .pfn = TARGET_NO_PAGE,
				 .index = pages,
				 .own = { target_index(pages), part } };
	start = (struct op_start){ .task = SELF,
				   .op = OP_OWN_A,
				   .args = &args };
	checkers_begin(&scene, &start);
}

/* @task stores @pfn at @index. */
static inline void store(int task, unsigned long index, int pfn)
{
	const struct access access = { .task = task,
				       .kind = MACHINE_STORES,
				       .addr = &fake.cache[index],
				       .size = sizeof(int),
				       .old = (uint64_t)pfn,
				       .new = (uint64_t)pfn };

	fake_cached(&scene, index, pfn);
	assert_false(checkers_access(&scene, &access, &finding));
}

/* @task changes the reference count of @pfn. */
static inline void count_to(int task, int pfn, int count)
{
	const struct access access = { .task = task,
				       .kind = MACHINE_RMWS,
				       .addr = &fake.counts[pfn],
				       .size = sizeof(int),
				       .old = (uint64_t)fake.counts[pfn],
				       .new = (uint64_t)count };

	fake.counts[pfn] = count;
	assert_false(checkers_access(&scene, &access, &finding));
}

/* It ends with @result. Returns: the id of what is broken, or "clean". */
static inline const char *ends(const struct op_result *result)
{
	const struct op_end end = { .task = SELF,
				    .op = start.op,
				    .hands_out = start.op == OP_ALLOC,
				    .lookup = start.lookup,
				    .args = &args,
				    .result = result,
				    .left_page = left_page,
				    .left = MACHINE_DISK(args.index) };
	bool broken = checkers_result(&scene, &end, &finding);

	checkers_end(&scene, SELF);
	return broken ? finding.id : "clean";
}

static inline const char *ends_with_nothing(void)
{
	const struct op_result nothing = { .nr = 0 };

	return ends(&nothing);
}

#endif
