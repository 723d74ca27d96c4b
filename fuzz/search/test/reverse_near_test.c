/* SPDX-License-Identifier: MIT */
/* reverse_near_test.c: which of the steps before it one is reversed with. */
#include "fake.h"
#include "reverse.h"

#define SEEDS 200

static struct reverse reverse; /* too large for a stack */

static struct {
	_Alignas(64) char line[64];
	uint32_t next_line;
} lines;

static void read_next_line(void) /* add 0: | r */
{
	READ_ONCE(lines.next_line);
	note('r');
}

static void write_next_line(void) /* add 1: | w */
{
	WRITE_ONCE(lines.next_line, 1);
	note('w');
}

static void write_across(void) /* add 2: | x */
{
	char *at = (char *)&lines.next_line - 2;
	uint64_t value = 1;

	if (!machine_before(SITE("memset", "lines", MACHINE_STORES,
				 MACHINE_ONCE, 4),
			    at, &value))
		memset(at, (int)value, 4);
	machine_after(value, value);
	note('x');
}

static void act(unsigned long nr)
{
	static void (*const acts[])(void) = { read_next_line, write_next_line,
					      write_across };

	acts[nr]();
}

/*
 * Task 0 does @writes, w or x each, then task 1 reads. Returns: with which of them,
 * a bit each, the read was reversed by one of many seeds.
 */
static unsigned int reversed_with(struct stage *stage, const char *writes)
{
	char text[256] = "", log[64] = "";
	unsigned int seed, with = 0;
	struct program child;
	struct rng rng;

	for (; *writes; writes++) {
		strcat(text,
		       *writes == 'x' ? "task0 add 2\n" : "task0 add 1\n");
		strcat(log, *writes == 'x' ? "0x" : "0w");
	}
	strcat(text, "task1 add 0\n");
	strcat(log, "1r");
	for (seed = 0; seed < SEEDS; seed++) {
		fake_play(stage, text, log);
		rng_seed(&rng, seed);
		memset(&reverse, 0, sizeof(reverse));
		assert_true(reverse_race(&reverse, &stage->record,
					 &stage->program, &rng, &child));
		stage_run(stage, &target_fake, &child);
		assert_non_null(strchr(fake.log, 'r'));
		with |= 1U << (strchr(fake.log, 'r') - fake.log) / 2;
	}
	return with;
}

static void it_is_one_of_the_last_four(void **state)
{
	assert_int_equal(reversed_with(*state, "wwwwww"), 0x3c);
	assert_int_equal(reversed_with(*state, "xxxxxx"), 0x3c);
	assert_int_equal(reversed_with(*state, "ww"), 0x3);
}

/* What goes over the end of a line is looked for apart, and comes in its turn. */
static void those_that_go_over_a_line_are_among_them(void **state)
{
	assert_int_equal(reversed_with(*state, "wwwwxx"), 0x3c);
	assert_int_equal(reversed_with(*state, "xxwwww"), 0x3c);
	assert_int_equal(reversed_with(*state, "wxwxwx"), 0x3c);
	assert_int_equal(reversed_with(*state, "xw"), 0x3);
}

/* Who goes over a line meets those of both of them. */
static void who_goes_over_a_line_meets_all(void **state)
{
	struct stage *stage = *state;
	struct program child;
	struct rng rng;

	rng_seed(&rng, 1);
	memset(&reverse, 0, sizeof(reverse));
	fake_play(stage, "task0 add 0\ntask1 add 2\n", "0r1x");
	assert_true(reverse_race(&reverse, &stage->record, &stage->program,
				 &rng, &child));
	stage_run(stage, &target_fake, &child);
	assert_string_equal(fake.log, "1x0r");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_one_of_the_last_four),
		cmocka_unit_test(those_that_go_over_a_line_are_among_them),
		cmocka_unit_test(who_goes_over_a_line_meets_all),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
