/* SPDX-License-Identifier: MIT */
/* trace_touched_test.c: what is said of an access that nobody survived. */
#include "fake.h"
#include "trace.h"

static void expect_said(struct stage *stage, enum touched_kind kind,
			const volatile void *addr, const char *want)
{
	const struct touched touched = { kind, addr };
	struct trace trace;
	char text[TRACE_TEXT];

	trace_init(&trace, &stage->engine, &stage->record, false);
	trace_touched(&trace, &touched, text, sizeof(text));
	assert_string_equal(text, want);
}

static void expect_at(struct stage *stage, uintptr_t addr, const char *want)
{
	expect_said(stage, TOUCHED_ADDRESS, (void *)addr, want);
}

static void no_access_and_no_memory(void **state)
{
	stage_play(*state, &target_fake, "task0 add 0\n");
	expect_said(*state, TOUCHED_UNKNOWN, &fake.x, "");
	expect_said(*state, TOUCHED_NO_MEMORY, NULL,
		    "an address that no memory has: poison, or no pointer");
}

static void what_lies_behind_null(void **state)
{
	stage_play(*state, &target_fake, "task0 add 0\n");
	expect_at(*state, 0, "NULL");
	expect_at(*state, 65535, "65535 bytes behind NULL");
	expect_at(*state, 65536,
		  "nothing of the target's, and nothing near it");
}

static void what_it_is_or_lies_next_to(void **state)
{
	uintptr_t start = (uintptr_t)&fake, end = start + sizeof(fake);
	char want[64];

	stage_play(*state, &target_fake, "task0 add 0\n");
	expect_at(*state, start, "fake 0 word");
	expect_at(*state, (uintptr_t)&fake.pages[2], "page 2");
	expect_at(*state, start - 8, "8 bytes in front of fake 0 word");
	snprintf(want, sizeof(want), "16 bytes behind fake %zu word",
		 sizeof(fake) - 4);
	expect_at(*state, end + 12, want);
	expect_at(*state, start - 8192,
		  "nothing of the target's, and nothing near it");
}

static void contents_of_pages(void **state)
{
	struct stage *stage = *state;
	const struct stamps *stamps = &stage->engine.scene.stamps;
	uintptr_t contents;

	stage_play(stage, stage_core("none"), "pages 16\ntask0 b0 = alloc\n");
	contents = (uintptr_t)stamps->contents;
	expect_at(stage, contents + 3 * stamps->stride + 5, "page 3 contents");
	expect_at(stage, contents + 16 * stamps->stride + 4,
		  "8 bytes behind page 15 contents");
}

static void a_stack_that_is_used_up(void **state)
{
	struct stage *stage = *state;

	stage_play(stage, &target_fake, "task0 add 0\n");
	expect_at(stage, (uintptr_t)stage->engine.tasks[1].fiber.stack - 8,
		  "the end of task1's stack");
}

static void act(unsigned long nr)
{
	(void)nr;
	WRITE_ONCE(fake.x, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_access_and_no_memory),
		cmocka_unit_test(what_lies_behind_null),
		cmocka_unit_test(what_it_is_or_lies_next_to),
		cmocka_unit_test(contents_of_pages),
		cmocka_unit_test(a_stack_that_is_used_up),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
