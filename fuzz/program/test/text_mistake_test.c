/* SPDX-License-Identifier: MIT */
/* text_mistake_test.c: what text may not say, and how it is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "program.h"

#define ROUNDS 20000

/* One of each line. */
static const char sample[] =
	"pagerace 1\n"
	"revert   e320d3012d25\n"
	"why      the founding race\n"
	"pages    16\n"
	"pcp      high=0 batch=1\n"
	"fanout   4\n"
	"cpu      task2 0\n"
	"irq      task3\n"
	"setup    add 3\n"
	"task1    b0 = alloc order=2 compound\n"
	"task1    r1 = get b0\n"
	"task1    lookup_batch 3 count=2\n"
	"preempt  task0 op0 before f:READ_ONCE(a[1, 2]->b)#3 -> rcu\n"
	"preempt  task0 op0 before 0x0012abcd#1 -> task1\n"
	"switch   task1 op2 begin -> task0\n"
	"preempt  rcu op255 point 65535 -> task7\n";

/* Parse from memory that ends where the text ends. */
static bool parse(const char *text, size_t size, struct text_head *head,
		  struct program *program, char *error)
{
	char *exact = malloc(size ? size : 1);
	bool parsed;

	assert_non_null(exact);
	memcpy(exact, text, size);
	error[0] = '\0';
	parsed = text_parse(exact, size, head, program, error, 128);
	free(exact);
	return parsed;
}

static void expect_error(const char *text, size_t size, const char *expected)
{
	struct text_head head, old_head;
	struct program program, old_program;
	char error[128];

	memset(&head, 0x66, sizeof(head));
	memset(&program, 0x66, sizeof(program));
	memcpy(&old_head, &head, sizeof(head));
	memcpy(&old_program, &program, sizeof(program));
	assert_false(parse(text, size, &head, &program, error));
	assert_string_equal(error, expected);
	assert_memory_equal(&head, &old_head, sizeof(head));
	assert_memory_equal(&program, &old_program, sizeof(program));
}

static void expect_mistake(const char *text, const char *expected)
{
	expect_error(text, strlen(text), expected);
}

static const struct {
	const char *lines, *message;
} mistakes[] = {
	{ "task1 alocc", "unknown operation \"alocc\"; did you mean alloc?" },
	{ "task1 dance", "unknown operation \"dance\"" },
	{ "task1 nop", "unknown operation \"nop\"" },
	{ "task1", "missing operation" },
	{ "task1 r0 =", "missing operation" },
	{ "task1 alloc order=7", "order out of range 0..6: \"7\"" },
	{ "task1 alloc order=", "missing order (0..6)" },
	{ "task1 alloc order=1x", "order out of range 0..6: \"1x\"" },
	{ "task1 alloc order=1 order=1", "unexpected word \"order=1\"" },
	{ "task1 alloc count=1", "unexpected word \"count=1\"" },
	{ "task1 alloc compound", "compound needs an order from 1" },
	{ "task1 alloc order=1 compoundx",
	  "unexpected word \"compoundx\"; did you mean compound?" },
	{ "task1 alloc odrer=1",
	  "unexpected word \"odrer=1\"; did you mean order?" },
	{ "task1 lookup_batch 3 count=0", "count out of range 1..4: \"0\"" },
	{ "task1 lookup_batch 3 count=5", "count out of range 1..4: \"5\"" },
	{ "task1 lookup", "missing index (0..63)" },
	{ "task1 lookup 64", "index out of range 0..63: \"64\"" },
	{ "task1 lookup -1", "index out of range 0..63: \"-1\"" },
	{ "task1 lookup 4294967299",
	  "index out of range 0..63: \"4294967299\"" },
	{ "task1 lookup 3 4", "unexpected word \"4\"" },
	{ "task1 lookup 3 # three", "unexpected word \"#\"" },
	{ "task1 free", "missing operand (b0 to b7)" },
	{ "task1 free b9", "b9: handles are b0 to b7" },
	{ "task1 free r1", "r1: handles are b0 to b7" },
	{ "task1 put b1", "b1: handles are r0 to r7" },
	{ "task1 r8 = get b0", "r8: handles are r0 to r7" },
	{ "task1 r0 = alloc", "r0: handles are b0 to b7" },
	{ "task1 b0 = free b0", "free gives nothing to \"b0\"" },
	{ "task8 drain", "unknown task \"task8\" (task0 to task7)" },
	{ "task drain", "unknown task \"task\" (task0 to task7)" },
	{ "tsak1 drain", "unknown directive \"tsak1\"; did you mean task0?" },
	{ "frob 1", "unknown directive \"frob\"" },
	{ "premept task0 op0 begin -> task1",
	  "unknown directive \"premept\"; did you mean preempt?" },
	{ "pages", "missing pages (2..4096)" },
	{ "pages 1", "pages out of range 2..4096: \"1\"" },
	{ "pages 48", "pages: \"48\" is not a power of two" },
	{ "pages 16 17", "unexpected word \"17\"" },
	{ "fanout 128", "fanout out of range 2..64: \"128\"" },
	{ "fanout 6", "fanout: \"6\" is not a power of two" },
	{ "pcp", "missing word at the end" },
	{ "pcp high=16", "high out of range 0..15: \"16\"" },
	{ "pcp high=16 batch=1", "high out of range 0..15: \"16\"" },
	{ "pcp batch=0", "batch out of range 1..8: \"0\"" },
	{ "pcp low=1", "unexpected word \"low=1\"" },
	{ "cpu", "missing task" },
	{ "cpu rcu 1", "unknown task \"rcu\" (task0 to task7)" },
	{ "cpu task1", "missing cpu (0..3)" },
	{ "cpu task1 4", "cpu out of range 0..3: \"4\"" },
	{ "irq task9", "unknown task \"task9\" (task0 to task7)" },
	{ "irq task1 1", "unexpected word \"1\"" },
	{ "expect", "missing word at the end" },
	{ "expect a b", "unexpected word \"b\"" },
	{ "sanitizer", "missing word at the end" },
	{ "sanitizer memory b", "unexpected word \"b\"" },
	{ "sanitizer leak", "unknown sanitizer \"leak\" (address, memory, "
			    "undefined, thread)" },
	{ "why", "missing word at the end" },
	{ "why a\001b", "byte 0x01 is no text" },
	{ "switch", "missing task" },
	{ "switch setup op0 begin -> task1",
	  "unknown task \"setup\" (task0 to task7, rcu)" },
	{ "switch task0 begin -> task1", "expected op0 to op255: \"begin\"" },
	{ "switch task0 op256 begin -> task1",
	  "expected op0 to op255: \"op256\"" },
	{ "switch task0 op0 -> task1",
	  "expected begin, point or before: \"->\"" },
	{ "switch task0 op0 begin task1", "expected \"->\": \"task1\"" },
	{ "switch task0 op0 begin ->", "missing task" },
	{ "switch task0 op0 begin -> task8",
	  "unknown task \"task8\" (task0 to task7, rcu)" },
	{ "switch task0 op0 begin -> task1 x", "unexpected word \"x\"" },
	{ "switch task0 op0 point 65536 -> task1",
	  "point out of range 0..65535: \"65536\"" },
	{ "switch task0 op0 before", "missing \"-> task\"" },
	{ "switch task0 op0 before f#1", "missing \"-> task\"" },
	{ "switch task0 op0 before -> task1", "no site: \"\"" },
	{ "switch task0 op0 before #1 -> task1", "no site: \"\"" },
	{ "switch task0 op0 before f# -> task1",
	  "missing occurrence (1..65535)" },
	{ "switch task0 op0 before f#0 -> task1",
	  "occurrence out of range 1..65535: \"0\"" },
	{ "switch task0 op0 before 7 -> task1", "no site: \"7\"" },
	{ "switch task0 op0 before 0x0#1 -> task1", "no site: \"0x0\"" },
	{ "switch task0 op0 before 0x123456789 -> task1",
	  "no site: \"0x123456789\"" },
	{ "switch task0 op0 before 0xfg -> task1", "no site: \"0xfg\"" },
};

static void mistakes_are_named_and_change_nothing(void **state)
{
	char text[256], message[128];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
		snprintf(text, sizeof(text), "pagerace 1\n\n%s\npages 32\n",
			 mistakes[i].lines);
		snprintf(message, sizeof(message), "line 3: %s",
			 mistakes[i].message);
		expect_mistake(text, message);
	}
}

static void the_first_line_says_which_version(void **state)
{
	(void)state;
	expect_mistake("",
		       "line 1: expected \"pagerace 1\", and there is nothing");
	expect_mistake("pages 16\n",
		       "line 1: expected \"pagerace 1\", found \"pages 16\"");
	expect_mistake("pagrace 1\n",
		       "line 1: expected \"pagerace 1\", found \"pagrace 1\"; "
		       "is it misspelt?");
	expect_mistake("\n# mine\n\npagerace 1",
		       "line 1: expected \"pagerace 1\", which stands in line "
		       "4: nothing may stand before it");
	expect_mistake(
		" pagerace 1\n",
		"line 1: expected \"pagerace 1\", found blanks before it");
	expect_mistake("\xef\xbb\xbfpagerace 1\n",
		       "line 1: expected \"pagerace 1\", found a byte order "
		       "mark");
	expect_mistake("\npages 16\npagerace 1\n",
		       "line 1: expected \"pagerace 1\", found an empty line");
	expect_mistake("\177ELF\n", "line 1: expected \"pagerace 1\", found "
				    "bytes that are no text");
	expect_mistake("pagerace 2\n",
		       "line 1: version \"2\": only 1 is known");
	expect_mistake("pagerace 1 2",
		       "line 1: unexpected word \"2\"");
}

static void what_stands_once_may_not_be_repeated(void **state)
{
	static const char *const lines[] = {
		"target a", "revert a", "expect a", "pages 16", "pcp high=0",
		"fanout 4", "sanitizer memory",
	};
	char text[128], message[128];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		snprintf(text, sizeof(text), "pagerace 1\n%s\n%s", lines[i],
			 lines[i]);
		snprintf(message, sizeof(message), "line 3: repeated \"%.*s\"",
			 (int)strcspn(lines[i], " "), lines[i]);
		expect_mistake(text, message);
	}
	expect_mistake("pagerace 1\nirq task2\nirq task2",
		       "line 3: repeated for task2");
	expect_mistake("pagerace 1\ncpu task2 1\ncpu task2 2",
		       "line 3: repeated for task2");
}

/* The first line and then @line, @times. */
static void expect_too_many(const char *line, int times, const char *message)
{
	char text[4096] = "pagerace 1\n", *end = text + strlen(text);
	struct text_head head;
	struct program program;
	char error[128];

	while (times--)
		end = stpcpy(end, line);
	assert_true(parse(text, end - text, &head, &program, error));
	end = stpcpy(end, line);
	expect_error(text, end - text, message);
}

static void lists_have_limits(void **state)
{
	(void)state;
	expect_too_many("task1 drain\n", PROGRAM_OPS,
			"line 10: too many operations for task1 (at most 8)");
	expect_too_many("setup add 1\n", PROGRAM_SETUP_OPS,
			"line 18: too many operations for setup (at most 16)");
	expect_too_many("switch task0 op0 begin -> task1\n", PROGRAM_SWITCHES,
			"line 50: too many switches (at most 48)");
}

static void strings_have_limits(void **state)
{
	char text[2048] = "pagerace 1\nwhy ";
	struct text_head head;
	struct program program;
	char error[128];
	size_t length = strlen(text);

	(void)state;
	memset(text + length, 'x', sizeof(text) - length);
	assert_true(parse(text, length + TEXT_WHY_MAX - 2, &head, &program,
			  error));
	assert_int_equal(strlen(head.why), TEXT_WHY_MAX - 2);
	expect_error(text, length + TEXT_WHY_MAX - 1,
		     "line 2: why is too long (at most 1022)");
	memcpy(text, "pagerace 1\nrevert ", 18);
	memset(text + 18, 'y', 64);
	assert_true(parse(text, 18 + TEXT_WORD_MAX - 1, &head, &program,
			  error));
	assert_int_equal(strlen(head.revert), TEXT_WORD_MAX - 1);
	expect_error(text, 18 + TEXT_WORD_MAX,
		     "line 2: \"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy...\" "
		     "is too long (at most 63)");
}

static void a_message_fits_where_it_is_put(void **state)
{
	char error[8] = "1234567";
	struct text_head head;
	struct program program;

	(void)state;
	assert_false(text_parse("x", 1, &head, &program, error, 5));
	assert_string_equal(error, "line");
	assert_int_equal(error[5], '6');
	assert_false(text_parse("x", 1, &head, &program, NULL, 0));
}

static uint32_t next_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return *seed >> 33;
}

static void what_is_accepted_is_normal(const char *text, size_t size)
{
	struct text_head head;
	struct program program, normal;
	char error[128];

	if (!parse(text, size, &head, &program, error)) {
		assert_memory_equal(error, "line ", 5);
		return;
	}
	normal = program;
	program_normalize(&normal);
	assert_true(program_equal(&program, &normal));
}

static void every_prefix_is_a_program_or_a_mistake(void **state)
{
	size_t size;

	(void)state;
	for (size = 0; size <= strlen(sample); size++)
		what_is_accepted_is_normal(sample, size);
}

static void every_damaged_text_is_a_program_or_a_mistake(void **state)
{
	static const char bytes[] = "\n\r\t #=->0129brxtask\"%s\377";
	char text[sizeof(sample)];
	size_t size = strlen(sample);
	uint64_t seed = 2;
	int round, i;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		memcpy(text, sample, sizeof(text));
		for (i = next_random(&seed) % 4; i >= 0; i--)
			text[11 + next_random(&seed) % (size - 11)] =
				bytes[next_random(&seed) % sizeof(bytes)];
		what_is_accepted_is_normal(text, size);
	}
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(mistakes_are_named_and_change_nothing),
		TEST(the_first_line_says_which_version),
		TEST(what_stands_once_may_not_be_repeated),
		TEST(lists_have_limits),
		TEST(strings_have_limits),
		TEST(a_message_fits_where_it_is_put),
		TEST(every_prefix_is_a_program_or_a_mistake),
		TEST(every_damaged_text_is_a_program_or_a_mistake),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
