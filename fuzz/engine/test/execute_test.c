/* SPDX-License-Identifier: MIT */
/*
 * execute_test.c: one operation from handles to handles, on a shop that hands
 * out page after page and writes down what it is asked.
 */
#include "machine.h"
#include "sites.h"
#include "stage.h"

static struct shop {
	int next;
	int tick;
	int folio; /* the large folio in its cache; 0: none */
	unsigned int order;
	bool splitting;
	unsigned long index;
	size_t length;
	char log[256];
} shop;

static void shop_note(char what, const struct op_args *args)
{
	size_t room = sizeof(shop.log) - shop.length;
	int length = snprintf(shop.log + shop.length, room, "%c%d", what,
			      args->pfn);

	if (args->order)
		length += snprintf(shop.log + shop.length + length,
				   room - (size_t)length, "/%u%s", args->order,
				   args->compound ? "c" : "");
	shop.length += (size_t)length;
	shop.log[shop.length++] = ' ';
	shop.log[shop.length] = '\0';
}

static void shop_alloc(const struct op_args *args, struct op_result *result)
{
	WRITE_ONCE(shop.tick, 1);
	result->pfn[result->nr++] = shop.next;
	shop.next += 1 << args->order;
}

/* Two access points: in front of what it notes and behind it. */
static void shop_free(const struct op_args *args, struct op_result *result)
{
	(void)result;
	WRITE_ONCE(shop.tick, 2);
	shop_note('f', args);
	WRITE_ONCE(shop.tick, 3);
}

static void shop_get(const struct op_args *args, struct op_result *result)
{
	WRITE_ONCE(shop.tick, 4);
	shop_note('g', args);
	result->pfn[result->nr++] = args->pfn;
}

static void shop_put(const struct op_args *args, struct op_result *result)
{
	(void)result;
	WRITE_ONCE(shop.tick, 5);
	shop_note('p', args);
}

static void shop_batch(const struct op_args *args, struct op_result *result)
{
	while (result->nr < args->count)
		result->pfn[result->nr++] = shop.next++;
}

static void shop_drain(const struct op_args *args, struct op_result *result)
{
	(void)result;
	shop_note('D', args);
}

/* A large folio at page 8. */
static void shop_add_large(const struct op_args *args, struct op_result *result)
{
	shop.folio = 8;
	shop.order = args->order;
	shop.index = args->index & ~((1UL << args->order) - 1);
	result->pfn[result->nr++] = shop.folio;
}

static void shop_lookup(const struct op_args *args, struct op_result *result)
{
	if (!shop.folio)
		return;
	result->index[result->nr] = args->index;
	result->pfn[result->nr++] = shop.folio;
}

/* Eight pages are never split. Two access points: before and after. */
static void shop_split(const struct op_args *args, struct op_result *result)
{
	shop_note('s', args);
	if (!shop.order || shop.order == 3 || shop.splitting)
		return;
	shop.splitting = true;
	WRITE_ONCE(shop.tick, 6);
	shop.order = 0;
	shop.next = shop.folio + 1;
	WRITE_ONCE(shop.tick, 7);
	shop.splitting = false;
	result->pfn[result->nr++] = args->pfn;
}

static int shop_cache_entry(unsigned long index)
{
	return shop.folio && index - shop.index < 1UL << shop.order ?
		       shop.folio : TARGET_NO_PAGE;
}

static unsigned int shop_order(int pfn)
{
	return pfn == shop.folio ? shop.order : 0;
}

static void shop_init(const struct target_config *config)
{
	(void)config;
	memset(&shop, 0, sizeof(shop));
}

static int shop_regions(struct target_region *regions)
{
	regions[0] = (struct target_region){ &shop, sizeof(shop), 0, 0, 0 };
	return 1;
}

static const struct target target_shop = {
	.name = "shop", .order_max = PROGRAM_ORDER_MAX, .compound = true,
	TARGET_SITES,
	.init = shop_init,
	.regions = shop_regions,
	.operations = { [OP_ALLOC] = shop_alloc, [OP_FREE] = shop_free,
			[OP_GET] = shop_get, [OP_PUT] = shop_put,
			[OP_LOOKUP_BATCH] = shop_batch,
			[OP_DRAIN_ALL] = shop_drain,
			[OP_ADD_LARGE] = shop_add_large,
			[OP_LOOKUP] = shop_lookup, [OP_SPLIT] = shop_split },
	.cache_entry = shop_cache_entry,
	.order = shop_order,
};

static int shop_open(void **state)
{
	sites_init(&target_shop);
	return stage_open(state);
}

static void shop_play(struct stage *stage, const char *text, const char *log)
{
	expect_finding(stage_play(stage, &target_shop, text), "clean");
	assert_string_equal(shop.log, log);
}

static const struct books *books_of(void **state)
{
	return &((struct stage *)*state)->engine.scene.books;
}

/* ------------------------------------------------------------------- tests */

static void a_block_goes_from_alloc_to_free(void **state)
{
	shop_play(*state,
		  "task0 b0 = alloc\ntask0 b1 = alloc order=2\n"
		  "task0 b2 = alloc order=1 compound\n"
		  "task0 free b1\ntask0 free b0\ntask0 free b2\n",
		  "f1/2 f0 f5/1c D-1 ");
}

static void a_handle_is_taken_when_the_operation_begins(void **state)
{
	shop_play(*state,
		  "setup b0 = alloc\ntask0 free b0\ntask1 free b0\n"
		  "preempt task0 op0 point 1 -> task1\n",
		  "f0 D-1 ");
	shop_play(*state,
		  "setup b0 = alloc\ntask0 free b0\ntask1 r0 = get b0\n"
		  "preempt task0 op0 point 2 -> task1\n",
		  "f0 D-1 ");
}

static void a_result_is_stored_when_the_operation_ends(void **state)
{
	shop_play(*state,
		  "task0 b0 = alloc\ntask1 free b0\n"
		  "preempt task0 op0 point 1 -> task1\n",
		  "f0 D-1 ");
	assert_int_equal(((struct stage *)*state)->engine.verdict.points, 1);
}

static void a_handle_that_is_looked_at_comes_back(void **state)
{
	shop_play(*state,
		  "task0 b0 = alloc\ntask0 r0 = get b0\ntask0 r1 = get b0\n"
		  "task0 free b0\ntask0 put r1\n",
		  "g0 g0 f0 p0 p0 D-1 ");
}

static void nobody_uses_a_handle_that_another_looks_at(void **state)
{
	shop_play(*state,
		  "setup b0 = alloc\ntask0 r0 = get b0\ntask1 free b0\n"
		  "preempt task0 op0 point 1 -> task1\n",
		  "g0 f0 p0 D-1 ");
}

static void get_is_legal_on_single_pages_and_compound_heads(void **state)
{
	shop_play(*state, "task0 b0 = alloc\ntask0 r0 = get b0\n",
		  "g0 f0 p0 D-1 ");
	shop_play(*state,
		  "task0 b0 = alloc order=2 compound\ntask0 r0 = get b0\n",
		  "g0/2c f0/2c p0/2c D-1 ");
}

static void get_on_a_block_without_a_head_is_a_no_op(void **state)
{
	shop_play(*state, "task0 b0 = alloc order=2\ntask0 r0 = get b0\n",
		  "f0/2 D-1 ");
}

static void what_takes_an_empty_handle_is_a_no_op(void **state)
{
	const struct verdict *verdict;

	shop_play(*state, "task0 free b0\ntask0 put r3\ntask0 r0 = get b1\n",
		  "D-1 ");
	verdict = &((struct stage *)*state)->engine.verdict;
	assert_int_equal(verdict->points, 0);
	shop_play(*state, "task0 b0 = alloc\ntask0 free b0\ntask0 free b0\n",
		  "f0 D-1 ");
}

static void an_operation_that_the_target_lacks_is_a_no_op(void **state)
{
	shop_play(*state, "task0 add 3\ntask0 reclaim 0\ntask0 drain\n",
		  "D-1 ");
}

static void a_result_for_a_full_handle_is_kept_without_a_name(void **state)
{
	shop_play(*state,
		  "task0 b0 = alloc\ntask0 b0 = alloc\ntask0 free b0\n"
		  "task0 free b0\n",
		  "f0 f1 D-1 ");
	shop_play(*state, "task0 alloc\ntask0 alloc\n", "f0 f1 D-1 ");
}

static void a_batch_is_put_one_by_one(void **state)
{
	shop_play(*state,
		  "task0 r0 = lookup_batch 0 count=3\n"
		  "task0 put r0\ntask0 put r0\n",
		  "p2 p1 p0 D-1 ");
}

static void nobody_puts_a_batch_that_another_puts_of(void **state)
{
	shop_play(*state,
		  "setup r0 = lookup_batch 0 count=3\n"
		  "task0 put r0\ntask1 put r0\n"
		  "preempt task0 op0 point 1 -> task1\n",
		  "p2 p1 p0 D-1 ");
}

static void the_epilogue_releases_everything_then_drains(void **state)
{
	struct stage *stage = *state;
	int i;

	shop_play(stage,
		  "setup b7 = alloc\ntask0 r7 = get b7\ntask1 b0 = alloc\n"
		  "task1 alloc order=1\ntask2 r2 = lookup_batch 0 count=2\n",
		  "g0 f1 f0 p5 p4 p0 f2/1 D-1 ");
	for (i = 0; i < PROGRAM_HANDLES; i++) {
		assert_int_equal(stage->engine.handles.block[i].kind, 0);
		assert_int_equal(stage->engine.handles.ref[i].kind, 0);
	}
	for (i = 0; i < 16; i++)
		assert_int_equal(stage->engine.scene.books.page[i].held, 0);
}

static void every_operation_may_leave_a_nameless_result(void **state)
{
	struct stage *stage = *state;
	unsigned int task, i;

	program_clear(&stage->program);
	stage->program.config.pages = 256;
	for (task = 0; task < PROGRAM_TASKS; task++) {
		struct program_list *list = &stage->program.tasks[task];

		for (i = 0; i < PROGRAM_OPS; i++)
			list->ops[i] = (struct program_op){ OP_ALLOC, NO_HANDLE,
							    NO_HANDLE,
							    .count = 1 };
		list->nr = PROGRAM_OPS;
	}
	expect_finding(stage_run(stage, &target_shop, &stage->program),
		       "clean");
	assert_int_equal(shop.next, PROGRAM_TASKS * PROGRAM_OPS);
}

/* ------------------------------------------------------------ large folios */

static void a_large_folio_fills_the_indices_that_it_covers(void **state)
{
	struct stage *stage = *state;

	shop_play(stage, "task0 add_large 14 order=2\n", "D-1 ");
	assert_true(stage->engine.scene.books.positions.word[0] == 0xf000);
	shop_play(stage, "task0 add_large 63 order=0\n", "D-1 ");
	assert_true(stage->engine.scene.books.positions.word[0] == 1ULL << 63);
	shop_play(stage, "task0 invalidate 62 count=4\n", "D-1 ");
	assert_false(positions_any(&stage->engine.scene.books.positions));
}

static void who_found_a_large_folio_holds_all_of_it(void **state)
{
	shop_play(*state, "setup add_large 0 order=2\ntask0 r0 = lookup 3\n",
		  "p8 D-1 ");
	assert_int_equal(books_of(state)->page[8].order, 2);
	assert_int_equal(books_of(state)->page[11].head, 8);
}

static void who_split_a_folio_holds_its_first_page(void **state)
{
	shop_play(*state,
		  "setup add_large 0 order=2\ntask0 r0 = lookup 3\n"
		  "task0 split r0\ntask0 split r0\ntask0 put r0\n",
		  "s8 s8 p8 D-1 ");
	assert_int_equal(books_of(state)->page[8].order, 0);
	assert_int_equal(books_of(state)->page[11].head, 11);
}

static void a_folio_that_is_not_split_stays_whole(void **state)
{
	shop_play(*state,
		  "setup add_large 0 order=3\ntask0 r0 = lookup 3\n"
		  "task0 split r0\n",
		  "s8 p8 D-1 ");
	assert_int_equal(books_of(state)->page[15].head, 8);
}

static void pages_split_off_may_have_owners_at_once(void **state)
{
	shop_play(*state,
		  "setup add_large 0 order=2\nsetup r0 = lookup 3\n"
		  "task0 split r0\ntask1 b0 = alloc\n"
		  "preempt task0 op0 point 2 -> task1\n",
		  "s8 f9 p8 D-1 ");
}

static void the_last_split_to_end_says_what_is_left(void **state)
{
	shop_play(*state,
		  "setup add_large 0 order=2\nsetup r0 = lookup 3\n"
		  "setup r1 = lookup 3\n"
		  "task0 split r0\ntask1 split r1\ntask1 b0 = alloc\n"
		  "preempt task0 op0 point 1 -> task1\n"
		  "switch task1 op1 begin -> task0\n"
		  "preempt task0 op0 point 2 -> task1\n",
		  "s8 s8 f9 p8 p8 D-1 ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_block_goes_from_alloc_to_free),
		cmocka_unit_test(a_handle_is_taken_when_the_operation_begins),
		cmocka_unit_test(a_result_is_stored_when_the_operation_ends),
		cmocka_unit_test(a_handle_that_is_looked_at_comes_back),
		cmocka_unit_test(nobody_uses_a_handle_that_another_looks_at),
		cmocka_unit_test(get_is_legal_on_single_pages_and_compound_heads),
		cmocka_unit_test(get_on_a_block_without_a_head_is_a_no_op),
		cmocka_unit_test(what_takes_an_empty_handle_is_a_no_op),
		cmocka_unit_test(an_operation_that_the_target_lacks_is_a_no_op),
		cmocka_unit_test(
			a_result_for_a_full_handle_is_kept_without_a_name),
		cmocka_unit_test(a_batch_is_put_one_by_one),
		cmocka_unit_test(nobody_puts_a_batch_that_another_puts_of),
		cmocka_unit_test(the_epilogue_releases_everything_then_drains),
		cmocka_unit_test(every_operation_may_leave_a_nameless_result),
		cmocka_unit_test(
			a_large_folio_fills_the_indices_that_it_covers),
		cmocka_unit_test(who_found_a_large_folio_holds_all_of_it),
		cmocka_unit_test(who_split_a_folio_holds_its_first_page),
		cmocka_unit_test(a_folio_that_is_not_split_stays_whole),
		cmocka_unit_test(pages_split_off_may_have_owners_at_once),
		cmocka_unit_test(the_last_split_to_end_says_what_is_left),
	};

	return cmocka_run_group_tests(tests, shop_open, stage_close);
}
