/* SPDX-License-Identifier: MIT */
/*
 * fidelity_test.c: two targets that do the same, or do not, on the core beside
 * copies of it that lie a little.
 */
#include "fidelity.h"
#include "stage.h"

#define ROUNDS 300

static struct fidelity fidelity;
static const struct target *core;
static struct target liar; /* the core, but for what a test replaces */

static int open_both(void **state)
{
	struct stage *stage;

	stage_open(state);
	stage = *state;
	core = stage_core("none");
	fidelity.engine = &stage->engine;
	fidelity.sides[0].name = "core";
	fidelity.sides[0].target = core;
	fidelity.sides[1].name = "liar";
	fidelity.sides[1].target = &liar;
	return 0;
}

static int believe(void **state)
{
	(void)state;
	liar = *core;
	return 0;
}

/* @text: all but the first line. It differs as @kind, at entry @entry. */
static void expect_difference(const char *text, enum fidelity_kind kind,
			      unsigned int entry)
{
	struct program program;

	stage_parse(&program, text);
	assert_true(fidelity_differs(&fidelity, &program));
	assert_int_equal(fidelity.kind, kind);
	assert_int_equal(fidelity.entry, entry);
}

static void expect_same(const char *text)
{
	struct program program;

	stage_parse(&program, text);
	assert_false(fidelity_differs(&fidelity, &program));
	assert_int_equal(fidelity.kind, FIDELITY_SAME);
}

/* Returns: how many of so many random programs differ. */
static unsigned int compare_random(void)
{
	const struct target shared = fidelity_shared(&fidelity);
	unsigned int i, differ = 0;
	struct program program;
	struct rng rng;

	rng_seed(&rng, 1);
	program_clear(&program);
	for (i = 0; i < ROUNDS; i++) {
		program.config.pages = 32U << i / 16 % 3;
		program.config.pcp_high = i % 2 ? 0 : i / 16 % 16;
		fidelity_random(&program, &shared, &rng);
		differ += fidelity_differs(&fidelity, &program);
	}
	return differ;
}

/* --------------------------------------------------------- pages renamed */

static unsigned int half; /* of the pages: what it calls page 0 */

/* Blocks stay aligned; the largest, of all pages, stays where it is. */
static int renamed(int pfn)
{
	return pfn < 0 ? pfn : pfn ^ (int)half;
}

static void renamed_init(const struct target_config *config)
{
	half = config->pages / 2;
	core->init(config);
}

static void renamed_call(enum operation op, const struct op_args *args,
			 struct op_result *result)
{
	struct op_args copy = *args;
	unsigned int i;

	copy.pfn = renamed(args->pfn);
	core->operations[op](&copy, result);
	for (i = 0; i < result->nr; i++)
		result->pfn[i] = renamed(result->pfn[i]);
}

#define OP(name, wire, ...)                                                    \
	static void renamed_##name(const struct op_args *args,                 \
				   struct op_result *result)                   \
	{                                                                      \
		renamed_call(wire, args, result);                              \
	}
#include "operations.def"

static void (*const renamed_operations[])(const struct op_args *args,
					  struct op_result *result) = {
#define OP(name, wire, ...) [wire] = renamed_##name,
#include "operations.def"
};

static int renamed_count(int pfn)
{
	return core->count(renamed(pfn));
}

static bool renamed_idle(int pfn)
{
	return core->idle(renamed(pfn));
}

static int renamed_entry(unsigned long index)
{
	return renamed(core->cache_entry(index));
}

static bool renamed_block(void *arg, const struct target_block *block)
{
	const struct target_visit *visit = arg;
	struct target_block copy = *block;

	if (1U << copy.list_order <= half)
		copy.pfn = renamed(copy.pfn);
	return visit->block(visit->arg, &copy);
}

static void renamed_blocks(const struct target_visit *visit)
{
	const struct target_visit mine = { renamed_block,
					   (void *)(uintptr_t)visit };

	core->free_blocks(&mine);
}

static void renamed_mapped(int pfn, struct target_mapped *mapped)
{
	core->mapped(renamed(pfn), mapped);
}

static void renamed_describe(const volatile void *addr,
			     struct target_place *place)
{
	core->describe(addr, place);
	if (place->thing && !strcmp(place->thing, "page"))
		place->instance = renamed(place->instance);
}

static void rename_pages(void)
{
	unsigned int op;

	liar.init = renamed_init;
	for (op = 0; op < OP_OWN; op++)
		if (core->operations[op])
			liar.operations[op] = renamed_operations[op];
	liar.count = renamed_count;
	liar.cache_entry = renamed_entry;
	liar.idle = renamed_idle;
	liar.free_blocks = renamed_blocks;
	liar.describe = renamed_describe;
	liar.mapped = renamed_mapped;
	liar.stamped = false; /* arch_alloc_page() has the numbers of old */
	liar.copies = false;
}

static void a_target_does_the_same_as_itself(void **state)
{
	(void)state;
	assert_int_equal(compare_random(), 0);
}

static void numbers_of_pages_do_not_matter(void **state)
{
	(void)state;
	rename_pages();
	assert_int_equal(compare_random(), 0);
	assert_int_not_equal(half, 0);
}

static void operations_of_one_side_alone_are_not_drawn(void **state)
{
	struct target shared;

	(void)state;
	liar.operations[OP_READ] = NULL;
	shared = fidelity_shared(&fidelity);
	assert_null(shared.operations[OP_READ]);
	assert_null(shared.operations[OP_WRITE]);
	assert_non_null(shared.operations[OP_ADD]);
}

/* --------------------------------------------------------------- differences */

static void find_nothing(const struct op_args *args, struct op_result *result)
{
	if (args->index != 5)
		core->operations[OP_LOOKUP](args, result);
}

static void another_result_is_a_difference(void **state)
{
	(void)state;
	liar.operations[OP_LOOKUP] = find_nothing;
	liar.describe = NULL; /* missed-page would say so first */
	expect_same("setup add 3\ntask0 r0 = lookup 3\ntask0 lookup 5\n");
	expect_difference("setup add 3\nsetup add 5\ntask0 lookup 3\n"
			  "task0 lookup 5\n", FIDELITY_RESULT, 3);
}

/* Index 3 for 5 and the other way round. */
static void find_other(const struct op_args *args, struct op_result *result)
{
	struct op_args other = *args;

	other.index ^= 3 ^ 5;
	core->operations[OP_LOOKUP](&other, result);
	if (result->nr)
		result->index[0] = args->index;
}

static void another_page_is_a_difference_once_it_has_a_name(void **state)
{
	(void)state;
	liar.operations[OP_LOOKUP] = find_other;
	liar.describe = NULL; /* wrong-page would say so first */
	expect_difference("setup add 3\nsetup add 5\ntask0 lookup 3\n",
			  FIDELITY_RESULT, 2);
}

static void pretend_to_remove(const struct op_args *args,
			      struct op_result *result)
{
	int pfn = core->cache_entry(args->index);

	if (pfn >= 0)
		result->pfn[result->nr++] = pfn;
}

static void another_cache_is_a_difference(void **state)
{
	(void)state;
	liar.operations[OP_REMOVE] = pretend_to_remove;
	liar.describe = NULL; /* left-behind would say so first */
	expect_difference("setup add 3\ntask0 remove 2\ntask0 remove 3\n",
			  FIDELITY_CACHE, 2);
}

static int one_more(int pfn)
{
	int count = core->count(pfn);

	return count ? count + 1 : 0;
}

static void another_count_is_a_difference(void **state)
{
	(void)state;
	liar.count = one_more;
	expect_difference("setup add 3\n", FIDELITY_BOOKS, 0);
	expect_difference("task0 drain\ntask0 alloc\n", FIDELITY_BOOKS, 1);
}

static void keep_all(const struct op_args *args, struct op_result *result)
{
	(void)args, (void)result;
}

static void another_verdict_is_a_difference(void **state)
{
	(void)state;
	liar.operations[OP_FREE] = keep_all;
	expect_difference("task0 b0 = alloc\ntask0 free b0\n",
			  FIDELITY_VERDICT, 2);
	assert_string_equal(fidelity.sides[0].verdict, "clean");
	assert_string_equal(fidelity.sides[1].verdict, "page-loss");
}

/* The buddy of page 0 never merges. */
static bool halved_block(void *arg, const struct target_block *block)
{
	const struct target_visit *visit = arg;
	struct target_block half_block = *block;
	bool more;

	if (block->pfn || !block->list_order)
		return visit->block(visit->arg, block);
	half_block.list_order--;
	half_block.order--;
	more = visit->block(visit->arg, &half_block);
	half_block.pfn = 1 << half_block.order;
	return more && visit->block(visit->arg, &half_block);
}

static void halved_blocks(const struct target_visit *visit)
{
	const struct target_visit mine = { halved_block,
					   (void *)(uintptr_t)visit };

	core->free_blocks(&mine);
}

static void blocks_that_are_not_merged_are_a_difference(void **state)
{
	(void)state;
	liar.free_blocks = halved_blocks;
	expect_same("pages 64\ntask0 drain\n");
	expect_difference("task0 drain\n", FIDELITY_FREE, 1);
	assert_int_equal(fidelity.sides[0].free.blocks[4], 0);
	assert_int_equal(fidelity.sides[1].free.blocks[4], -1);
	assert_int_equal(fidelity.sides[1].free.blocks[3], 2);
}

/* ------------------------------------------------------------------- smaller */

static void a_difference_is_minimized(void **state)
{
	struct program program, expected;

	(void)state;
	liar.operations[OP_LOOKUP] = find_nothing;
	liar.describe = NULL; /* missed-page would say so first */
	stage_parse(&program, "pages 64\npcp high=3 batch=2\nsetup add 3\n"
			      "setup b0 = alloc order=2\nsetup add 5\n"
			      "setup drain\ntask0 free b0\n"
			      "task0 r3 = lookup 5\ntask0 put r3\n");
	stage_parse(&expected, "setup add 5\nsetup lookup 5\n");
	assert_true(fidelity_differs(&fidelity, &program));
	fidelity_minimize(&fidelity, &program);
	assert_true(program_equal(&program, &expected));
	assert_int_equal(fidelity.kind, FIDELITY_RESULT);
	assert_int_equal(fidelity.entry, 1);
}

static void the_table_shows_both_sides(void **state)
{
	static const char expected[] =
		"core                 liar|"
		"setup     add 3                            "
		"p0                   p0|"
		"setup     add 5                            "
		"p1                   p1|"
		"task0     lookup 5                         "
		"p1 at 5              nothing              <--|";
	char text[1024] = "", *at;
	struct program program;
	FILE *out = fmemopen(text, sizeof(text), "w");

	(void)state;
	liar.operations[OP_LOOKUP] = find_nothing;
	liar.describe = NULL; /* missed-page would say so first */
	stage_parse(&program, "setup add 3\nsetup add 5\ntask0 lookup 5\n");
	assert_true(fidelity_differs(&fidelity, &program));
	fidelity_print(&fidelity, &program, out);
	fclose(out);
	for (at = text; *at == ' '; at++)
		;
	memmove(text, at, strlen(at) + 1);
	while ((at = strchr(text, '\n')))
		*at = '|';
	assert_string_equal(text, expected);
}

#define TEST(name) cmocka_unit_test_setup(name, believe)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_target_does_the_same_as_itself),
		TEST(numbers_of_pages_do_not_matter),
		TEST(operations_of_one_side_alone_are_not_drawn),
		TEST(another_result_is_a_difference),
		TEST(another_page_is_a_difference_once_it_has_a_name),
		TEST(another_cache_is_a_difference),
		TEST(another_count_is_a_difference),
		TEST(another_verdict_is_a_difference),
		TEST(blocks_that_are_not_merged_are_a_difference),
		TEST(a_difference_is_minimized),
		TEST(the_table_shows_both_sides),
	};

	return cmocka_run_group_tests(tests, open_both, stage_close);
}
