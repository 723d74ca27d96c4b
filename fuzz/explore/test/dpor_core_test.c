/* SPDX-License-Identifier: MIT */
/*
 * dpor_core_test.c: the reduction on the core: of each schedule that there is with
 * a few preemptions one of its class is played.
 */
#include "dpor.h"
#include "dpor_class.h"
#include "explore.h"

#define CLASSES_MAX 200000
#define PREEMPTIONS_MAX 4

/* Of a class: the fewest preemptions of its schedules, or at least so many. */
struct seen {
	uint64_t class;
	unsigned int preemptions;
};

struct classes {
	unsigned int nr;
	struct seen seen[CLASSES_MAX];
};

/* Of a run that a finding ended in the middle, which finding that was. */
static void note_class(struct classes *classes, const struct stage *stage,
		       unsigned int preemptions)
{
	const struct finding *finding = &stage->engine.verdict.finding;
	uint64_t id = 0, accesses = 0;

	if (finding->checker)
		id = hash_string(HASH_START, finding->id);
	if (!finding->checker || stage->engine.hands_off)
		accesses = class_of_accesses(&stage->record);
	assert_true(classes->nr < CLASSES_MAX);
	classes->seen[classes->nr++] =
		(struct seen){ accesses << 32 | id, preemptions };
}

static int by_class(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;

	return (x->class > y->class) - (x->class < y->class);
}

static int by_class_and_preemptions(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;
	int order = by_class(a, b);

	return order ? order :
		       (x->preemptions > y->preemptions) -
			       (x->preemptions < y->preemptions);
}

static void sort_classes(struct classes *classes)
{
	unsigned int i, nr = 0;

	qsort(classes->seen, classes->nr, sizeof(classes->seen[0]),
	      by_class_and_preemptions);
	for (i = 0; i < classes->nr; i++)
		if (!nr || by_class(&classes->seen[nr - 1], &classes->seen[i]))
			classes->seen[nr++] = classes->seen[i];
	classes->nr = nr;
}

/* What the reduction says of the class that was played last. */
static unsigned int fewest(const struct dpor *dpor, const struct stage *stage)
{
	unsigned int most = 0;

	while (most < PREEMPTIONS_MAX &&
	       !dpor_within(dpor, &stage->engine, most))
		most++;
	return most;
}

static void play_all(struct stage *stage, const struct target *target,
		     struct classes *classes)
{
	static struct dpor dpor;
	struct policy policy;
	struct run_options options = { .policy = &policy };

	classes->nr = 0;
	dpor_begin(&dpor);
	dpor_policy(&policy, &dpor);
	options.observers[0] = &dpor.observer;
	options.observers[1] = record_observer(&stage->record);
	while (dpor_next(&dpor)) {
		engine_run(&stage->engine, target, &stage->program, &options);
		if (dpor_played(&dpor, &stage->engine))
			note_class(classes, stage, fewest(&dpor, stage));
	}
	sort_classes(classes);
}

static void play_some(struct stage *stage, const struct target *target,
		      unsigned int preemptions, struct classes *classes)
{
	static struct explore explore;
	struct policy policy;
	struct run_options options = { .policy = &policy };

	classes->nr = 0;
	explore_begin(&explore, preemptions);
	explore_policy(&policy, &explore);
	options.observers[0] = record_observer(&stage->record);
	while (explore_next(&explore)) {
		engine_run(&stage->engine, target, &stage->program, &options);
		note_class(classes, stage, stage->engine.verdict.preemptions);
	}
	sort_classes(classes);
}

static void expect_all(struct stage *stage, const char *revert,
		       unsigned int preemptions, const char *text)
{
	static struct classes all, some;
	const struct target *target = stage_core(revert);
	unsigned int i, exact = 0;

	stage_parse(&stage->program, text);
	play_all(stage, target, &all);
	play_some(stage, target, preemptions, &some);
	assert_true(some.nr > 1);
	for (i = 0; i < some.nr; i++) {
		const struct seen *seen = bsearch(&some.seen[i], all.seen,
						  all.nr, sizeof(some.seen[0]),
						  by_class);

		assert_non_null(seen);
		/* No schedule has fewer than its class is said to need. */
		assert_true(seen->preemptions <= some.seen[i].preemptions);
		exact += seen->preemptions == some.seen[i].preemptions;
	}
	/* ... and here, where nobody sleeps, one has so many. */
	assert_int_equal(exact, some.nr);
	print_message(
		"%s: %u classes of those up to %u preemptions, %u in all\n",
		revert, some.nr, preemptions, all.nr);
}

#define FOUNDING                                                               \
	"pcp high=0 batch=1\nsetup add 3\ntask0 lookup 3\n"                    \
	"task1 remove 3\ntask1 b0 = alloc order=2\ntask1 free b0\n"

static void no_class_of_a_few_preemptions_is_missed(void **state)
{
	expect_all(*state, "none", 3, FOUNDING);
	expect_all(*state, "free-without-tail", 3, FOUNDING);
	expect_all(*state, "late-head-read", 2,
		   "setup b0 = alloc order=2 compound\nsetup r0 = get b0\n"
		   "task0 free b0\ntask0 alloc\n"
		   "task1 put r0\ntask1 alloc order=1\n");
	expect_all(*state, "none", 2,
		   "setup add 1\nsetup add 5\ntask0 remove_range 0 count=4\n"
		   "task1 lookup_batch 0 count=4\n");
	expect_all(*state, "none", 2,
		   "pcp high=2 batch=1\nsetup b0 = alloc\n"
		   "task0 free b0\ntask0 drain_all\ntask1 alloc\n"
		   "task1 drain\n");
	expect_all(*state, "none", 2,
		   "irq task1\nsetup add 1\n"
		   "task0 remove 1\ntask1 alloc\ntask2 add 2\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_class_of_a_few_preemptions_is_missed),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
