/* SPDX-License-Identifier: MIT */
/*
 * order_test.c: each edge that ThreadSanitizer is told of: with it correct code
 * is silent, without it the same code is reported, and a real race that stands
 * beside it is reported all the same.
 */
#include "order_acts.h"
#include "order_handles.h"
#include "tsan_report.h"

/* ---------------------------------------------------------------- and tests */

#define NOBODY (-1)

static void fresh_words(void)
{
	assert_in_range(nr_words, 0, 1023);
	x = &words[nr_words].x;
	y = &words[nr_words].y;
	nr_words++;
}

/* Reports of a run in which task0 does @first, then task1 @second. */
static unsigned int play(struct stage *stage, int setup, int first, int second,
			 const char *schedule)
{
	unsigned int reports;
	char text[512];
	int at = 0;

	if (!words_kept)
		fresh_words();
	a.counter = b.counter = 0;
	published = moved = NULL;
	if (setup != NOBODY)
		at += snprintf(text + at, sizeof(text) - at, "setup add %d\n",
			       setup);
	if (first != NOBODY)
		at += snprintf(text + at, sizeof(text) - at, "task0 add %d\n",
			       first);
	if (second != NOBODY)
		at += snprintf(text + at, sizeof(text) - at, "task1 add %d\n",
			       second);
	snprintf(text + at, sizeof(text) - at, "%s", schedule);
	reports = tsan_reports();
	expect_finding(stage_play(stage, &target_fake, text), "clean");
	return tsan_reports() - reports;
}

/* An edge of the target's own making, by its accessors. */
static void expect_edge(struct stage *stage, int writer, int reader,
			int stranger)
{
	unheard = false;
	assert_int_equal(play(stage, NOBODY, writer, reader, ""), 0);
	unheard = true;
	assert_int_not_equal(play(stage, NOBODY, writer, reader, ""), 0);
	unheard = false;
	if (stranger != NOBODY)
		assert_int_not_equal(play(stage, NOBODY, writer, stranger, ""),
				     0);
}

/* One that the engine makes. @args: of play(), by turns silent and not. */
#define expect_engine_edge(stage, edge, ...)                                   \
	do {                                                                   \
		assert_int_equal(play(stage, __VA_ARGS__), 0);                 \
		(stage)->engine.order.without = 1U << (edge);                  \
		assert_int_not_equal(play(stage, __VA_ARGS__), 0);             \
		(stage)->engine.order.without = 0;                             \
	} while (0)

static void a_lock_orders_what_it_protects(void **state)
{
	expect_edge(*state, ACT_lock_writer, ACT_lock_reader,
		    ACT_lock_stranger);
}

/* Third in a row is @reader, who takes no lock. */
static unsigned int inherit(struct stage *stage, int reader)
{
	char third[64];

	snprintf(third, sizeof(third), "task2 add %d\n", reader);
	return play(stage, NOBODY, ACT_lock_owner, ACT_lock_heir, third);
}

static void what_was_before_a_lock_goes_with_stores_under_it(void **state)
{
	struct stage *stage = *state;

	assert_int_equal(inherit(stage, ACT_acquire_reader), 0);
	assert_int_not_equal(inherit(stage, ACT_acquire_stranger), 0);
	stage->engine.order.without = 1U << ORDER_LOCK;
	assert_int_not_equal(inherit(stage, ACT_acquire_reader), 0);
	stage->engine.order.without = 0;
}

static void a_look_at_a_lock_and_a_fence_are_no_lock(void **state)
{
	assert_int_not_equal(play(*state, NOBODY, ACT_lock_writer,
				  ACT_lock_looker, ""), 0);
}

static void release_is_before_acquire(void **state)
{
	expect_edge(*state, ACT_release_writer, ACT_acquire_reader,
		    ACT_acquire_stranger);
}

static void release_is_before_a_load_and_an_rmb(void **state)
{
	expect_edge(*state, ACT_release_writer, ACT_rmb_reader,
		    ACT_rmb_stranger);
}

static void a_load_alone_orders_nothing(void **state)
{
	assert_int_not_equal(play(*state, NOBODY, ACT_release_writer,
				  ACT_once_reader, ""), 0);
}

static void a_dependency_counts_as_acquire(void **state)
{
	expect_edge(*state, ACT_assign_writer, ACT_depend_reader,
		    ACT_depend_stranger);
}

static void what_was_published_may_move(void **state)
{
	struct stage *stage = *state;

	assert_int_equal(play(stage, ACT_assign_writer, ACT_init_pointer_writer,
			      ACT_moved_reader, ""), 0);
	assert_int_not_equal(play(stage, ACT_assign_writer,
				  ACT_init_pointer_writer, ACT_moved_stranger,
				  ""), 0);
}

static void wmb_is_before_rmb(void **state)
{
	expect_edge(*state, ACT_wmb_writer, ACT_rmb_reader, ACT_rmb_stranger);
}

static void wmb_is_before_acquire(void **state)
{
	expect_edge(*state, ACT_wmb_writer, ACT_acquire_reader,
		    ACT_acquire_stranger);
}

static void mb_is_before_mb(void **state)
{
	expect_edge(*state, ACT_mb_writer, ACT_mb_reader, ACT_rmb_stranger);
}

static void a_fence_that_is_no_access_point_counts(void **state)
{
	expect_edge(*state, ACT_told_writer, ACT_told_reader, ACT_rmb_stranger);
}

static void two_fences_alone_are_no_edge(void **state)
{
	assert_int_not_equal(play(*state, NOBODY, ACT_mb_writer,
				  ACT_mb_stranger, ""), 0);
}

static void a_full_update_is_before_the_next_at_its_place(void **state)
{
	expect_edge(*state, ACT_rmw_writer, ACT_rmw_reader, ACT_rmw_stranger);
	assert_int_not_equal(play(*state, NOBODY, ACT_rmw_writer,
				  ACT_rmw_elsewhere, ""), 0);
}

static void a_full_update_is_a_fence(void **state)
{
	expect_edge(*state, ACT_rmw_fence_writer, ACT_rmb_reader,
		    ACT_rmb_stranger);
}

static void a_failed_update_orders_nothing(void **state)
{
	assert_int_not_equal(play(*state, NOBODY, ACT_rmw_writer,
				  ACT_failed_reader, ""), 0);
}

static void an_update_without_result_orders_nothing(void **state)
{
	assert_int_not_equal(play(*state, NOBODY, ACT_inc_writer,
				  ACT_inc_reader, ""), 0);
}

static void a_reader_inside_leaves_before_the_callback(void **state)
{
	static const char inside[] = "preempt task0 op0 point 1 -> task1\n";
	struct stage *stage = *state;

	expect_engine_edge(stage, ORDER_RCU_READER, NOBODY, ACT_section,
			   ACT_queue, inside);
	assert_int_not_equal(play(stage, NOBODY, ACT_section, ACT_queue_y,
				  inside), 0);
}

static void a_reader_that_has_left_is_before_the_callback(void **state)
{
	struct stage *stage = *state;

	expect_engine_edge(stage, ORDER_RCU_READER, NOBODY, ACT_section,
			   ACT_queue, "");
	assert_int_not_equal(play(stage, NOBODY, ACT_section, ACT_queue_y, ""),
			     0);
}

static void a_reader_that_came_before_the_grace_period_counts(void **state)
{
	static const char inside[] = "preempt task0 op0 point 1 -> task1\n";
	struct stage *stage = *state;

	expect_engine_edge(stage, ORDER_RCU_READER, NOBODY, ACT_queue_irqs_off,
			   ACT_section, inside);
	assert_int_not_equal(play(stage, NOBODY, ACT_queue_in_section,
				  ACT_section, inside), 0);
}

static void what_queues_is_before_the_callback(void **state)
{
	struct stage *stage = *state;

	expect_engine_edge(stage, ORDER_RCU_QUEUE, NOBODY, ACT_write_and_queue,
			   NOBODY, "");
	assert_int_not_equal(play(stage, NOBODY, ACT_queue_and_write, NOBODY,
				  ""), 0);
}

static void waking_is_before_waking_up(void **state)
{
	struct stage *stage = *state;

	expect_engine_edge(stage, ORDER_WAKE, NOBODY, ACT_waiter, ACT_waker,
			   "");
	assert_int_not_equal(play(stage, NOBODY, ACT_waiter_y, ACT_waker,
				  "preempt task1 op0 point 2 -> task0\n"), 0);
}

static void who_kept_the_cpu_is_before_who_runs_there(void **state)
{
	static const char there[] = "cpu task1 0\n";
	struct stage *stage = *state;

	expect_engine_edge(stage, ORDER_CPU, NOBODY, ACT_alone_writer,
			   ACT_alone_reader, there);
	assert_int_not_equal(
		play(stage, NOBODY, ACT_alone_writer, ACT_alone_reader, ""), 0);
	assert_int_not_equal(play(stage, NOBODY, ACT_alone_writer,
				  ACT_alone_stranger, there),
			     0);
}

static void what_may_race_says_nothing(void **state)
{
	struct stage *stage = *state;

	assert_int_equal(
		play(stage, NOBODY, ACT_plain_write, ACT_racing_reader, ""), 0);
	assert_int_not_equal(play(stage, NOBODY, ACT_plain_write,
				  ACT_racing_stranger, ""),
			     0);
}

static void set_up_is_before_every_task(void **state)
{
	struct stage *stage = *state;

	expect_engine_edge(stage, ORDER_START, ACT_plain_write, ACT_plain_read,
			   ACT_plain_read, "");
	assert_int_not_equal(play(stage, ACT_plain_read, ACT_plain_write,
				  ACT_plain_read, ""), 0);
}

static void every_task_is_before_the_next_run(void **state)
{
	struct stage *stage = *state;

	fresh_words();
	words_kept = true;
	assert_int_equal(play(stage, NOBODY, ACT_plain_write, NOBODY, ""), 0);
	assert_int_equal(play(stage, NOBODY, NOBODY, ACT_plain_read, ""), 0);
	stage->engine.order.without = 1U << ORDER_END;
	assert_int_equal(play(stage, NOBODY, ACT_plain_write, NOBODY, ""), 0);
	assert_int_not_equal(play(stage, NOBODY, NOBODY, ACT_plain_read, ""),
			     0);
	stage->engine.order.without = 0;
	words_kept = false;
}

/* ------------------------------------------------- epilogue, handles, findings */

static unsigned int play_handles(struct stage *stage, const char *text)
{
	unsigned int reports;

	fresh_words();
	reports = tsan_reports();
	stage_play(stage, &target_handles, text);
	return tsan_reports() - reports;
}

static void who_got_a_handle_is_before_who_takes_it(void **state)
{
	static const char hand_over[] = "task0 b0 = alloc\ntask1 free b0\n";
	struct stage *stage = *state;

	assert_int_equal(play_handles(stage, hand_over), 0);
	stage->engine.order.without = 1U << ORDER_HANDLE;
	assert_int_not_equal(play_handles(stage, hand_over), 0);
	stage->engine.order.without = 0;
	assert_int_not_equal(play_handles(stage, "task0 b0 = alloc\n"
						 "task1 b1 = alloc\n"), 0);
}

static void every_task_is_before_the_epilogue(void **state)
{
	struct stage *stage = *state;

	assert_int_equal(play_handles(stage, "task0 add 36\n"), 0);
	stage->engine.order.without = 1U << ORDER_END;
	assert_int_not_equal(play_handles(stage, "task0 add 36\n"), 0);
	stage->engine.order.without = 0;
	/* The join belongs to the run: the next one has to begin in order. */
	assert_int_equal(play_handles(stage, ""), 0);
	assert_int_equal(ACT_plain_write, 36);
}

static void a_broken_run_is_before_the_next(void **state)
{
	struct stage *stage = *state;
	int i;

	for (i = 0; i < 50; i++) {
		assert_int_equal(play_handles(stage, "task0 drain\n"), 0);
		expect_finding(&stage->engine.verdict, "on-purpose");
		assert_int_equal(play_handles(stage, "task1 free b0\n"
						     "task2 add 37\n"), 0);
	}
	assert_int_equal(ACT_plain_read, 37);
}

/* The tests themselves are nobody's tasks. */
static int open_unwatched(void **state)
{
	tsan_ignore_begin();
	return fake_open(state);
}

static int close_unwatched(void **state)
{
	int error = stage_close(state);

	tsan_ignore_end();
	return error;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_lock_orders_what_it_protects),
		cmocka_unit_test(
			what_was_before_a_lock_goes_with_stores_under_it),
		cmocka_unit_test(a_look_at_a_lock_and_a_fence_are_no_lock),
		cmocka_unit_test(release_is_before_acquire),
		cmocka_unit_test(release_is_before_a_load_and_an_rmb),
		cmocka_unit_test(a_load_alone_orders_nothing),
		cmocka_unit_test(a_dependency_counts_as_acquire),
		cmocka_unit_test(what_was_published_may_move),
		cmocka_unit_test(wmb_is_before_rmb),
		cmocka_unit_test(wmb_is_before_acquire),
		cmocka_unit_test(mb_is_before_mb),
		cmocka_unit_test(a_fence_that_is_no_access_point_counts),
		cmocka_unit_test(two_fences_alone_are_no_edge),
		cmocka_unit_test(a_full_update_is_before_the_next_at_its_place),
		cmocka_unit_test(a_full_update_is_a_fence),
		cmocka_unit_test(a_failed_update_orders_nothing),
		cmocka_unit_test(an_update_without_result_orders_nothing),
		cmocka_unit_test(a_reader_inside_leaves_before_the_callback),
		cmocka_unit_test(a_reader_that_has_left_is_before_the_callback),
		cmocka_unit_test(
			a_reader_that_came_before_the_grace_period_counts),
		cmocka_unit_test(what_queues_is_before_the_callback),
		cmocka_unit_test(waking_is_before_waking_up),
		cmocka_unit_test(who_kept_the_cpu_is_before_who_runs_there),
		cmocka_unit_test(what_may_race_says_nothing),
		cmocka_unit_test(set_up_is_before_every_task),
		cmocka_unit_test(every_task_is_before_the_next_run),
		cmocka_unit_test(who_got_a_handle_is_before_who_takes_it),
		cmocka_unit_test(every_task_is_before_the_epilogue),
		cmocka_unit_test(a_broken_run_is_before_the_next),
	};

	return cmocka_run_group_tests(tests, open_unwatched,
				      close_unwatched);
}
