/* SPDX-License-Identifier: MIT */
/* finding_id_test.c: what a story may expect, and what is a slip of the pen. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "checker.h"
#include "finding_id.h"

static char why[256];

static bool is_possible(const char *id)
{
	return finding_id_is_possible(id, why, sizeof(why));
}

static void checkers_crashes_and_reports_are_known(void **state)
{
	const struct checker *const *checker;

	(void)state;
	for (checker = checkers; *checker; checker++) {
		assert_true(finding_id_is_known((*checker)->id));
		assert_true(is_possible((*checker)->id));
	}
	assert_true(finding_id_is_known("clean"));
	assert_true(finding_id_is_known(finding_id_of_signal(SIGSEGV)));
	assert_true(finding_id_is_known(finding_id_of_signal(SIGKILL)));
	assert_string_equal(finding_id_of_signal(SIGVTALRM), "timeout");
	assert_true(finding_id_is_known("timeout"));
	assert_true(finding_id_is_known("data-race"));
}

static void the_targets_own_may_be_anything(void **state)
{
	static const char *const ids[] = {
		"bad-page",
		"bug-in---filemap-get-folio",
		"free-of-page-in-use",
		"stub-called-schedule_timeout",
		"isolated-block-on-a-wrong-list",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		assert_false(finding_id_is_known(ids[i]));
		assert_true(is_possible(ids[i]));
	}
}

static void what_is_near_a_known_one_is_a_slip(void **state)
{
	(void)state;
	assert_false(is_possible("page-los"));
	assert_string_equal(why, "no finding is called page-los; did you mean "
				 "page-loss?");
	assert_false(is_possible("clena"));
	assert_false(is_possible("page-loss-2"));
	assert_false(is_possible("used-after-free"));
	assert_false(is_possible("sgev"));
}

static void what_has_another_form_is_none(void **state)
{
	(void)state;
	assert_false(is_possible("Bad-page-table"));
	assert_string_equal(why, "no finding is called \"Bad-page-table\": ids "
				 "are lower-case words with dashes");
	assert_false(is_possible("wrong:thing"));
	assert_false(is_possible("7"));
	assert_false(is_possible("-"));
	assert_false(is_possible(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(checkers_crashes_and_reports_are_known),
		cmocka_unit_test(the_targets_own_may_be_anything),
		cmocka_unit_test(what_is_near_a_known_one_is_a_slip),
		cmocka_unit_test(what_has_another_form_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
