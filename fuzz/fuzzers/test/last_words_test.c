/* SPDX-License-Identifier: MIT */
/*
 * last_words_test.c: what a fuzz target says after the id of a finding: what a
 * person needs, and nothing that would change the identity.
 */
#include <errno.h>
#include <signal.h>

#include "stage.h"

#include "dying.h"
#include "last_words.h"

static const char *command_beside = ""; /* beside the fuzz target */

/* Play @text on the core without @revert; say all there is to say. */
static void die_telling(struct stage *stage, const char *revert,
			const char *text, char words[DYING_WORDS])
{
	const struct variant *variant = targets_find("core", revert);
	char details[LAST_WORDS_MAX];
	struct finding finding;
	struct variant alone;

	assert_non_null(variant);
	finding = stage_play(stage, variant->target, text)->finding;
	assert_non_null(finding.checker);
	alone = *variant;
	alone.sibling = command_beside;
	last_words(&stage->engine, &stage->record, &alone, details);
	finding.details = details;
	dying_words(&finding, words);
}

/* The same bug, elsewhere and otherwise. */
static const char founding_race_again[] =
	"pages 64\n"
	"setup add 9\n"
	"task2 lookup 9\n"
	"task3 remove 9\n"
	"task3 b1 = alloc order=3\n"
	"task3 free b1\n"
	"preempt task2 op0 before get_page_unless_zero -> task3\n"
	"switch task3 op2 begin -> task2\n"
	"preempt task2 op0 before xas_reload -> task3\n";

static const char page_of_a_new_owner[] =
	"setup add 3\n"
	"task0 lookup 3\n"
	"task1 remove 3\n"
	"task1 b0 = alloc order=0\n"
	"preempt task0 op0 before get_page_unless_zero -> task1\n";

static void they_name_page_conflict_and_how_to_see_it(void **state)
{
	static char words[DYING_WORDS];

	die_telling(*state, "free-without-tail", FOUNDING_RACE, words);
	assert_non_null(strstr(words, "\npagerace: in question: page 1\n"));
	assert_non_null(strstr(words, "\npagerace: in conflict: task1 op2: "
				      "put_page_testzero: page 0 count "));
	assert_non_null(strstr(words, "\npagerace: and: task0 op0: "
				      "put_page_testzero: page 0 count "));
	assert_non_null(strstr(words, "\npagerace: to see it: pagerace show "
				      "--target core --revert "
				      "free-without-tail FILE\n"));
}

/* Not one of a name that is not there, or has another's targets. */
static void they_name_the_command_that_was_built_beside(void **state)
{
	static char words[DYING_WORDS];
	char *typed = program_invocation_name;

	program_invocation_name = "build/ring_fuzzer";
	command_beside = "ring_race";
	die_telling(*state, "free-without-tail", FOUNDING_RACE, words);
	command_beside = "";
	program_invocation_name = typed;
	assert_non_null(strstr(words, "\npagerace: to see it: build/ring_race "
				      "show --target core "));
}

static void one_bug_reached_twice_has_one_identity(void **state)
{
	static char words[2][DYING_WORDS];
	struct report one, other;

	die_telling(*state, "free-without-tail", FOUNDING_RACE, words[0]);
	die_telling(*state, "free-without-tail", founding_race_again, words[1]);
	assert_string_not_equal(words[0], words[1]);
	assert_true(report_parse(words[0], strlen(words[0]), &one));
	assert_true(report_parse(words[1], strlen(words[1]), &other));
	assert_string_equal(one.state[0], "page-loss");
	assert_string_equal(one.state[1], "");
	assert_true(report_equal(&one, &other));
}

static void another_bug_has_another(void **state)
{
	static char words[2][DYING_WORDS];
	struct report one, other;

	die_telling(*state, "free-without-tail", FOUNDING_RACE, words[0]);
	die_telling(*state, "no-recheck", page_of_a_new_owner, words[1]);
	assert_true(report_parse(words[0], strlen(words[0]), &one));
	assert_true(report_parse(words[1], strlen(words[1]), &other));
	assert_string_equal(other.state[0], "wrong-page");
	assert_false(report_alike(&one, &other));
}

static void every_line_is_marked_as_ours_and_holds_no_address(void **state)
{
	static char words[DYING_WORDS];
	char *line;

	die_telling(*state, "no-recheck", page_of_a_new_owner, words);
	line = strstr(words, "\nASSERTION FAILED: ");
	assert_non_null(line);
	for (line = strtok(line, "\n"), line = strtok(NULL, "\n"); line;
	     line = strtok(NULL, "\n")) {
		if (!strncmp(line, "    #", 5))
			break; /* the stack */
		assert_memory_equal(line, "pagerace: ", 10);
		assert_null(strstr(line, "0x"));
	}
}

/* Play @text; then task 0 dies behind its first step of @kind. */
static void die_behind(struct stage *stage, uint8_t kind, const char *text,
		       char words[LAST_WORDS_MAX])
{
	const struct variant *variant = targets_find("core", "none");
	const siginfo_t info = { .si_signo = SIGSEGV };
	struct record *record = &stage->record;
	unsigned int i;

	stage_play(stage, variant->target, text);
	for (i = 0; record->steps[i].setup || record->steps[i].kind != kind ||
		    record->steps[i].task;
	     i++)
		assert_true(i < record->nr);
	record->nr = i + 1;
	stage->engine.current = &stage->engine.tasks[0];
	stage->engine.current->m.site = record->steps[i].site;
	last_words_of_death(&stage->engine, record, variant, &info, words);
}

static void a_death_is_told_by_the_access_before_it(void **state)
{
	static char words[LAST_WORDS_MAX];

	die_behind(*state, STEP_ACCESS, "task0 alloc order=0\n", words);
	assert_non_null(strstr(words, "pagerace: segv: task0 op"));
	assert_non_null(strstr(words, "\npagerace: after: task0 op0: "));
	die_behind(*state, STEP_BEGIN, "task0 alloc order=0\n", words);
	assert_non_null(strstr(words, "pagerace: segv: task0 op"));
	assert_null(strstr(words, "after: "));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_name_page_conflict_and_how_to_see_it),
		cmocka_unit_test(they_name_the_command_that_was_built_beside),
		cmocka_unit_test(one_bug_reached_twice_has_one_identity),
		cmocka_unit_test(another_bug_has_another),
		cmocka_unit_test(
			every_line_is_marked_as_ours_and_holds_no_address),
		cmocka_unit_test(a_death_is_told_by_the_access_before_it),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
