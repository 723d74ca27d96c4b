/* SPDX-License-Identifier: MIT */
/* trace_failure_test.c: what went wrong in the end, in its own terms. */
#include "show_stage.h"

static const char *failure(struct stage *stage, const struct target *target,
			   const char *text)
{
	const struct variant variant = { .target = target, .revert = "none" };
	static char got[TRACE_WHY];
	struct show show;

	stage_parse(&stage->program, text);
	show = play(stage, &variant, &stage->program);
	trace_failure(&show.trace, got, sizeof(got));
	return got;
}

/* Without numbers of lines, which the core's edits change. */
static void expect_failure(const char *got, const char *expected)
{
	static char masked[TRACE_WHY];
	size_t at = 0;

	for (; *got; got++) {
		masked[at++] = *got;
		if (*got == ':' && got[1] >= '0' && got[1] <= '9')
			got = strchr(got, ']') - 1;
	}
	masked[at] = '\0';
	assert_string_equal(masked, expected);
}

static void a_lost_page_names_who_gave_it_up(void **state)
{
	expect_failure(failure(*state, stage_core("free-without-tail"),
			       FOUNDING_RACE),
		       "page 1 is in nobody's books in the end, and so are 2 "
		       "more; page 1 was given up last by task1, in free b0 "
		       "(pages 0 to 3)");
}

static void two_owners_are_named(void **state)
{
	expect_failure(failure(*state, targets_find("treiber", NULL)->target,
			       "task0 b0 = alloc\ntask0 b1 = alloc\n"
			       "task1 b2 = alloc\ntask1 b3 = alloc\n"
			       "task1 free b2\n"
			       "preempt task0 op0 point 3 -> task1\n"),
		       "node 1 was handed out to task0, in b1 = pop, while "
		       "task1, in b3 = pop, had got it and not given it back");
}

static void who_used_it_and_who_freed_it_are_named(void **state)
{
	expect_failure(
		failure(*state, stage_core("no-grace-period"),
			"setup add 3\ntask0 lookup 3\ntask1 remove 3\n"
			"preempt task0 op0 before xas_descend -> task1\n"),
		"task0, in lookup 3, is about to use node 0 slot[3] in "
		"xas_descend [xarray.c:]; node 0 was given back by "
		"task1, in remove 3, right after its step in xas_erase "
		"[xarray.c:]");
}

static bool is_of_a_page(const struct trace *trace, unsigned int at)
{
	const struct target_place place =
		trace_place(trace, trace->record->steps[at].addr);

	return place.thing && !strcmp(place.thing, "page");
}

/* What an assertion is about, as machine_bug_of() has it. */
static void an_assertion_names_the_page_it_is_about(void **state)
{
	static const char program[] =
		"setup b0 = alloc order=2 compound\nsetup r0 = get b0\n"
		"task0 free b0\ntask1 put r0\n"
		"task1 b1 = alloc order=1\ntask1 b2 = alloc order=1\n"
		"preempt task0 op0 before PageHead -> task1\n";
	const struct variant *variant = targets_find("core", "late-head-read");
	struct stage *stage = *state;
	struct finding *finding = &stage->engine.verdict.finding;
	static char got[TRACE_WHY];
	struct show show;
	unsigned int at = 0;

	stage_parse(&stage->program, program);
	show = play(stage, variant, &stage->program);
	assert_string_not_equal(finding->id, finding->checker->id);
	while (!is_of_a_page(&show.trace, at))
		at++;
	finding->object = stage->record.steps[at].addr;
	trace_failure(&show.trace, got, sizeof(got));
	assert_non_null(strstr(got, "; it is about page 0, which is "));
	finding->object = NULL;
	trace_failure(&show.trace, got, sizeof(got));
	assert_null(strstr(got, "it is about"));
}

static const char lost_wake_up[] =
	"task0 add 3\ntask1 read 3\n"
	"preempt task0 op0 before SetPageUptodate -> task1\n"
	"preempt task1 op0 before put_and_wait_on_page_locked:prepare_to_wait(&page->flags) "
	"-> task0\n";

static void who_sleeps_and_who_woke_before_are_named(void **state)
{
	expect_failure(failure(*state, stage_core("look-before-joining"),
			       lost_wake_up),
		       "task1 sleeps in put_and_wait_on_page_locked "
		       "[filemap.c:], waiting for page 0 flags; the last "
		       "wake_up_var there was task0's, in unlock_page "
		       "[page.h:], before it last began to wait");
}

/* Two locks, in either order. */
static void lock_both(const struct op_args *args, struct op_result *result)
{
	spinlock_t *first = args->index ? &fake.other : &fake.lock;
	spinlock_t *second = args->index ? &fake.lock : &fake.other;

	(void)result;
	spin_lock(first);
	spin_lock(second);
	spin_unlock(second);
	spin_unlock(first);
}

static void who_waits_for_whom_is_named(void **state)
{
	struct target target = target_fake;

	target.operations[OP_ADD] = lock_both;
	expect_failure(
		failure(*state, &target,
			"task0 add 0\ntask1 add 1\n"
			"preempt task0 op0 point 2 -> task1\n"),
		"task0 waits in lock_both [trace_failure_test.c:], at "
		"spin_lock of fake 16 word, which task1 took in "
		"lock_both [trace_failure_test.c:]; task1 waits in "
		"lock_both [trace_failure_test.c:], at spin_lock of fake "
		"12 word, which task0 took in lock_both "
		"[trace_failure_test.c:]");
}

static void a_clean_run_has_no_failure(void **state)
{
	expect_failure(failure(*state, stage_core("none"), FOUNDING_RACE), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_lost_page_names_who_gave_it_up),
		cmocka_unit_test(two_owners_are_named),
		cmocka_unit_test(who_used_it_and_who_freed_it_are_named),
		cmocka_unit_test(an_assertion_names_the_page_it_is_about),
		cmocka_unit_test(who_sleeps_and_who_woke_before_are_named),
		cmocka_unit_test(who_waits_for_whom_is_named),
		cmocka_unit_test(a_clean_run_has_no_failure),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
