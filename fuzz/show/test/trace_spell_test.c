/* SPDX-License-Identifier: MIT */
/* trace_spell_test.c: what places and values are called. */
#include "fake.h"
#include "trace.h"

static struct trace trace;

/* What the fake target does. */
static void act(unsigned long nr)
{
	(void)nr;
}

/* The founding race on the core as it is, and the first step at such a place. */
static const struct step *step_at(struct stage *stage, const char *class,
				  const char *field)
{
	unsigned int i;

	stage_play(stage, stage_core("none"), FOUNDING_RACE);
	trace_init(&trace, &stage->engine, &stage->record, false);
	for (i = 0; i < stage->record.nr; i++) {
		const struct step *step = &stage->record.steps[i];
		const struct target_place place =
			trace_place(&trace, step->addr);

		if (step->kind == STEP_ACCESS && place.thing &&
		    !strcmp(place.thing, class) && !strcmp(place.field, field))
			return step;
	}
	fail_msg("no step at %s %s", class, field);
	return NULL;
}

static void expect_reads(const struct step *step, uint64_t value,
			 const char *want)
{
	char text[TRACE_VALUE];

	trace_step_value(&trace, step, value, text, sizeof(text));
	assert_string_equal(text, want);
}

static void flags_of_the_core_read_by_name(void **state)
{
	const struct step *flags = step_at(*state, "page", "flags");

	expect_reads(flags, 0, "none");
	expect_reads(flags, 3, "locked|uptodate");
	expect_reads(flags, 4 | 1 << 9, "head|bit 9");
}

static void entries_of_the_core_read_as_what_they_are(void **state)
{
	const struct step *slot = step_at(*state, "node", "slot");

	expect_reads(slot, 0, "NULL");
	expect_reads(slot, 0x402, "retry");
	expect_reads(slot, (uintptr_t)slot->addr + 2, "node 0");
}

static void a_word_that_holds_a_pointer_is_null_if_it_is_zero(void **state)
{
	const struct step *slot = step_at(*state, "node", "slot");
	const struct step *count = step_at(*state, "page", "count");
	struct target silent = *stage_core("none");

	silent.spell_value = NULL;
	((struct stage *)*state)->engine.target = &silent;
	expect_reads(slot, 0, "NULL");
	expect_reads(count, 0, "0");
}

static void where_a_neighbour_holds_a_pointer_zero_is_null(void **state)
{
	struct target silent = *stage_core("none");
	struct step slot = *step_at(*state, "node", "slot");

	silent.spell_value = NULL;
	((struct stage *)*state)->engine.target = &silent;
	slot.addr = (const char *)slot.addr - 8; /* no step is there */
	expect_reads(&slot, 0, "NULL");
}

static void elements_and_bytes_into_a_thing_are_told_apart(void **state)
{
	const struct target_place slot = { "node", 2, "slot", 3 };
	const struct target_place bytes = { "forks", -1, "at", 40 };
	const struct target_place start = { "object", 7, "at", 0 };
	char text[TRACE_PLACE];

	step_at(*state, "node", "slot");
	trace_place_text(&trace, &slot, text, sizeof(text));
	assert_string_equal(text, "node 2 slot[3]");
	trace_place_text(&trace, &bytes, text, sizeof(text));
	assert_string_equal(text, "forks+40");
	trace_place_text(&trace, &start, text, sizeof(text));
	assert_string_equal(text, "object 7");
}

static void tests_say_what_they_came_to(void **state)
{
	static const struct {
		const char *accessor;
		uint64_t old, new;
		const char *result;
	} tests[] = {
		{ "test_and_set_bit", 0, 1, " (was clear)" },
		{ "test_and_set_bit", 1, 1, " (was set)" },
		{ "test_and_clear_bit", 1, 0, " (was set)" },
		{ "atomic_add_unless", 0, 0, " (failed)" },
		{ "atomic_inc_not_zero", 1, 2, " (succeeded)" },
		{ "cmpxchg", 5, 6, " (succeeded)" },
		{ "cmpxchg", 5, 5, " (changed nothing)" },
		{ "atomic_inc", 1, 2, "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
		const struct site site = { .accessor = tests[i].accessor,
					   .kind = MACHINE_RMWS };
		const struct step step = { .site = &site,
					   .old = tests[i].old,
					   .new = tests[i].new };

		assert_string_equal(trace_test(&step), tests[i].result);
	}
}

/* The handle's name is not that of the block in it. */
static void operations_name_what_they_take(void **state)
{
	struct stage *stage = *state;
	char text[TRACE_TEXT];
	unsigned int at = 0;

	stage_play(stage, stage_core("none"),
		   "setup b3 = alloc order=1\ntask0 free b3\n");
	trace_init(&trace, &stage->engine, &stage->record, false);
	while (stage->record.steps[at].setup)
		at++;
	trace_operation(&trace, &stage->record.steps[at], text, sizeof(text));
	assert_string_equal(text, "free b3 (pages 0 to 1)");
}

static void numbers_are_told_from_addresses_by_their_size(void **state)
{
	struct step step = *step_at(*state, "page", "count");
	struct site site = *step.site;

	step.site = &site;
	expect_reads(&step, 7, "7");
	expect_reads(&step, UINT32_MAX, "-1");
	expect_reads(&step, 1 << 20, "1048576");
	site.size = 1;
	expect_reads(&step, 0xfe, "254");
	site.size = 8;
	expect_reads(&step, UINT64_MAX - 1, "-2");
	expect_reads(&step, 1 << 20, "another value");
}

static void tags_and_stacks_are_told(void **state)
{
	struct step step = *step_at(*state, "page", "count");
	const struct fiber *fiber = &trace.engine->tasks[1].fiber;
	uint64_t page = (uintptr_t)step.addr;
	struct site site = *step.site;
	char text[TRACE_PLACE];

	site.size = 8;
	step.site = &site;
	step.addr = &site; /* a place without a name */
	expect_reads(&step, page, "page 0");
	expect_reads(&step, page | 5ULL << 48, "page 0, tag 5");
	expect_reads(&step, (uintptr_t)fiber->stack + 64, "task1's stack");
	site.expr = "&wait->flags";
	trace_step_place(&trace, &step, text, sizeof(text));
	assert_string_equal(text, "&wait->flags");
	step.addr = (const char *)fiber->stack + 64;
	trace_step_place(&trace, &step, text, sizeof(text));
	assert_string_equal(text, "&wait->flags on task1's stack");
	site.expr = "__add_wait_queue"; /* a kernel's helper */
	trace_step_place(&trace, &step, text, sizeof(text));
	assert_string_equal(text, "task1's stack (__add_wait_queue)");
	site.expr = ""; /* the source calls a function there */
	site.accessor = "list_splice";
	trace_step_place(&trace, &step, text, sizeof(text));
	assert_string_equal(text, "task1's stack (list_splice)");
}

/* Of 8 bytes, as if it were an address. */
static void put(struct record *record, const struct site *site, uint64_t value)
{
	struct step *step = &record->steps[record->nr++];

	*step = (struct step){ .kind = STEP_ACCESS,
			       .site = site,
			       .addr = &site->size,
			       .old = value,
			       .new = value };
}

static void values_without_a_name_have_letters(void **state)
{
	static const struct site site = { .size = 8,
					  .kind = MACHINE_LOADS,
					  .function = "f",
					  .expr = "x->y",
					  .accessor = "READ_ONCE" };
	struct stage *stage = *state;
	const uint64_t some = 0x123456789aULL;
	char text[TRACE_PLACE];
	unsigned int i;

	stage_play(stage, &target_fake, "task0 add 0\n");
	stage->record.nr = 0;
	put(&stage->record, &site, some);
	put(&stage->record, &site, some + 8);
	put(&stage->record, &site, some);
	for (i = 0; i < TRACE_NAMELESS; i++)
		put(&stage->record, &site, some + 16 + i);
	trace_init(&trace, &stage->engine, &stage->record, false);
	trace_find_nameless(&trace);
	expect_reads(&stage->record.steps[0], some, "value A");
	expect_reads(&stage->record.steps[1], some + 8, "value B");
	expect_reads(&stage->record.steps[2], some, "value A");
	expect_reads(&stage->record.steps[3], some + 15 + TRACE_NAMELESS,
		     "another value");
	trace_step_place(&trace, &stage->record.steps[0], text, sizeof(text));
	assert_string_equal(text, "x->y");
	assert_false(trace_has_name(&trace, &stage->record.steps[0]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(flags_of_the_core_read_by_name),
		cmocka_unit_test(entries_of_the_core_read_as_what_they_are),
		cmocka_unit_test(
			a_word_that_holds_a_pointer_is_null_if_it_is_zero),
		cmocka_unit_test(
			where_a_neighbour_holds_a_pointer_zero_is_null),
		cmocka_unit_test(
			elements_and_bytes_into_a_thing_are_told_apart),
		cmocka_unit_test(tests_say_what_they_came_to),
		cmocka_unit_test(operations_name_what_they_take),
		cmocka_unit_test(numbers_are_told_from_addresses_by_their_size),
		cmocka_unit_test(tags_and_stacks_are_told),
		cmocka_unit_test(values_without_a_name_have_letters),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
