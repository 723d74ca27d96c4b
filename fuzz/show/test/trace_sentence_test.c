/* SPDX-License-Identifier: MIT */
/* trace_sentence_test.c: what happened, in one sentence, and which orders decide. */
#include "stage.h"
#include "trace.h"

static struct deciding deciding;

static void look(struct stage *stage, const struct target *target,
		 const char *text, struct trace *trace)
{
	stage_play(stage, target, text);
	trace_init(trace, &stage->engine, &stage->record, false);
}

/* The n-th step of @task at @function, from 1. */
static unsigned int step_at(const struct record *record, unsigned int task,
			    const char *function, unsigned int nth)
{
	unsigned int i;

	for (i = 0; i < record->nr; i++)
		if (!record->steps[i].setup && record->steps[i].site &&
		    record->steps[i].task == task &&
		    !strcmp(record->steps[i].site->function, function) &&
		    !--nth)
			return i;
	fail_msg("no %s of task%u", function, task);
	return 0;
}

static void add_order(const struct record *record, unsigned int before,
		      unsigned int after)
{
	deciding.order[deciding.nr++] = (struct deciding_order){
		.before = before,
		.after = after,
		.site = { record->steps[before].site,
			  record->steps[after].site },
		.without = 12,
	};
}

static const char *sentence(struct trace *trace)
{
	static char text[TRACE_WHY];

	trace_decide(trace, &deciding);
	trace_sentence(trace, text, sizeof(text));
	return text;
}

static void what_each_read_and_wrote_is_told_in_order(void **state)
{
	struct stage *stage = *state;
	const struct record *record = &stage->record;
	struct trace trace;

	look(stage, stage_core("free-without-tail"), FOUNDING_RACE, &trace);
	deciding.nr = 0;
	add_order(record, step_at(record, 1, "set_page_count", 1),
		  step_at(record, 0, "get_page_unless_zero", 1));
	add_order(record, step_at(record, 0, "xas_descend", 1),
		  step_at(record, 1, "xas_erase", 1));
	assert_string_equal(
		sentence(&trace),
		"task0, in lookup 3, read node 0 slot[3] as page 0; then "
		"task1, in remove 3, set node 0 slot[3] to NULL, and in b0 = "
		"alloc order=2 set page 0 count to 1; then task0, in lookup 3, "
		"changed page 0 count from 1 to 2 (succeeded)");
	assert_int_equal(trace.step_b, deciding.order[1].after);
}

static void what_did_not_come_is_told(void **state)
{
	struct stage *stage = *state;
	const struct record *record = &stage->record;
	unsigned int before;
	struct trace trace;

	look(stage, stage_core("no-grace-period"),
	     "setup add 3\ntask0 lookup 3\ntask1 remove 3\n"
	     "preempt task0 op0 before xas_descend -> task1\n",
	     &trace);
	before = step_at(record, 0, "xas_descend", 1);
	deciding.nr = 0;
	add_order(record, before, before);
	deciding.order[0].never = true;
	deciding.order[0].never_task = 1;
	deciding.order[0].site[1] =
		record->steps[step_at(record, 1, "xas_erase", 1)].site;
	assert_string_equal(
		sentence(&trace),
		"task0, in lookup 3, was about to read node 0 "
		"slot[3], which had been given back, before task1 came "
		"to xas_erase: WRITE_ONCE");
}

/* The reader finds what the writer has put there; then they race. */
static void what_lets_tasks_meet_is_no_race(void **state)
{
	struct stage *stage = *state;
	const struct record *record = &stage->record;
	struct trace trace;

	look(stage, stage_core("look-before-joining"),
	     "task0 add 3\ntask1 read 3\n"
	     "preempt task0 op0 before SetPageUptodate -> task1\n"
	     "preempt task1 op0 before "
	     "put_and_wait_on_page_locked:prepare_to_wait(&page->flags) -> "
	     "task0\n",
	     &trace);
	deciding.nr = 0;
	add_order(record, step_at(record, 0, "xas_store", 1),
		  step_at(record, 1, "xas_descend", 1));
	add_order(record, step_at(record, 1, "PageLocked", 1),
		  step_at(record, 0, "unlock_page", 1));
	add_order(record, step_at(record, 0, "unlock_page", 2),
		  step_at(record, 1, "put_and_wait_on_page_locked", 1));
	trace_decide(&trace, &deciding);
	assert_true(trace_lets_meet(&trace, 0));
	assert_false(trace_lets_meet(&trace, 1));
	assert_false(trace_lets_meet(&trace, 2));
}

static void of_no_orders_nothing_is_told(void **state)
{
	struct trace trace;

	look(*state, stage_core("free-without-tail"), FOUNDING_RACE, &trace);
	deciding = (struct deciding){ .none = "it is so" };
	assert_string_equal(sentence(&trace), "");
	assert_false(deciding_is(&deciding));
	assert_false(deciding_is_enough(&deciding));
}

static void a_claim_says_what_was_counted(void **state)
{
	char text[DECIDING_TEXT];

	(void)state;
	deciding = (struct deciding){ .nr = 1,
				      .with = 3,
				      .lost_with = 2,
				      .schedules = 40,
				      .preemptions = 1,
				      .cut = true };
	deciding.order[0] = (struct deciding_order){ .without = 1 };
	deciding_claim(&deciding, 0, text);
	assert_string_equal(text, "without it none of 1 schedule");
	deciding.order[0] =
		(struct deciding_order){ .without = 9, .lost_without = 4 };
	deciding_claim(&deciding, 0, text);
	assert_string_equal(
		text, "without it 4 of 9 schedules: there are other ways");
	assert_false(deciding_is_enough(&deciding));
	deciding_claim_all(&deciding, text);
	assert_string_equal(text, "with all of them 2 of 3, the other 1 ends "
				  "otherwise: this is not all that decides; "
				  "tried: the first 40 schedules with at most "
				  "1 preemption, where steps meet");
	deciding.all = true;
	deciding.lost_with = 3;
	assert_true(deciding_is_enough(&deciding));
	deciding_claim_all(&deciding, text);
	assert_string_equal(text, "with all of them 3 of 3; tried: 40 "
				  "schedules, one of each class");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_each_read_and_wrote_is_told_in_order),
		cmocka_unit_test(what_did_not_come_is_told),
		cmocka_unit_test(what_lets_tasks_meet_is_no_race),
		cmocka_unit_test(of_no_orders_nothing_is_told),
		cmocka_unit_test(a_claim_says_what_was_counted),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
