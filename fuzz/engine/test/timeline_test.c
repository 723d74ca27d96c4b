/* SPDX-License-Identifier: MIT */
/* timeline_test.c: where each page was, step by step. */
#include "fake.h"
#include "timeline.h"

#define PROGRAMS 200

static struct timeline timeline;

static void act(unsigned long nr)
{
	WRITE_ONCE(fake.x, (int)nr);
}

/* Play @text with the timeline looking on. */
static const struct verdict *watch(struct stage *stage,
				   const struct target *target,
				   const char *text)
{
	const struct verdict *verdict;

	stage->record.timeline = &timeline;
	verdict = stage_play(stage, target, text);
	stage->record.timeline = NULL;
	return verdict;
}

static const struct verdict *watch_program(struct stage *stage,
					   const struct target *target,
					   const struct program *program)
{
	const struct verdict *verdict;

	stage->record.timeline = &timeline;
	verdict = stage_run(stage, target, program);
	stage->record.timeline = NULL;
	return verdict;
}

/* The words of @page's states, one after the other. */
static const char *story(int page)
{
	static char text[1024];
	struct page_state state = timeline.first[page];
	unsigned int i;
	size_t at;

	at = (size_t)snprintf(text, sizeof(text), "%s",
			      page_state_word(&state));
	for (i = 0; i < timeline.nr; i++)
		if (timeline.changes[i].page == page)
			at += (size_t)snprintf(
				text + at, sizeof(text) - at, " %s",
				page_state_word(&timeline.changes[i].state));
	return text;
}

/* The state of @page when operation @op of @task ended. */
static struct page_state when_ended(const struct stage *stage, int page,
				    unsigned int task, unsigned int op)
{
	unsigned int i;

	for (i = 0; i < stage->record.nr; i++) {
		const struct step *step = &stage->record.steps[i];

		if (step->kind == STEP_END && step->task == task &&
		    step->op == op)
			return timeline_at(&timeline, page, i + 1);
	}
	fail_msg("task %u op %u did not end", task, op);
	return timeline.first[page];
}

static void expect_text(const struct page_state *state, const char *text)
{
	char got[128];

	page_state_print(state, stage_core("none"), got, sizeof(got));
	assert_string_equal(got, text);
}

static void at_the_start_all_pages_stand_in_blocks_of_the_buddy(void **state)
{
	int page;

	watch(*state, stage_core("none"), "pages 32\n");
	assert_int_equal(timeline.pages, 32);
	for (page = 0; page < 32; page++)
		assert_string_equal(page_state_word(&timeline.first[page]),
				    "free");
	expect_text(&timeline.first[17], "free, order 5 from 0");
}

static void an_owned_block_has_order_head_and_incarnation(void **state)
{
	struct page_state owned;

	watch(*state, stage_core("none"),
	      "task0 b0 = alloc order=2\ntask0 free b0\n"
	      "task0 b0 = alloc order=2\n");
	owned = when_ended(*state, 3, 0, 0);
	expect_text(&owned, "owned, order 2 from 0, incarnation 1");
	owned = when_ended(*state, 3, 0, 1);
	assert_true(owned.facts & (PAGE_FREE | PAGE_PERCPU));
	owned = when_ended(*state, 3, 0, 2);
	expect_text(&owned, "owned, order 2 from 0, incarnation 2");
	owned = when_ended(*state, 4, 0, 0);
	expect_text(&owned, "free, order 2 from 4");
}

static void a_page_on_a_per_cpu_list_names_the_cpu(void **state)
{
	struct page_state freed;

	watch(*state, stage_core("none"),
	      "pcp high=8 batch=1\ntask1 b0 = alloc\ntask1 free b0\n");
	freed = when_ended(*state, 0, 1, 1);
	expect_text(&freed, "on the list of CPU 1");
	assert_int_equal(freed.incarnation, 1);
}

static void a_cached_page_names_its_index(void **state)
{
	struct page_state page;

	watch(*state, stage_core("none"),
	      "task0 add 9\ntask0 r0 = lookup 9\ntask0 remove 9\n"
	      "task0 put r0\n");
	page = when_ended(*state, 0, 0, 0);
	expect_text(&page, "cached at 9, incarnation 1");
	page = when_ended(*state, 0, 0, 1);
	expect_text(&page, "cached at 9, and held, incarnation 1");
	page = when_ended(*state, 0, 0, 2);
	expect_text(&page, "owned, incarnation 1");
}

static void a_page_in_nobodys_books_is_nowhere(void **state)
{
	watch(*state, stage_core("none"), "task0 b0 = alloc\ntask0 free b0\n");
	/* buddy, pcp, on its way (count 0, then 1), owned, on its way, ... */
	assert_string_equal(story(0), "free percpu nowhere nowhere owned "
				      "nowhere percpu free");
}

static void moving_between_free_lists_is_no_incarnation(void **state)
{
	watch(*state, stage_core("none"),
	      "pcp high=8 batch=4\ntask0 b0 = alloc\ntask0 free b0\n"
	      "task0 drain\n");
	assert_int_equal(timeline.last[0].incarnation, 1);
	assert_int_equal(timeline.last[1].incarnation, 0);
	assert_true(timeline_changes(&timeline, 1));
}

static void lost_pages_end_in_nobodys_books(void **state)
{
	const struct verdict *verdict = watch(
		*state, stage_core("free-without-tail"), FOUNDING_RACE);
	unsigned int page, nr = 0;

	expect_finding(verdict, "page-loss");
	for (page = 0; page < timeline.pages; page++)
		nr += !timeline.last[page].facts;
	assert_int_equal(nr, verdict->finding.number);
	assert_true(timeline.last[0].facts & PAGE_FREE);
	assert_false(timeline.last[1].facts);
}

static void a_page_may_be_free_and_held(void **state)
{
	const char *aba = "task0 b0 = alloc\ntask0 b1 = alloc\n"
			  "task1 b2 = alloc\ntask1 b3 = alloc\n"
			  "task1 free b2\n"
			  "preempt task0 op0 point 3 -> task1\n";
	const struct variant *treiber = targets_find("treiber", NULL);
	struct page_state page;

	expect_finding(watch(*state, treiber->target, aba), "owned-twice");
	page = when_ended(*state, 1, 0, 0);
	expect_text(&page, "free, order 0 from 1, though still held");
	assert_int_equal(page.facts, PAGE_FREE | PAGE_HELD);
}

/* Nobody owns anything after the epilogue, and nothing may be lost. */
static void a_clean_run_ends_with_every_page_free_or_cached(void **state)
{
	struct program program;
	unsigned int i, page, nr = 0;

	for (i = 0; i < PROGRAMS; i++) {
		stage_random(&program, i, 40);
		if (watch_program(*state, stage_core("none"), &program)
			    ->finding.checker)
			continue;
		nr++;
		for (page = 0; page < timeline.pages; page++) {
			uint8_t facts = timeline.last[page].facts;

			assert_true(facts == PAGE_FREE ||
				    facts == PAGE_PERCPU ||
				    facts == PAGE_CACHED);
		}
	}
	assert_int_equal(nr, PROGRAMS);
}

static void changes_lead_from_the_first_state_to_the_last(void **state)
{
	static struct page_state states[TARGET_PAGES_MAX];
	struct stage *stage = *state;
	struct program program;
	unsigned int i, page;

	for (i = 0; i < PROGRAMS; i++) {
		stage_random(&program, i, 40);
		watch_program(stage, stage_core("none"), &program);
		assert_int_equal(timeline.dropped, 0);
		timeline_all_at(&timeline, stage->record.nr, states);
		for (page = 0; page < timeline.pages; page++)
			assert_true(page_state_equal(&states[page],
						     &timeline.last[page]));
		for (page = 1; page < timeline.nr; page++)
			assert_true(timeline.changes[page - 1].step <=
				    timeline.changes[page].step);
	}
}

static void a_run_goes_the_same_way_if_nobody_looks(void **state)
{
	struct stage *stage = *state;
	struct program program;
	unsigned int i;

	for (i = 0; i < PROGRAMS; i++) {
		uint32_t digest;

		stage_random(&program, i, 40);
		digest = stage_run_digest(stage, stage_core("none"), &program);
		watch_program(stage, stage_core("none"), &program);
		assert_int_equal(stage_digest(stage), digest);
	}
}

static void a_record_without_a_timeline_leaves_it_alone(void **state)
{
	watch(*state, stage_core("none"), "task0 add 1\n");
	timeline.nr = 12345;
	stage_play(*state, stage_core("none"), "task0 add 1\n");
	assert_int_equal(timeline.nr, 12345);
}

static void a_target_that_shows_no_blocks_has_no_pages(void **state)
{
	watch(*state, &target_fake, "task0 add 1\n");
	assert_int_equal(timeline.pages, 0);
	assert_int_equal(timeline.nr, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			at_the_start_all_pages_stand_in_blocks_of_the_buddy),
		cmocka_unit_test(an_owned_block_has_order_head_and_incarnation),
		cmocka_unit_test(a_page_on_a_per_cpu_list_names_the_cpu),
		cmocka_unit_test(a_cached_page_names_its_index),
		cmocka_unit_test(a_page_in_nobodys_books_is_nowhere),
		cmocka_unit_test(moving_between_free_lists_is_no_incarnation),
		cmocka_unit_test(lost_pages_end_in_nobodys_books),
		cmocka_unit_test(a_page_may_be_free_and_held),
		cmocka_unit_test(
			a_clean_run_ends_with_every_page_free_or_cached),
		cmocka_unit_test(changes_lead_from_the_first_state_to_the_last),
		cmocka_unit_test(a_run_goes_the_same_way_if_nobody_looks),
		cmocka_unit_test(a_record_without_a_timeline_leaves_it_alone),
		cmocka_unit_test(a_target_that_shows_no_blocks_has_no_pages),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
