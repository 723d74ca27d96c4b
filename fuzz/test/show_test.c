/* SPDX-License-Identifier: MIT */
/* show_test.c: a run as JSON, as Chrome trace events, as a page. */
#include <glob.h>

#include "fake.h"
#include "json_tree.h"
#include "show.h"

#define PROGRAMS 200
#define PAPER (16 << 20)

typedef void print_form(const struct show *show, FILE *out);

static struct timeline timeline;
static struct json_tree tree;
static char paper[PAPER], copy[PAPER];

/* add N on the fake target: more steps than are kept. */
static void act(unsigned long nr)
{
	int i;

	for (i = 0; i < RECORD_STEPS; i++)
		WRITE_ONCE(fake.x, (int)nr + i);
}

static void print_to(print_form *print, const struct show *show, char *text)
{
	FILE *out = fmemopen(text, PAPER, "w");

	assert_non_null(out);
	print(show, out);
	assert_int_equal(fclose(out), 0);
	assert_true(strlen(text) < PAPER - 1);
}

static struct show play(struct stage *stage, const struct variant *variant,
			const struct program *program)
{
	struct show show = { .revert = variant->revert,
			     .file = "a.prog",
			     .text = "pagerace 1\nwhy </script>\n" };

	stage->record.timeline = &timeline;
	stage_run(stage, variant->target, program);
	trace_init(&show.trace, &stage->engine, &stage->record, false);
	stage->record.timeline = NULL;
	return show;
}

/* Print twice: equal, well-formed, and nothing of this machine in it. */
static const struct json_node *parsed(print_form *print,
				      const struct show *show)
{
	const struct json_node *root;

	print_to(print, show, paper);
	print_to(print, show, copy);
	assert_string_equal(paper, copy);
	assert_null(strstr(paper, "0x"));
	assert_null(strstr(paper, "\"/"));
	assert_null(strstr(paper, "</"));
	root = json_parse(&tree, paper);
	if (!root)
		fail_msg("not JSON:\n%.2000s", paper);
	return root;
}

/* ------------------------------------------------------- the JSON's schema */

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
	assert_null(memchr(json_get(step, "file")->text, '/',
			   json_get(step, "file")->length));
	assert_non_null(
		memchr(json_get(step, "site")->text, '#', json_get(step, "site")->length));
	if (!place)
		return;
	assert_non_null(json_get(place, "class"));
	if (!json_get(step, "given_back")) {
		assert_int_equal(json_get(step, "old")->type, '"');
		assert_int_equal(json_get(step, "new")->type, '"');
	}
}

static void expect_steps(const struct json_node *root)
{
	const struct json_node *step = json_get(root, "steps")->first;
	long nr = 0;

	for (; step; step = step->next) {
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

static void expect_run(const struct show *show)
{
	const struct json_node *root = parsed(show_json, show);
	const struct json_node *conflict = json_get(root, "conflict");

	assert_true(json_is(root, "format", "pagerace run"));
	assert_int_equal(json_long(root, "version"), 1);
	assert_true(json_is(root, "target", show->trace.engine->target->name));
	assert_true(json_is(root, "revert", show->revert));
	assert_non_null(json_get(root, "digest"));
	json_long(json_get(root, "config"), "fanout");
	expect_operations(root);
	expect_steps(root);
	expect_stops(root);
	expect_pages(root);
	if (conflict->type == '{')
		assert_in_range(json_long(conflict, "first"), 1,
				json_long(conflict, "second") - 1);
}

/* ------------------------------------------------------ Chrome trace events */

#define TRACKS (2 * TARGET_PAGES_MAX)

struct track {
	bool named;
	long at; /* ts of the event before */
	long busy; /* end of the slice before */
	unsigned int depth; /* open operations */
};

static struct track *track_of(struct track *tracks,
			      const struct json_node *event)
{
	long pid = json_long(event, "pid"), tid = json_long(event, "tid");

	assert_in_range(pid, 1, 2);
	assert_in_range(tid, 1, TARGET_PAGES_MAX);
	return &tracks[(pid - 1) * TARGET_PAGES_MAX + tid - 1];
}

static void expect_slice(struct track *track, const struct json_node *event)
{
	long ts = json_long(event, "ts"), dur = json_long(event, "dur");

	assert_true(dur > 0);
	assert_true(ts >= track->busy);
	track->busy = ts + dur;
	assert_non_null(json_get(event, "name"));
	assert_true(json_long(event, "pid") == 2 || track->depth == 1);
}

static void expect_event(struct track *track, const struct json_node *event,
			 unsigned int *arrows)
{
	assert_true(track->named);
	assert_true(json_long(event, "ts") >= track->at);
	assert_true(json_long(event, "ts") >= track->busy ||
		    json_is(event, "name", "conflict"));
	track->at = json_long(event, "ts");
	if (json_is(event, "ph", "X")) {
		expect_slice(track, event);
	} else if (json_is(event, "ph", "B")) {
		assert_non_null(json_get(event, "name"));
		assert_int_equal(track->depth++, 0);
	} else if (json_is(event, "ph", "E")) {
		assert_int_equal(track->depth--, 1);
	} else if (json_is(event, "ph", "i")) {
		assert_true(json_is(event, "s", "t"));
	} else if (json_is(event, "ph", "s")) {
		assert_int_equal((*arrows)++, 0);
		assert_int_equal(json_long(event, "id"), 1);
	} else {
		assert_true(json_is(event, "ph", "f"));
		*arrows += 2; /* in the other task's track: seen in any order */
	}
}

/* Returns: the events. */
static const struct json_node *expect_trace(const struct show *show)
{
	static struct track tracks[TRACKS];
	const struct json_node *root = parsed(show_perfetto, show);
	const struct json_node *events = json_get(root, "traceEvents");
	const struct json_node *event;
	unsigned int arrows = 0, i;

	memset(tracks, 0, sizeof(tracks));
	for (event = events->first; event; event = event->next) {
		struct track *track = track_of(tracks, event);

		if (json_is(event, "ph", "M"))
			track->named |= json_is(event, "name", "thread_name");
		else
			expect_event(track, event, &arrows);
	}
	for (i = 0; i < TRACKS; i++)
		assert_int_equal(tracks[i].depth, 0);
	assert_int_equal(arrows, trace_has_conflict(&show->trace) ? 3 : 0);
	return events;
}

static unsigned int count_events(const struct json_node *events,
				 const char *key, const char *text)
{
	const struct json_node *event;
	unsigned int nr = 0;

	for (event = events->first; event; event = event->next)
		nr += json_is(event, key, text);
	return nr;
}

/* ----------------------------------------------------------------- tests */

static const struct variant *core(const char *revert)
{
	const struct variant *variant = targets_find("core", revert);

	assert_non_null(variant);
	return variant;
}

static struct show founding(struct stage *stage, const char *revert)
{
	stage_parse(&stage->program, FOUNDING_RACE);
	return play(stage, core(revert), &stage->program);
}

static void kept_programs_have_json_and_a_trace(void **state)
{
	struct program program;
	struct text_head head;
	char text[16384], error[256];
	size_t i, size;
	glob_t found;

	assert_int_equal(
		glob(PAGERACE_CORPUS "/*/*.prog", 0, NULL, &found), 0);
	assert_int_equal(glob(PAGERACE_CORPUS "/bugs/*/*.prog", GLOB_APPEND,
			      NULL, &found), 0);
	for (i = 0; i < found.gl_pathc; i++) {
		FILE *in = fopen(found.gl_pathv[i], "r");
		struct show show;

		assert_non_null(in);
		size = fread(text, 1, sizeof(text), in);
		fclose(in);
		assert_true(text_parse(text, size, &head, &program, error,
				       sizeof(error)));
		show = play(*state, targets_find(head.target, head.revert),
			    &program);
		expect_run(&show);
		expect_trace(&show);
	}
	globfree(&found);
}

static void random_programs_have_json_and_a_trace(void **state)
{
	struct program program;
	unsigned int i, nr = 0;

	while (variants[nr].target)
		nr++;
	for (i = 0; i < PROGRAMS; i++) {
		struct show show;

		stage_random(&program, i, 40);
		program.config.pages = 16u << i % 4;
		show = play(*state, &variants[i % nr], &program);
		expect_run(&show);
		expect_trace(&show);
	}
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

static void the_trace_has_tracks_operations_and_an_arrow(void **state)
{
	const struct show show = founding(*state, "free-without-tail");
	const struct json_node *events = expect_trace(&show);

	assert_int_equal(count_events(events, "name", "process_name"), 2);
	assert_int_equal(count_events(events, "ph", "s"), 1);
	assert_int_equal(count_events(events, "ph", "f"), 1);
	assert_int_equal(count_events(events, "name", "preempted"), 2);
	assert_int_equal(count_events(events, "name", "lookup 3"), 1);
	assert_int_equal(count_events(events, "cat", "lost"), 3);
	assert_int_equal(count_events(events, "ph", "B"),
			 count_events(events, "ph", "E"));
}

static void an_operation_that_was_broken_off_ends_with_the_trace(void **state)
{
	struct stage *stage = *state;
	struct show show;

	stage_parse(&stage->program,
		    "setup add 3\ntask0 lookup 3\ntask1 remove 3\n"
		    "preempt task0 op0 before xas_descend -> task1\n");
	show = play(stage, core("no-grace-period"), &stage->program);
	expect_finding(&stage->engine.verdict, "use-after-free");
	expect_run(&show);
	expect_trace(&show);
}

static void a_run_longer_than_the_record_is_shown_so_far(void **state)
{
	const struct variant variant = { &target_fake, "none", "", "", "" };
	struct stage *stage = *state;
	const struct json_node *counts;
	struct show show;

	stage_parse(&stage->program, "task0 add 1\n");
	show = play(stage, &variant, &stage->program);
	expect_run(&show);
	counts = json_get(parsed(show_json, &show), "counts");
	assert_int_equal(json_long(counts, "steps"), RECORD_STEPS);
	assert_int_equal(json_long(counts, "steps_dropped"), 2);
	expect_trace(&show);
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
		cmocka_unit_test(kept_programs_have_json_and_a_trace),
		cmocka_unit_test(random_programs_have_json_and_a_trace),
		cmocka_unit_test(the_json_has_verdict_conflict_and_lost_pages),
		cmocka_unit_test(a_clean_run_has_neither_finding_nor_conflict),
		cmocka_unit_test(the_trace_has_tracks_operations_and_an_arrow),
		cmocka_unit_test(
			an_operation_that_was_broken_off_ends_with_the_trace),
		cmocka_unit_test(a_run_longer_than_the_record_is_shown_so_far),
		cmocka_unit_test(the_page_holds_the_json),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
