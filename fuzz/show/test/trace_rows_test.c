/* SPDX-License-Identifier: MIT */
/* trace_rows_test.c: which steps have a row, and what stands in it. */
#include "stage.h"
#include "trace.h"

#define PAPER 2000000

static struct trace trace;
static char paper[PAPER];

static void play(struct stage *stage, const char *revert, const char *text)
{
	stage_play(stage, stage_core(revert), text);
	trace_init(&trace, &stage->engine, &stage->record, false);
	trace_choose_rows(&trace);
}

static const char *printed(void)
{
	FILE *out = tmpfile();
	size_t length;

	assert_non_null(out);
	trace_print(&trace, out);
	rewind(out);
	length = fread(paper, 1, PAPER - 1, out);
	paper[length] = '\0';
	fclose(out);
	return paper;
}

/* The @nth step of the run that is called so. */
static unsigned int step_called(const char *function, unsigned int nth)
{
	const struct record *record = trace.record;
	unsigned int i;

	for (i = 0; i < record->nr; i++)
		if (record->steps[i].kind == STEP_ACCESS &&
		    !record->steps[i].setup &&
		    !strcmp(record->steps[i].site->function, function) &&
		    !nth--)
			return i;
	fail_msg("no step %s", function);
	return 0;
}

static void what_decides_has_a_row_a_number_and_a_line(void **state)
{
	struct deciding deciding = { .nr = 1, .all = true };

	play(*state, "free-without-tail", FOUNDING_RACE);
	deciding.order[0].before = step_called("xas_start", 0);
	deciding.order[0].after = step_called("remove_locked_page", 0);
	assert_false(trace_has_row(&trace, deciding.order[0].after));
	trace_decide(&trace, &deciding);
	assert_true(trace_has_row(&trace, deciding.order[0].before));
	assert_true(trace_has_row(&trace, deciding.order[0].after));
	assert_non_null(strstr(printed(), "  (1) xas_start: mapping xa_head "));
	assert_non_null(strstr(paper, "[xarray.c:"));
}

static void of_many_operations_those_that_decide_stay(void **state)
{
	static char text[8192];
	unsigned int i;
	size_t at = 0;

	for (i = 0; i < 64; i++)
		at += (size_t)sprintf(text + at, "task%u lookup %u\n", i / 8,
				      i % 8);
	play(*state, "none", text);
	assert_in_range(trace_nr_rows(&trace), TRACE_ROWS - 2, TRACE_ROWS);
	assert_true(trace.left_out);
	assert_non_null(
		strstr(printed(), " operations more: show --verbose\n"));
	trace_be_verbose(&trace);
	assert_true(trace_nr_rows(&trace) > 150);
	assert_int_equal(trace.left_out, 0);
}

static void an_operation_with_nothing_to_tell_takes_one_row(void **state)
{
	play(*state, "none", "task0 lookup 2\ntask1 lookup 9\n");
	assert_int_equal(trace_nr_rows(&trace), 2);
	assert_non_null(strstr(printed(), "\nlookup 2 = nothing\n"));
	assert_non_null(strstr(paper, " lookup 9 = nothing\n"));
}

static void what_became_of_the_page_is_told(void **state)
{
	struct stage *stage = *state;

	stage->record.timeline = calloc(1, sizeof(*stage->record.timeline));
	assert_non_null(stage->record.timeline);
	play(stage, "free-without-tail", FOUNDING_RACE);
	printed();
	assert_non_null(
		strstr(paper, "  * page 1 is now free, order 4 from 0"));
	assert_non_null(strstr(paper, "  * page 1 is now in nobody's books"));
	free(stage->record.timeline);
	stage->record.timeline = NULL;
}

static void what_was_left_out_is_counted(void **state)
{
	play(*state, "none", "setup add 3\ntask0 remove 3\n");
	printed();
	assert_non_null(strstr(paper, "\n  ... 2 steps\n"));
	trace_be_verbose(&trace);
	assert_null(strstr(printed(), "  ... "));
}

static void sections_of_deciding_steps_have_their_borders(void **state)
{
	struct deciding deciding = { .nr = 1, .all = true };
	const char *lock, *decides, *unlock;

	play(*state, "free-without-tail", FOUNDING_RACE);
	deciding.order[0].before = step_called("xas_descend", 0);
	deciding.order[0].after = step_called("xas_erase", 0);
	trace_decide(&trace, &deciding);
	printed();
	assert_non_null(strstr(paper, "lookup 3\n  rcu_read_lock {\n"));
	assert_non_null(strstr(paper, "  } rcu_read_unlock\n"));
	lock = strstr(paper, "remove_locked_page: spin_lock");
	decides = strstr(paper, "(1) xas_erase: ");
	unlock = strstr(paper, "remove_locked_page: spin_unlock");
	assert_true(lock && lock < decides && decides < unlock);
}

static void an_end_that_decides_has_a_row(void **state)
{
	struct deciding deciding = { .nr = 1, .all = true };

	play(*state, "none", "setup b0 = alloc\ntask0 free b0\ntask1 alloc\n");
	deciding.order[0].before =
		trace_end(trace.record, step_called("put_page_testzero", 0));
	deciding.order[0].after = trace.record->nr - 1;
	trace_decide(&trace, &deciding);
	assert_non_null(strstr(printed(), "  (1) ends\n"));
}

static void a_callback_that_decides_has_a_row(void **state)
{
	struct deciding deciding = { .nr = 1, .all = true };
	unsigned int at = 0;

	play(*state, "none", "setup add 3\ntask0 remove 3\ntask1 lookup 3\n");
	while (trace.record->steps[at].task != TASK_RCU ||
	       trace.record->steps[at].setup)
		at++;
	printed();
	assert_null(strstr(paper, "callback"));
	deciding.order[0].before = step_called("xas_erase", 0);
	deciding.order[0].after = at;
	trace_decide(&trace, &deciding);
	assert_non_null(strstr(printed(), "(1) callback"));
}

static void three_tasks_have_columns_and_four_are_named(void **state)
{
	play(*state, "none",
	     "task0 lookup 0\ntask1 lookup 1\ntask2 lookup 2\n");
	assert_non_null(strstr(printed(), "CPU0 task0                CPU1 task1"
					  "                CPU2 task2\n"));
	play(*state, "none",
	     "task0 lookup 0\ntask1 lookup 1\ntask2 lookup 2\n"
	     "task3 lookup 3\n");
	assert_non_null(strstr(printed(), "\ntask3: lookup 3"));
}

static void a_terminal_has_colours_and_a_file_has_none(void **state)
{
	play(*state, "free-without-tail", FOUNDING_RACE);
	assert_null(strchr(printed(), '\033'));
	trace.colour = true;
	assert_non_null(strstr(printed(), "\033[1mlookup 3\n"));
	assert_non_null(strstr(paper, "\033[1;31mpage-loss: "));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_decides_has_a_row_a_number_and_a_line),
		cmocka_unit_test(of_many_operations_those_that_decide_stay),
		cmocka_unit_test(
			an_operation_with_nothing_to_tell_takes_one_row),
		cmocka_unit_test(what_became_of_the_page_is_told),
		cmocka_unit_test(what_was_left_out_is_counted),
		cmocka_unit_test(sections_of_deciding_steps_have_their_borders),
		cmocka_unit_test(an_end_that_decides_has_a_row),
		cmocka_unit_test(a_callback_that_decides_has_a_row),
		cmocka_unit_test(three_tasks_have_columns_and_four_are_named),
		cmocka_unit_test(a_terminal_has_colours_and_a_file_has_none),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
