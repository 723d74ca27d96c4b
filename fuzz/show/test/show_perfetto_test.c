/* SPDX-License-Identifier: MIT */
/* show_perfetto_test.c: a run as Chrome trace events. */
#include "show_stage.h"

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
static const struct json_node *events_of(const struct show *show)
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

static void expect_trace(const struct show *show)
{
	events_of(show);
}

/* ----------------------------------------------------------------- tests */

static void every_run_has_a_trace(void **state)
{
	each_kept_program(*state, expect_trace);
	each_random_program(*state, expect_trace);
}

static void the_trace_has_tracks_operations_and_an_arrow(void **state)
{
	const struct show show = founding(*state, "free-without-tail");
	const struct json_node *events = events_of(&show);

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
	const struct show show = broken_off(*state);

	expect_finding(&show.trace.engine->verdict, "use-after-free");
	expect_trace(&show);
}

static void a_run_longer_than_the_record_has_a_trace(void **state)
{
	const struct show show = marathon(*state);

	assert_int_equal(count_events(events_of(&show), "cat", "store"),
			 RECORD_STEPS - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_run_has_a_trace),
		cmocka_unit_test(the_trace_has_tracks_operations_and_an_arrow),
		cmocka_unit_test(
			an_operation_that_was_broken_off_ends_with_the_trace),
		cmocka_unit_test(a_run_longer_than_the_record_has_a_trace),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
