/* SPDX-License-Identifier: MIT */
/* trace_rows_test.c: which steps have a row, and what stands in it. */
#include "fake.h"
#include "trace.h"

#define PAPER 2000000

static struct trace trace;
static char paper[PAPER];

/* With preemption off, and meanwhile a lock. */
static void look_pinned(void)
{
	WRITE_ONCE(fake.y, 1);
	preempt_disable();
	READ_ONCE(fake.x);
	spin_lock(&fake.lock);
	READ_ONCE(fake.y);
	spin_unlock(&fake.lock);
	READ_ONCE(fake.x);
	preempt_enable();
	WRITE_ONCE(fake.y, 2);
}

/* Looks at a word, and once more; fails to change it, looks, and gives up. */
static void give_up(void)
{
	READ_ONCE(fake.flag);
	READ_ONCE(fake.flag);
	cmpxchg(&fake.flag, 1, 2);
	READ_ONCE(fake.flag);
	machine_bug("gives-up");
}

static void act(unsigned long nr)
{
	if (nr)
		look_pinned();
	else
		give_up();
}

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

static void what_was_to_change_and_did_not_has_a_row(void **state)
{
	struct stage *stage = *state;

	stage_play(stage, &target_fake, "task0 add 0\n");
	trace_init(&trace, &stage->engine, &stage->record, false);
	trace_choose_rows(&trace);
	assert_true(trace_has_row(&trace, step_called("give_up", 0)));
	assert_false(trace_has_row(&trace, step_called("give_up", 1)));
	assert_true(trace_has_row(&trace, step_called("give_up", 2)));
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

static void what_is_done_without_preemption_has_its_borders(void **state)
{
	struct deciding deciding = { .nr = 1, .all = true };
	struct stage *stage = *state;
	const char *begins, *ends;

	stage_play(stage, &target_fake, "task0 add 1\n");
	trace_init(&trace, &stage->engine, &stage->record, false);
	trace_choose_rows(&trace);
	deciding.order[0].before = step_called("look_pinned", 1);
	deciding.order[0].after = deciding.order[0].before + 4;
	trace_decide(&trace, &deciding);
	begins = strstr(printed(), "\n  preempt_disable {\n  (1) ");
	ends = strstr(paper, "\n  } preempt_enable\n");
	assert_true(begins && ends && strstr(begins, "\n  (1) ") < ends);
	assert_null(strstr(strchr(ends + 1, '\n'), "preempt_"));
}

static void a_section_ends_before_its_task_stops(void **state)
{
	struct deciding deciding = { .nr = 1, .all = true };
	const char *ends, *stops, *begins;

	play(*state, "section-in-two",
	     "setup add 1\ntask0 lookup_batch 0 count=4\ntask1 remove 1\n"
	     "preempt task0 op0 before xas_find:rcu_read_lock() -> task1\n"
	     "switch task0 op0 before xas_find:rcu_read_lock() -> rcu\n");
	deciding.order[0].before = step_called("xas_reload", 0);
	deciding.order[0].after = trace.record->nr - 1;
	trace_decide(&trace, &deciding);
	ends = strstr(printed(), "  } rcu_read_unlock\n  ~ stopped in front");
	stops = strstr(paper, "remove 1\n");
	assert_true(ends && stops && ends < stops);
	begins = strstr(stops, "\n  rcu_read_lock {\n  (1) ");
	assert_non_null(begins);
}

static void play_with_timeline(struct stage *stage, const char *revert,
			       const char *text)
{
	stage->record.timeline = calloc(1, sizeof(*stage->record.timeline));
	assert_non_null(stage->record.timeline);
	play(stage, revert, text);
	printed();
	free(stage->record.timeline);
	stage->record.timeline = NULL;
}

static void who_sleeps_and_who_woke_it_is_told(void **state)
{
	const char *sleeps, *woken;

	play_with_timeline(
		*state, "none",
		"task0 add 3\ntask1 read 3\n"
		"preempt task0 op0 before SetPageUptodate -> task1\n");
	sleeps = strstr(paper, "~ sleeps in\n");
	woken = strstr(paper, "~ woken by task0\n");
	assert_true(sleeps && woken && sleeps < woken);
	assert_null(strstr(woken, "~ sleeps"));
}

static void where_a_task_stands_in_the_end_is_told(void **state)
{
	play(*state, "flag-before-contents",
	     "task0 add 3\ntask1 read 3\n"
	     "preempt task0 op0 before fill_page -> task1\n");
	assert_int_equal(trace.engine->verdict.task, 1);
	assert_non_null(strstr(printed(), "  ~ stopped in front of fill_page"));
	play_with_timeline(*state, "look-before-joining",
			   "task0 add 3\ntask1 read 3\n"
			   "preempt task0 op0 before SetPageUptodate -> task1\n"
			   "preempt task1 op0 before "
			   "put_and_wait_on_page_locked:"
			   "prepare_to_wait(&page->flags) -> task0\n");
	assert_non_null(strstr(paper, "~ sleeps in\n"));
	assert_null(strstr(paper, "~ woken"));
}

static void points_of_what_did_not_end_are_counted(void **state)
{
	char line[64];

	play(*state, "no-grace-period",
	     "setup add 3\ntask0 lookup 3\ntask1 remove 3\n"
	     "preempt task0 op0 before xas_descend -> task1\n");
	snprintf(line, sizeof(line), " %lu access points\n",
		 trace.engine->verdict.points + 2);
	assert_non_null(strstr(printed(), line));
}

static void an_allocation_that_is_to_fail_is_told(void **state)
{
	play(*state, "none", "task0 add 3 fail=2\ntask1 add 4\n");
	assert_non_null(strstr(printed(), "its 2nd allocation is to fail\n"));
	assert_null(strstr(strstr(paper, "to fail") + 1, "to fail"));
}

static void pages_are_told_of_where_there_are_some(void **state)
{
	stage_play(*state, targets_find("seqlock", "none")->target,
		   "pages 2\ntask0 read 0\ntask1 drain\n");
	trace_init(&trace, &((struct stage *)*state)->engine,
		   &((struct stage *)*state)->record, false);
	trace_choose_rows(&trace);
	assert_null(strstr(printed(), "2 pages"));
	assert_non_null(strstr(paper, "in the program: write is drain\n"));
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
		cmocka_unit_test(what_was_to_change_and_did_not_has_a_row),
		cmocka_unit_test(what_decides_has_a_row_a_number_and_a_line),
		cmocka_unit_test(of_many_operations_those_that_decide_stay),
		cmocka_unit_test(
			an_operation_with_nothing_to_tell_takes_one_row),
		cmocka_unit_test(what_became_of_the_page_is_told),
		cmocka_unit_test(what_was_left_out_is_counted),
		cmocka_unit_test(sections_of_deciding_steps_have_their_borders),
		cmocka_unit_test(
			what_is_done_without_preemption_has_its_borders),
		cmocka_unit_test(a_section_ends_before_its_task_stops),
		cmocka_unit_test(who_sleeps_and_who_woke_it_is_told),
		cmocka_unit_test(where_a_task_stands_in_the_end_is_told),
		cmocka_unit_test(points_of_what_did_not_end_are_counted),
		cmocka_unit_test(an_allocation_that_is_to_fail_is_told),
		cmocka_unit_test(pages_are_told_of_where_there_are_some),
		cmocka_unit_test(an_end_that_decides_has_a_row),
		cmocka_unit_test(a_callback_that_decides_has_a_row),
		cmocka_unit_test(three_tasks_have_columns_and_four_are_named),
		cmocka_unit_test(a_terminal_has_colours_and_a_file_has_none),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
