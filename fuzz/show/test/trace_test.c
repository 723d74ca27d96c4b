/* SPDX-License-Identifier: MIT */
/* trace_test.c: what people read of a run. */
#include <glob.h>

#include "stage.h"
#include "trace.h"

#define PROGRAMS 300
#define PAPER 8000000

static char paper[PAPER], copy[PAPER];

/* Print the last run of @stage to @text, of PAPER bytes. */
static void print_to(const struct stage *stage, bool verbose, char *text)
{
	struct trace trace;
	FILE *out = tmpfile();
	size_t length;

	assert_non_null(out);
	trace_init(&trace, &stage->engine, &stage->record, verbose);
	trace_choose_rows(&trace);
	trace_print(&trace, out);
	rewind(out);
	length = fread(text, 1, PAPER - 1, out);
	text[length] = '\0';
	assert_true(length && length < PAPER - 1);
	fclose(out);
}

static void expect_neat(const char *text, bool verbose)
{
	const size_t width = verbose ? TRACE_WIDTH_VERBOSE : TRACE_WIDTH;

	while (*text) {
		size_t length = strcspn(text, "\n");

		assert_in_range(length, 0, width);
		if (length && !verbose)
			assert_int_not_equal(text[length - 1], ' ');
		assert_int_equal(text[length], '\n');
		text += length + 1;
	}
}

/* Play, print twice and look it over. The text is left in paper. */
static void expect_readable(struct stage *stage, const struct target *target,
			    const struct program *program, bool verbose)
{
	stage_run(stage, target, program);
	print_to(stage, verbose, paper);
	expect_neat(paper, verbose);
	assert_null(strstr(paper, "0x"));
	stage_run(stage, target, program);
	print_to(stage, verbose, copy);
	assert_string_equal(paper, copy);
}

static void read_program(const char *path, struct text_head *head,
			 struct program *program)
{
	char text[16384], error[256];
	FILE *in = fopen(path, "r");
	size_t length;

	assert_non_null(in);
	length = fread(text, 1, sizeof(text), in);
	fclose(in);
	if (!text_parse(text, length, head, program, error, sizeof(error)))
		fail_msg("%s: %s", path, error);
}

static size_t print_all(struct stage *stage, const char *pattern)
{
	struct program program;
	struct text_head head;
	glob_t found;
	size_t i, nr = 0;

	if (glob(pattern, 0, NULL, &found))
		return 0;
	for (i = 0; i < found.gl_pathc; i++) {
		const struct variant *variant;

		read_program(found.gl_pathv[i], &head, &program);
		variant = targets_find(head.target, head.revert);
		assert_non_null(variant);
		expect_readable(stage, variant->target, &program, false);
		expect_readable(stage, variant->target, &program, true);
		nr++;
	}
	globfree(&found);
	return nr;
}

static void kept_programs_have_readable_traces(void **state)
{
	size_t nr = print_all(*state, PAGERACE_CORPUS "/bugs/*/*.prog");

	nr += print_all(*state, PAGERACE_CORPUS "/clean/*.prog");
	nr += print_all(*state, PAGERACE_CORPUS "/seeds/*.prog");
	assert_true(nr);
}

static void random_programs_have_readable_traces(void **state)
{
	struct program program;
	unsigned int i, nr = stage_nr_targets();

	for (i = 0; i < PROGRAMS; i++) {
		stage_random(&program, i, 40);
		expect_readable(*state, variants[i % nr].target, &program,
				i % 3 == 0);
	}
}

static const char *trace_of(struct stage *stage, const char *revert,
			    const char *text)
{
	stage_play(stage, stage_core(revert), text);
	print_to(stage, false, paper);
	return paper;
}

/* As one line, blanks single: what is wrapped can be looked for. */
static const char *unwrapped(const char *text)
{
	size_t to = 0;

	for (; *text; text++)
		if (*text != '\n' &&
		    (*text != ' ' || (to && copy[to - 1] != ' ')))
			copy[to++] = *text;
		else if (to && copy[to - 1] != ' ')
			copy[to++] = ' ';
	copy[to] = '\0';
	return copy;
}

static void expect_line_with(const char *text, const char *start,
			     const char *word)
{
	const char *line = strstr(text, start);
	char copied[256] = "";

	assert_non_null(line);
	snprintf(copied, sizeof(copied), "%.*s", (int)strcspn(line, "\n"),
		 line);
	if (!strstr(copied, word))
		fail_msg("no \"%s\" in \"%s\"", word, copied);
}

static void the_steps_in_conflict_are_named(void **state)
{
	const char *text =
		trace_of(*state, "free-without-tail", FOUNDING_RACE);

	expect_line_with(text, "in conflict: ", "task1 op2 free");
	expect_line_with(text, "in conflict: ", "put_page_testzero");
	expect_line_with(text, "        and: ", "task0 op0 lookup");
	expect_line_with(text, "        and: ", "put_page_testzero");
}

static void the_finding_says_promise_and_pages(void **state)
{
	const char *text =
		trace_of(*state, "free-without-tail", FOUNDING_RACE);

	assert_non_null(strstr(unwrapped(text),
			       "page-loss: the finding is about page 1, "));
	assert_non_null(strstr(copy, "broken: at quiescence "));
	assert_non_null(strstr(
		copy,
		"page 1, and so are 2 more; page 1 was given up last by task1, in free b0 (pages 0 to 3)"));
	assert_non_null(strstr(text, "2 preemptions, 5 operations of which 1 "
				     "set-up"));
	assert_null(strstr(text, "clean: "));
}

static void an_assertion_says_its_promise(void **state)
{
	const char *text =
		trace_of(*state, "late-head-read",
			 "setup b0 = alloc order=2 compound\n"
			 "setup r0 = get b0\ntask0 free b0\ntask1 put r0\n"
			 "task1 b1 = alloc order=1\ntask1 b2 = alloc order=1\n"
			 "preempt task0 op0 before PageHead -> task1\n");

	assert_non_null(strstr(
		text, "\nbroken: a page that is freed is in no other use\n"));
}

/* A word of a target's own, and what @target says of it. */
static const char *promise_of(const struct target *target, const char *id)
{
	static struct engine engine;
	static char text[TRACE_TEXT];
	struct trace trace = { .engine = &engine };

	engine.target = target;
	engine.verdict.finding = checker_finding(&checker_target_bug, id);
	trace_promise(&trace, text, sizeof(text));
	return text;
}

static void words_that_begin_alike_share_a_promise(void **state)
{
	static const struct target target = {
		.name = "fake",
		.promises = { { "bug-in-", "no test comes true" },
			      { "bad-page", "a page is good" } },
	};

	(void)state;
	assert_string_equal(promise_of(&target, "bug-in-f"),
			    "no test comes true");
	assert_string_equal(promise_of(&target, "bad-page"), "a page is good");
	assert_string_equal(promise_of(&target, "bad-page-too"),
			    "fake's own \"bad-page-too\"");
}

/* Nodes are as large as the target has them, whatever is configured. */
static void slots_are_those_of_the_target(void **state)
{
	static struct target other;
	struct stage *stage = *state;

	stage_play(stage, stage_core("none"), FOUNDING_PROGRAM);
	other = *stage->engine.target;
	assert_int_equal(other.fanout_shift, 0);
	print_to(stage, false, paper);
	assert_non_null(strstr(paper, ", 4 slots a node\n"));
	other.fanout_shift = 4;
	stage->engine.target = &other;
	print_to(stage, false, paper);
	assert_non_null(strstr(paper, ", 16 slots a node\n"));
}

static const struct target *treiber(void)
{
	return targets_find("treiber", NULL)->target;
}

static void a_target_is_shown_in_its_own_words(void **state)
{
	static const char begins[] =
		"4 nodes\nset-up: b0 = pop\n"
		"in the program: pop is alloc, push is free\n\n";
	struct stage *stage = *state;

	stage_play(stage, treiber(),
		   "pages 4\nsetup b0 = alloc\ntask0 alloc\ntask1 free b0\n");
	print_to(stage, false, paper);
	assert_memory_equal(paper, begins, strlen(begins));
	assert_non_null(strstr(paper, "\npop\n"));
	assert_non_null(strstr(paper, "= node 1\n"));
	assert_non_null(strstr(paper, " push b0 (node 0)\n"));
	assert_null(strstr(paper, "page"));
	assert_null(strstr(paper, "CPU lists"));
}

/* Says that it has pairs, and hands out single nodes. */
static void a_block_larger_than_it_is_told(void **state)
{
	struct target liar = *treiber();
	struct stage *stage = *state;

	liar.order_max = 1;
	stage_play(stage, &liar, "setup alloc order=1\nsetup alloc\n");
	print_to(stage, false, paper);
	assert_non_null(
		strstr(paper, "owned-twice: the finding is about node 1"));
	assert_non_null(
		strstr(unwrapped(paper), " (node 1, handed out as 2 nodes)"));
}

static void results_are_told(void **state)
{
	const char *text =
		trace_of(*state, "free-without-tail", FOUNDING_RACE);

	assert_non_null(strstr(text, "= pages 0 to 3\n"));
	assert_non_null(strstr(text, "= nothing\n"));
}

static void a_clean_run_says_so(void **state)
{
	const char *text = trace_of(*state, "none", FOUNDING_RACE);

	assert_non_null(strstr(text, "clean: every promise was kept\n"));
	assert_null(strstr(text, "in conflict: "));
	assert_null(strstr(text, "broken"));
}

static void there_is_one_column_for_each_task_that_acts(void **state)
{
	const char *text =
		trace_of(*state, "free-without-tail", FOUNDING_RACE);

	assert_non_null(strstr(text, "CPU0 task0"));
	assert_non_null(strstr(text, "CPU1 task1\n"));
	assert_null(strstr(text, "task2"));
	assert_non_null(strstr(text, "set-up: add 3\n"));
}

static void a_switch_says_in_front_of_what_the_task_stands(void **state)
{
	const char *text =
		trace_of(*state, "free-without-tail", FOUNDING_RACE);

	assert_non_null(strstr(unwrapped(text),
			       "stopped in front of get_page_unless_zero"));
	assert_non_null(strstr(copy, "stopped in front of xas_reload"));
}

static void verbose_names_files_and_lines(void **state)
{
	struct stage *stage = *state;

	stage_play(stage, stage_core("none"), FOUNDING_PROGRAM);
	print_to(stage, false, paper);
	assert_null(strstr(paper, ".c:"));
	print_to(stage, true, paper);
	assert_non_null(strstr(paper, "[xarray.c:"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kept_programs_have_readable_traces),
		cmocka_unit_test(random_programs_have_readable_traces),
		cmocka_unit_test(the_steps_in_conflict_are_named),
		cmocka_unit_test(the_finding_says_promise_and_pages),
		cmocka_unit_test(an_assertion_says_its_promise),
		cmocka_unit_test(words_that_begin_alike_share_a_promise),
		cmocka_unit_test(slots_are_those_of_the_target),
		cmocka_unit_test(a_target_is_shown_in_its_own_words),
		cmocka_unit_test(a_block_larger_than_it_is_told),
		cmocka_unit_test(results_are_told),
		cmocka_unit_test(a_clean_run_says_so),
		cmocka_unit_test(there_is_one_column_for_each_task_that_acts),
		cmocka_unit_test(
			a_switch_says_in_front_of_what_the_task_stands),
		cmocka_unit_test(verbose_names_files_and_lines),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
