/* SPDX-License-Identifier: MIT */
/* show_test.c: a run as JSON, and as a page. */
#include "show_stage.h"

static long nr_steps(const struct json_node *root)
{
	return json_long(json_get(root, "counts"), "steps");
}

static void expect_access(const struct json_node *step)
{
	const struct json_node *place = json_get(step, "place");

	assert_true(json_long(step, "point") > 0);
	assert_true(json_long(step, "line") > 0);
	assert_non_null(json_get(step, "access"));
	assert_non_null(json_get(step, "text"));
	/* mm/filemap.c is of a kernel tree, wherever that is. */
	assert_null(memchr("./", *json_get(step, "file")->text, 2));
	assert_non_null(memchr(json_get(step, "site")->text, '#',
			       json_get(step, "site")->length));
	if (!place)
		return;
	assert_non_null(json_get(place, "class"));
	assert_true(json_get(place, "name")->length);
	if (!json_get(step, "given_back")) {
		assert_int_equal(json_get(step, "old")->type, '"');
		assert_int_equal(json_get(step, "new")->type, '"');
	}
}

static void expect_steps(const struct json_node *root)
{
	const struct json_node *step = json_get(root, "steps")->first;
	const bool all = !json_get(json_get(root, "counts"), "steps_left_out");
	long nr = 0;

	for (; step; step = step->next) {
		if (!all && json_long(step, "step") > nr + 1)
			nr = json_long(step, "step") - 1;
		assert_int_equal(json_long(step, "step"), ++nr);
		json_long(step, "task");
		json_long(step, "op");
		assert_non_null(json_get(step, "row"));
		assert_non_null(json_get(step, "setup"));
		if (json_is(step, "kind", "access"))
			expect_access(step);
	}
	assert_int_equal(nr, nr_steps(root));
}

static void expect_operations(const struct json_node *root)
{
	const struct json_node *op = json_get(root, "operations")->first;
	long begin = 0;

	for (; op; op = op->next) {
		assert_true(json_long(op, "begin") > begin);
		begin = json_long(op, "begin");
		assert_non_null(json_get(op, "text"));
		if (json_get(op, "end")->type == '0')
			assert_in_range(json_long(op, "end"), begin + 1,
					nr_steps(root));
	}
}

static void expect_stops(const struct json_node *root)
{
	const struct json_node *stop = json_get(root, "stops")->first;

	for (; stop; stop = stop->next) {
		assert_true(json_is(stop, "why", "preempted") ||
			    json_is(stop, "why", "interrupted") ||
			    json_is(stop, "why", "waited"));
		assert_in_range(json_long(stop, "before"),
				json_long(stop, "after") + 2, nr_steps(root));
	}
}

/* States follow each other without a gap, up to behind the last step. */
static void expect_pages(const struct json_node *root)
{
	const struct json_node *page = json_get(root, "pages")->first;

	for (; page; page = page->next) {
		const struct json_node *state = json_get(page, "states")->first;
		long at = 0;

		assert_true(state && state->next);
		for (; state; state = state->next) {
			assert_int_equal(json_long(state, "from"), at);
			at = json_long(state, "to");
			assert_true(at > json_long(state, "from"));
			assert_non_null(json_get(state, "text"));
		}
		assert_int_equal(at, nr_steps(root) + 1);
	}
}

static bool lacks(const struct json_node *root, const char *what)
{
	const struct json_node *list = json_get(root, "lacks"), *at;

	for (at = list ? list->first : NULL; at; at = at->next)
		if (at->length == strlen(what) &&
		    !memcmp(at->text, what, at->length))
			return true;
	return false;
}

/* Each part of a target is shown or said to be lacking. */
static void expect_parts(const struct json_node *root,
			 const struct target *target)
{
	const struct json_node *config = json_get(root, "config");

	json_long(config, "pages");
	assert_int_equal(lacks(root, "percpu"), !target->percpu);
	assert_int_equal(lacks(root, "tree"), !target->tree);
	assert_int_equal(lacks(root, "orders"), !target->order_max);
	assert_int_equal(lacks(root, "cache"), !target->cache_entry);
	assert_int_equal(!json_get(config, "pcp_high"), !target->percpu);
	assert_int_equal(!json_get(config, "fanout"), !target->tree);
}

static void expect_run(const struct show *show)
{
	const struct json_node *root = parsed(show_json, show);
	const struct json_node *conflict = json_get(root, "conflict");

	assert_true(json_is(root, "format", "pagerace run"));
	assert_int_equal(json_long(root, "version"), 1);
	assert_true(json_is(root, "target", show->trace.engine->target->name));
	assert_true(json_is(root, "revert", show->revert));
	assert_non_null(json_get(root, "digest"));
	expect_parts(root, show->trace.engine->target);
	expect_operations(root);
	expect_steps(root);
	expect_stops(root);
	expect_pages(root);
	if (conflict->type == '{')
		assert_in_range(json_long(conflict, "first"), 1,
				json_long(conflict, "second") - 1);
}

/* ----------------------------------------------------------------- tests */

static void every_run_has_json(void **state)
{
	each_kept_program(*state, expect_run);
	each_random_program(*state, expect_run);
}

static void the_json_has_verdict_conflict_and_lost_pages(void **state)
{
	const struct show show = founding(*state, "free-without-tail");
	const struct json_node *root = parsed(show_json, &show);
	const struct json_node *verdict = json_get(root, "verdict");
	const struct json_node *page;
	unsigned int lost = 0;

	assert_true(json_is(verdict, "finding", "page-loss"));
	assert_int_equal(json_long(verdict, "pages"), 3);
	assert_int_equal(json_size(json_get(root, "stops")), 2);
	assert_int_equal(json_long(json_get(root, "counts"), "preemptions"), 2);
	for (page = json_get(root, "pages")->first; page; page = page->next) {
		const struct json_node *last = json_get(page, "states")->first;

		while (last->next)
			last = last->next;
		lost += json_is(last, "state", "lost");
	}
	assert_int_equal(lost, 3);
	assert_non_null(strstr(paper, "then was handed out as incarnation 2"));
	assert_non_null(strstr(paper, "\"file\":\"page.h\""));
}

static void a_clean_run_has_neither_finding_nor_conflict(void **state)
{
	const struct show show = founding(*state, "none");
	const struct json_node *root = parsed(show_json, &show);

	assert_int_equal(json_get(json_get(root, "verdict"), "finding")->type,
			 'n');
	assert_int_equal(json_get(root, "conflict")->type, 'n');
	assert_null(strstr(paper, "\"lost\""));
}

static void an_operation_that_was_broken_off_has_no_end(void **state)
{
	const struct show show = broken_off(*state);
	const struct json_node *op;
	unsigned int nr = 0;

	expect_finding(&show.trace.engine->verdict, "use-after-free");
	expect_run(&show);
	op = json_get(parsed(show_json, &show), "operations")->first;
	for (; op; op = op->next)
		nr += json_get(op, "end")->type == 'n';
	assert_int_equal(nr, 1);
	assert_non_null(strstr(paper, "\"given_back\":true"));
}

static void a_run_longer_than_the_record_is_shown_so_far(void **state)
{
	const struct show show = marathon(*state);
	const struct json_node *counts;

	expect_run(&show);
	counts = json_get(parsed(show_json, &show), "counts");
	assert_int_equal(json_long(counts, "steps"), RECORD_STEPS);
	assert_int_equal(json_long(counts, "steps_dropped"), 2);
}

/* Nor are its other forms without end: they say how many steps are not there. */
static void of_a_long_run_the_middle_is_left_out(void **state)
{
	const struct show show = marathon(*state);
	const struct json_node *root = parsed(show_json, &show);
	const unsigned int there = json_size(json_get(root, "steps"));

	assert_in_range(there, TRACE_STEPS - 2, TRACE_STEPS + TRACE_ROWS);
	assert_int_equal(json_long(json_get(root, "counts"), "steps_left_out"),
			 RECORD_STEPS - there);
}

/* Who goes round for ever is shown from both ends. */
static void a_verbose_table_has_an_end(void **state)
{
	struct show show = marathon(*state);

	trace_be_verbose(&show.trace);
	assert_in_range(trace_nr_rows(&show.trace), TRACE_STEPS - 2,
			TRACE_STEPS + 2);
}

/* The page is one script element of data, and says what the JSON says. */
static void the_page_holds_the_json(void **state)
{
	const struct show show = founding(*state, "free-without-tail");
	const char *data, *end;

	print_to(show_json, &show, copy);
	print_to(show_html, &show, paper);
	data = strstr(paper, "id=\"data\">");
	assert_non_null(data);
	data = strchr(data, '\n') + 1;
	end = strstr(data, "</script>");
	assert_non_null(end);
	assert_memory_equal(data, copy, strlen(copy));
	assert_true(end >= data + strlen(copy));
	assert_null(strstr(paper, "://"));
	assert_null(strstr(paper, "@DATA@"));
	assert_null(strstr(paper, "@SCRIPT@"));
	assert_non_null(strstr(paper, "function drawTable()"));
	assert_non_null(strstr(paper, "prefers-color-scheme: dark"));
	assert_string_equal(paper + strlen(paper) - 8, "</html>\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_run_has_json),
		cmocka_unit_test(the_json_has_verdict_conflict_and_lost_pages),
		cmocka_unit_test(a_clean_run_has_neither_finding_nor_conflict),
		cmocka_unit_test(an_operation_that_was_broken_off_has_no_end),
		cmocka_unit_test(a_run_longer_than_the_record_is_shown_so_far),
		cmocka_unit_test(a_verbose_table_has_an_end),
		cmocka_unit_test(of_a_long_run_the_middle_is_left_out),
		cmocka_unit_test(the_page_holds_the_json),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
