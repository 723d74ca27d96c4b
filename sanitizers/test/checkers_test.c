/* SPDX-License-Identifier: MIT */
/*
 * checkers_test.c: checkers at work: programs on the core and its reverts, and
 * a small target of our own that cannot go on.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "engine.h"
#include "machine.h"
#include "plural_noun.h"
#include "sites.h"
#include "targets.h"

static struct engine engine;

/* ------------------------------------------------- a target that is stuck */

static struct {
	spinlock_t lock;
	int word;
} hopeless;

static void hopeless_init(const struct target_config *config)
{
	(void)config;
	spin_lock_init(&hopeless.lock);
	hopeless.word = 0;
}

static int hopeless_regions(struct target_region *regions)
{
	*regions = (struct target_region){ .start = &hopeless,
					   .size = sizeof(hopeless) };
	return 1;
}

static void lock_twice(const struct op_args *args, struct op_result *result)
{
	(void)args, (void)result;
	spin_lock(&hopeless.lock);
	spin_lock(&hopeless.lock);
}

static void write_for_ever(const struct op_args *args, struct op_result *result)
{
	(void)args, (void)result;
	for (;;)
		WRITE_ONCE(hopeless.word, 1);
}

static void write_for_long(const struct op_args *args, struct op_result *result)
{
	int i;

	(void)args, (void)result;
	for (i = 0; i < 5000; i++)
		WRITE_ONCE(hopeless.word, i);
}

static void unlock_nothing(const struct op_args *args, struct op_result *result)
{
	(void)args, (void)result;
	spin_unlock(&hopeless.lock);
}

static const struct target target_hopeless = {
	.name = "hopeless",
	TARGET_SITES,
	.init = hopeless_init,
	.regions = hopeless_regions,
	.operations = { [OP_ADD] = lock_twice,
			[OP_REMOVE] = write_for_ever,
			[OP_RECLAIM] = write_for_long,
			[OP_DRAIN] = unlock_nothing },
};

/* ---------------------------------------------------------------- running */

static int bring_up(void **state)
{
	(void)state;
	sites_init_all();
	sites_init(&target_hopeless);
	engine_init(&engine);
	return 0;
}

static int take_down(void **state)
{
	(void)state;
	engine_destroy(&engine);
	return 0;
}

static const char *outcome_on(const struct target *target, const char *lines)
{
	char text[1024], error[128] = "";
	const struct verdict *verdict;
	struct text_head head;
	struct program program;

	snprintf(text, sizeof(text), "pagerace 1\n%s", lines);
	if (!text_parse(text, strlen(text), &head, &program, error,
			sizeof(error)))
		fail_msg("%s", error);
	verdict = engine_run(&engine, target, &program, NULL);
	return verdict->finding.checker ? verdict->finding.id : "clean";
}

/* It fires on the revert, and on the core as it is nothing does. */
static void expect_only_on(const char *revert, const char *id,
			   const char *lines)
{
	const struct variant *with = targets_find(NULL, revert);
	const struct variant *without = targets_find(NULL, "none");

	assert_non_null(with);
	assert_string_equal(outcome_on(with->target, lines), id);
	assert_string_equal(outcome_on(without->target, lines), "clean");
}

/* ------------------------------------------------------------- on reverts */

static void page_loss_is_reported_without_free_of_the_tail(void **state)
{
	(void)state;
	expect_only_on("free-without-tail", "page-loss",
		       "setup add 3\n"
		       "task0 lookup 3\n"
		       "task1 remove 3\n"
		       "task1 b0 = alloc order=2\n"
		       "task1 free b0\n"
		       "preempt task0 op0 before get_page_unless_zero -> task1\n"
		       "switch task1 op2 begin -> task0\n"
		       "preempt task0 op0 before xas_reload -> task1\n");
}

static void mail_as_first_written_is_silent_even_without_the_fix(void **state)
{
	const struct variant *variant = targets_find(NULL, "free-without-tail");

	(void)state;
	assert_string_equal(
		outcome_on(variant->target,
			   "setup add 3\n"
			   "task0 lookup 3\n"
			   "task1 remove 3\n"
			   "task1 b0 = alloc order=2\n"
			   "task1 free b0\n"
			   "preempt task0 op0 before xas_reload -> task1\n"),
		"clean");
}

#define LATE_OWNER                                                             \
	"setup b0 = alloc order=2 compound\n"                                  \
	"setup r0 = get b0\n"                                                  \
	"task0 free b0\n"                                                      \
	"task1 put r0\n"                                                       \
	"preempt task0 op0 before PageHead -> task1\n"

static void order_mismatch_is_reported_for_a_tail_freed_twice(void **state)
{
	(void)state;
	expect_only_on("late-head-read", "order-mismatch", LATE_OWNER);
}

static void owned_twice_is_reported_for_a_tail_with_an_owner(void **state)
{
	(void)state;
	expect_only_on("late-head-read", "owned-twice",
		       LATE_OWNER "task1 b1 = alloc order=2\n"
				  "task0 b2 = alloc\n");
}

static void target_bug_is_reported_by_the_id_of_the_assertion(void **state)
{
	(void)state;
	expect_only_on("late-head-read", "free-of-page-in-use",
		       LATE_OWNER "task1 b1 = alloc order=1\n"
				  "task1 b2 = alloc order=1\n");
}

static void wrong_page_is_reported_for_a_stranger_s_page(void **state)
{
	(void)state;
	expect_only_on("no-recheck", "wrong-page",
		       "setup add 3\n"
		       "task0 r0 = lookup 3\n"
		       "task1 remove 3\n"
		       "task1 b0 = alloc\n"
		       "preempt task0 op0 before get_page_unless_zero -> "
		       "task1\n");
}

static void wrong_page_is_silent_if_the_page_leaves_after_the_look(void **state)
{
	(void)state;
	expect_only_on("no-recheck", "clean",
		       "setup add 3\n"
		       "setup add 5\n"
		       "task0 r0 = lookup_batch 3 count=2\n"
		       "task1 remove 3\n"
		       "preempt task0 op0 before xas_find_from -> task1\n");
}

static void use_after_free_is_reported_for_a_node_without_grace(void **state)
{
	(void)state;
	expect_only_on("no-grace-period", "use-after-free",
		       "setup add 3\n"
		       "task0 lookup 3\n"
		       "task1 remove 3\n"
		       "preempt task0 op0 before xas_descend -> task1\n");
}

/* --------------------------------------------------------------- progress */

static void deadlock_is_reported_if_nobody_can_run(void **state)
{
	(void)state;
	assert_string_equal(outcome_on(&target_hopeless, "task0 add 1\n"),
			    "deadlock");
}

static void stuck_is_reported_if_no_operation_ends(void **state)
{
	(void)state;
	assert_string_equal(outcome_on(&target_hopeless,
				       "task0 remove 1\n"
				       "task1 remove 1\n"),
			    "stuck");
}

static void long_operations_are_not_stuck(void **state)
{
	(void)state;
	assert_string_equal(outcome_on(&target_hopeless,
				       "task0 reclaim 1\n"
				       "task1 reclaim 1\n"),
			    "clean");
}

static void unlock_of_a_lock_that_nobody_holds_is_reported(void **state)
{
	(void)state;
	assert_string_equal(outcome_on(&target_hopeless, "task0 drain\n"),
			    "unlock-by-stranger");
}

static void progress_is_judged_by_rounds_and_by_who_can_run(void **state)
{
	const struct progress few = { true, 1 }, many = { true, 1000000 };
	const struct progress nobody = { false, 0 };
	struct finding finding;

	(void)state;
	assert_false(checkers_progress(&few, &finding));
	assert_true(checkers_progress(&many, &finding));
	assert_string_equal(finding.id, "stuck");
	assert_true(checkers_progress(&nobody, &finding));
	assert_string_equal(finding.id, "deadlock");
}

static void promises_speak_of_what_the_target_has(void **state)
{
	const struct target single = { .name = "ring", .page_name = "slot" };
	const struct target *core = targets_find(NULL, NULL)->target;
	char text[CHECKER_PROMISE_MAX];

	(void)state;
	assert_string_equal(checker_promise(&checker_order_mismatch, core,
					    text),
			    checker_order_mismatch.promise);
	assert_string_equal(checker_promise(&checker_page_loss, core, text),
			    checker_page_loss.promise);
	assert_string_equal(checker_promise(&checker_order_mismatch, &single,
					    text),
			    "a free slot is in one place, once");
	assert_string_equal(checker_promise(&checker_page_loss, &single, text),
			    "at quiescence every slot is free or owned");
	assert_string_equal(checker_promise(&checker_free_list, &single, text),
			    "free lists are linked both ways and hold unused "
			    "slots");
}

static void several_entries_are_no_entrys_and_one_is_an_entry(void **state)
{
	static const char *const words[][2] = {
		{ "page", "pages" },	{ "entry", "entries" },
		{ "key", "keys" },	{ "box", "boxes" },
		{ "batch", "batches" }, { "path", "paths" },
		{ "y", "ys" },		{ "", "s" },
	};
	const struct target table = { .name = "table", .page_name = "entry" };
	char text[CHECKER_PROMISE_MAX];
	unsigned int i;

	(void)state;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		assert_string_equal(plural_noun(words[i][0], text,
						sizeof(text)),
				    words[i][1]);
	assert_string_equal(checker_promise(&checker_free_list, &table, text),
			    "free lists are linked both ways and hold unused "
			    "entries");
	assert_string_equal(checker_promise(&checker_contents, &table, text),
			    "an entry bears what its owner or the disk put "
			    "there");
}

static void a_long_word_for_a_page_is_cut_not_overrun(void **state)
{
	char name[2 * CHECKER_PROMISE_MAX], text[CHECKER_PROMISE_MAX];
	const struct target target = { .page_name = name };

	(void)state;
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	checker_promise(&checker_page_loss, &target, text);
	assert_int_equal(strlen(text), sizeof(text) - 1);
	checker_promise(&checker_free_list, &target, text);
	assert_int_equal(strlen(text), sizeof(text) - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			page_loss_is_reported_without_free_of_the_tail),
		cmocka_unit_test(
			mail_as_first_written_is_silent_even_without_the_fix),
		cmocka_unit_test(
			order_mismatch_is_reported_for_a_tail_freed_twice),
		cmocka_unit_test(
			owned_twice_is_reported_for_a_tail_with_an_owner),
		cmocka_unit_test(
			target_bug_is_reported_by_the_id_of_the_assertion),
		cmocka_unit_test(wrong_page_is_reported_for_a_stranger_s_page),
		cmocka_unit_test(
			wrong_page_is_silent_if_the_page_leaves_after_the_look),
		cmocka_unit_test(
			use_after_free_is_reported_for_a_node_without_grace),
		cmocka_unit_test(deadlock_is_reported_if_nobody_can_run),
		cmocka_unit_test(stuck_is_reported_if_no_operation_ends),
		cmocka_unit_test(long_operations_are_not_stuck),
		cmocka_unit_test(
			unlock_of_a_lock_that_nobody_holds_is_reported),
		cmocka_unit_test(
			progress_is_judged_by_rounds_and_by_who_can_run),
		cmocka_unit_test(promises_speak_of_what_the_target_has),
		cmocka_unit_test(
			several_entries_are_no_entrys_and_one_is_an_entry),
		cmocka_unit_test(a_long_word_for_a_page_is_cut_not_overrun),
	};

	return cmocka_run_group_tests(tests, bring_up, take_down);
}
