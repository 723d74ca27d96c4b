/* SPDX-License-Identifier: MIT */
/* text_test.c: programs as people read and write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "hash.h"
#include "operation.h"
#include "program.h"
#include "sites.h"

#define ROUNDS 5000
#define TEXT_MAX 16384

static const char founding_race[] =
	"pagerace 1\n"
	"target   core\n"
	"revert   e320d3012d25\n"
	"expect   page-loss\n"
	"why      the founding race,\n"
	"why      by public operations\n"
	"pages    16\n"
	"pcp      high=0 batch=1\n"
	"fanout   4\n"
	"cpu      task2 0\n"
	"irq      task3\n"
	"setup    add 3\n"
	"task0    r0 = lookup 3\n"
	"task1    remove 3\n"
	"task1    b0 = alloc order=2 compound\n"
	"task1    free b0\n"
	"task1    r1 = get b0\n"
	"task1    r2 = lookup_batch 3 count=2\n"
	"task2    alloc\n"
	"preempt  task0 op0 before get_page_unless_zero#1 -> task1\n"
	"preempt  task0 op0 before xas_load:READ_ONCE(a[1, 2]->slot)#3 -> rcu\n"
	"preempt  task0 op0 before 0x0012abcd#1 -> task1\n"
	"switch   task1 op2 begin -> task0\n"
	"preempt  rcu op255 point 65535 -> task7\n";

static void founding_program(struct program *program)
{
	program_clear(program);
	program->tasks[2].cpu = 0;
	program->tasks[3].irq = 1;
	program->setup.nr = 1;
	program->setup.ops[0] =
		(struct program_op){ OP_ADD, NO_HANDLE, NO_HANDLE, 3, 1,
				     0,	     0,		0,	   0, 0 };
	program->tasks[0].nr = 1;
	program->tasks[0].ops[0] =
		(struct program_op){ OP_LOOKUP, 0, NO_HANDLE, 3, 1,
				     0,		0, 0,	      0, 0 };
	program->tasks[1].nr = 5;
	memcpy(program->tasks[1].ops,
	       (struct program_op[]){
		       { OP_REMOVE, NO_HANDLE, NO_HANDLE, 3, 1, 0, 0, 0, 0, 0 },
		       { OP_ALLOC, 0, NO_HANDLE, 0, 1, 2, 1, 0, 0, 0 },
		       { OP_FREE, NO_HANDLE, 0, 0, 1, 0, 0, 0, 0, 0 },
		       { OP_GET, 1, 0, 0, 1, 0, 0, 0, 0, 0 },
		       { OP_LOOKUP_BATCH, 2, NO_HANDLE, 3, 2, 0, 0, 0, 0, 0 },
	       },
	       5 * sizeof(struct program_op));
	program->tasks[2].nr = 1;
	program->tasks[2].ops[0] =
		(struct program_op){ OP_ALLOC, NO_HANDLE, NO_HANDLE, 0, 1,
				     0,	       0,	  0,	     0, 0 };
	program->nr_switches = 5;
	memcpy(program->switches,
	       (struct program_switch[]){
		       { 0, 0, 1, 0, 1,
			 hash_string(HASH_START, "get_page_unless_zero") },
		       { 0, 0, TASK_RCU, 0, 3,
			 hash_string(HASH_START,
				     "xas_load:READ_ONCE(a[1, 2]->slot)") },
		       { 0, 0, 1, 0, 1, 0x12abcd },
		       { 1, 2, 0, 0, 0, 0 },
		       { TASK_RCU, 255, 7, 0, 65535, 0 },
	       },
	       5 * sizeof(struct program_switch));
}

/* A target is asked for nothing but its sites. */
static struct site sites[] = {
	{ .function = "get_page", .accessor = "atomic_inc", .expr = "&a" },
	{ .function = "get_page_unless_zero",
	  .accessor = "atomic_add_unless",
	  .expr = "&page->_refcount" },
	{ .function = "xas_load",
	  .accessor = "READ_ONCE",
	  .expr = "a[1, 2]->slot" },
};

static struct target named_target(void)
{
	struct target target = { .percpu = true, .tree = true,
				 .sites = sites, .sites_end = sites + 3 };
	struct site *site;
	uint32_t hash;

	for (site = sites; site < sites + 3; site++) {
		site->function_hash = hash_string(HASH_START, site->function);
		hash = hash_string(HASH_START, site->function);
		hash = hash_string(hash, ":");
		hash = hash_string(hash, site->accessor);
		hash = hash_string(hash, "(");
		hash = hash_string(hash, site->expr);
		site->name_hash = hash_string(hash, ")");
	}
	return target;
}

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

static void expect_program(const char *text, const struct program *expected)
{
	struct text_head head;
	struct program program;
	char error[128];

	if (!parse(text, strlen(text), &head, &program, error))
		fail_msg("%s", error);
	assert_true(program_equal(&program, expected));
}

/* @lines follow the first line; nothing else is there. */
static void expect_lines(const char *lines, const struct program *expected)
{
	char text[512] = "pagerace 1\n";

	assert_in_range(strlen(lines), 0, 500);
	strcat(text, lines);
	expect_program(text, expected);
}

static void the_founding_race_parses(void **state)
{
	struct text_head head;
	struct program program, expected;
	char error[128];

	(void)state;
	founding_program(&expected);
	if (!parse(founding_race, strlen(founding_race), &head, &program,
		   error))
		fail_msg("%s", error);
	assert_true(program_equal(&program, &expected));
	assert_string_equal(head.target, "core");
	assert_string_equal(head.revert, "e320d3012d25");
	assert_string_equal(head.expect, "page-loss");
	assert_string_equal(head.why,
			    "the founding race,\nby public operations");
}

static void the_founding_race_prints_as_it_was_written(void **state)
{
	static const struct text_head head = {
		.target = "core",
		.revert = "e320d3012d25",
		.expect = "page-loss",
		.why = "the founding race,\nby public operations",
	};
	struct target target = named_target();
	struct program program;
	char text[TEXT_MAX];
	size_t length;

	(void)state;
	founding_program(&program);
	length = text_print(&head, &program, sites_names(&target), text,
			    sizeof(text));
	assert_string_equal(text, founding_race);
	assert_int_equal(length, strlen(founding_race));
}

static void the_empty_program_prints_its_configuration_only(void **state)
{
	static const struct text_head head;
	struct program program;
	char text[TEXT_MAX];

	(void)state;
	program_clear(&program);
	assert_true(
		text_print(&head, &program, TEXT_NAMELESS, text, sizeof(text)));
	assert_string_equal(text, "pagerace 1\n"
				  "pages    16\n"
				  "pcp      high=0 batch=1\n"
				  "fanout   4\n");
}

static void the_first_line_alone_is_the_empty_program(void **state)
{
	struct program empty;

	(void)state;
	program_clear(&empty);
	expect_program("pagerace 1", &empty);
	expect_program("pagerace 1\n", &empty);
	expect_program("pagerace 1\r\n\r\n", &empty);
}

static void blanks_comments_and_carriage_returns_are_free(void **state)
{
	struct program expected;

	(void)state;
	program_clear(&expected);
	expected.config.pcp_high = 2;
	expected.nr_switches = 1;
	expected.switches[0] = (struct program_switch){
		.point = 2, .site = hash_string(HASH_START, "f"), .next = 1
	};
	expect_lines("# pages 32\n"
		     "  \t# pages 64\r\n"
		     "\n \t \n"
		     "\tpcp\t\thigh=2  \r\n"
		     "switch task0\top0 before  f #2  ->   task1\t",
		     &expected);
}

static void directives_come_in_any_order(void **state)
{
	struct program expected;

	(void)state;
	program_clear(&expected);
	expected.config = (struct target_config){ 4096, 0, 8, 6 };
	expected.tasks[5].cpu = 3;
	expected.tasks[5].nr = 1;
	expected.tasks[5].ops[0] =
		(struct program_op){ OP_DRAIN, NO_HANDLE, NO_HANDLE, 0, 1,
				     0,	       0,	  0,	     0, 0 };
	expect_lines("task5 drain\nfanout 64\ncpu task5 3\npcp batch=8\n"
		     "pages 4096\n",
		     &expected);
}

static void an_occurrence_left_out_is_the_first(void **state)
{
	struct program expected;

	(void)state;
	program_clear(&expected);
	expected.nr_switches = 1;
	expected.switches[0] = (struct program_switch){
		.point = 1, .site = hash_string(HASH_START, "a:b(c -> d)")
	};
	expect_lines("preempt task0 op0 before a:b(c -> d) -> task0\n",
		     &expected);
}

static void switch_and_preempt_are_the_same(void **state)
{
	struct program expected;

	(void)state;
	program_clear(&expected);
	expected.nr_switches = 2;
	expected.switches[0] = (struct program_switch){ .next = 1 };
	expected.switches[1] = (struct program_switch){ .next = 1, .point = 7 };
	expect_lines("preempt task0 op0 begin -> task1\n"
		     "switch task0 op0 point 7 -> task1\n",
		     &expected);
}

static uint32_t next_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return *seed >> 33;
}

static void random_program(struct program *program, uint64_t *seed)
{
	uint8_t *byte = (uint8_t *)program;
	size_t i;

	for (i = 0; i < sizeof(*program); i++)
		byte[i] = next_random(seed);
	for (i = 0; i < PROGRAM_SWITCHES; i++) {
		uint32_t kind = next_random(seed) % 8;

		if (kind < 3)
			program->switches[i].site = sites[kind].name_hash;
		else if (kind == 3)
			program->switches[i].site = sites[2].function_hash;
		else if (kind < 6)
			program->switches[i].site = 0;
		if (kind == 5)
			program->switches[i].point = 0;
	}
	program_normalize(program);
}

static void expect_round_trip(const struct program *program,
			      const struct target *target)
{
	static const struct text_head head = { .sanitizer = "memory",
					       .why = "a\n\n\nb" };
	struct text_head read;
	struct program again;
	char text[TEXT_MAX], error[128];
	size_t length = text_print(&head, program, sites_names(target), text,
				   sizeof(text));

	assert_in_range(length, 1, sizeof(text) - 1);
	assert_int_equal(length, strlen(text));
	if (!parse(text, length, &read, &again, error))
		fail_msg("%s in:\n%s", error, text);
	assert_true(program_equal(program, &again));
	assert_string_equal(read.sanitizer, "memory");
	assert_string_equal(read.why, "a\nb");
}

static void every_program_survives_being_text(void **state)
{
	struct target target = named_target();
	struct program program;
	uint64_t seed = 1;
	int round;

	(void)state;
	target.more_files = 1;
	for (round = 0; round < ROUNDS; round++) {
		random_program(&program, &seed);
		expect_round_trip(&program, &target);
		expect_round_trip(&program, NULL);
	}
}

static void printing_into_too_little_room_returns_zero(void **state)
{
	static const struct text_head head;
	struct program program;
	char text[TEXT_MAX];
	size_t length, max;

	(void)state;
	founding_program(&program);
	length = text_print(&head, &program, TEXT_NAMELESS, text, sizeof(text));
	for (max = 0; max <= length; max++) {
		memset(text, 0x7f, sizeof(text));
		assert_int_equal(text_print(&head, &program, TEXT_NAMELESS,
					    text, max),
				 0);
		assert_int_equal(text[max], 0x7f);
	}
	assert_int_equal(text_print(&head, &program, TEXT_NAMELESS, text,
				    length + 1),
			 length);
}

static void only_what_begins_with_pagerace_is_text(void **state)
{
	(void)state;
	assert_true(text_sniff("pagerace 1", 10));
	assert_true(text_sniff("pagerace ", 9));
	assert_false(text_sniff("pagerace ", 8));
	assert_false(text_sniff("pagerace\n", 9));
	assert_false(text_sniff("", 0));
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_founding_race_parses),
		TEST(the_founding_race_prints_as_it_was_written),
		TEST(the_empty_program_prints_its_configuration_only),
		TEST(the_first_line_alone_is_the_empty_program),
		TEST(blanks_comments_and_carriage_returns_are_free),
		TEST(directives_come_in_any_order),
		TEST(an_occurrence_left_out_is_the_first),
		TEST(switch_and_preempt_are_the_same),
		TEST(every_program_survives_being_text),
		TEST(printing_into_too_little_room_returns_zero),
		TEST(only_what_begins_with_pagerace_is_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
