/* SPDX-License-Identifier: MIT */
/*
 * own_handles_test.c: handles of a target's own kinds, on a desk that lends files and
 * writes down what it is asked.
 */
#include "machine.h"
#include "stage.h"

static struct desk {
	int tick;
	int files, pools; /* lent so far */
	int inside, most; /* operations on files at a time */
	size_t length;
	char log[256];
} desk;

static void desk_note(const char *what, long which)
{
	desk.length += (size_t)snprintf(desk.log + desk.length,
					sizeof(desk.log) - desk.length,
					"%s%ld ", what, which);
}

static void open_file(const struct op_args *args, struct op_result *result)
{
	WRITE_ONCE(desk.tick, 1);
	if (args->own[0]) /* there is none */
		return;
	op_returns(result, ++desk.files);
}

static void use_file(const struct op_args *args, struct op_result *result)
{
	if (++desk.inside > desk.most)
		desk.most = desk.inside;
	WRITE_ONCE(desk.tick, 2);
	WRITE_ONCE(desk.tick, 3);
	desk.inside--;
	desk_note("u", args->handle);
	op_returns(result, 10 * args->handle);
}

static void close_file(const struct op_args *args, struct op_result *result)
{
	WRITE_ONCE(desk.tick, 4);
	WRITE_ONCE(desk.tick, 5);
	desk_note("c", args->handle + 100 * (long)args->own[0]);
	(void)result;
}

static void open_pool(const struct op_args *args, struct op_result *result)
{
	WRITE_ONCE(desk.tick, 6);
	op_returns(result, 40 + ++desk.pools);
	(void)args;
}

static void turn_to(const struct op_args *args, struct op_result *result)
{
	desk_note("p", args->own[0]);
	(void)result;
}

static void desk_init(const struct target_config *config)
{
	memset(&desk, 0, sizeof(desk));
	(void)config;
}

static int desk_regions(struct target_region *regions)
{
	*regions =
		(struct target_region){ .start = &desk, .size = sizeof(desk) };
	return 1;
}

static const struct target target_desk = {
	.name = "desk",
	TARGET_SITES,
	.init = desk_init,
	.regions = desk_regions,
	.own = { { .name = "open",
		   .run = open_file,
		   .gives = "file",
		   .arguments = { { "none", 0, 1 } } },
		 { .name = "use", .run = use_file, .takes = "file" },
		 { .name = "close",
		   .run = close_file,
		   .takes = "file",
		   .spends = true,
		   .arguments = { { "how", 2, 3 } } },
		 { .name = "open_pool", .run = open_pool, .gives = "pool" },
		 { .name = "turn_to",
		   .run = turn_to,
		   .indexed = true,
		   .arguments = { { "page", 0, 63 } } },
		 { .name = "leaf_from",
		   .run = turn_to,
		   .indexed = true,
		   .fills = true,
		   .arguments = { { "page", 0, 63 } } } },
};

/* Operations as their rows are numbered; what they are called nobody has to know. */
static const char *log_of(struct stage *stage, const char *text)
{
	const struct verdict *verdict;

	stage_parse(&stage->program, text);
	verdict = stage_run(stage, &target_desk, &stage->program);
	assert_null(verdict->finding.checker);
	return desk.log;
}

static void it_gets_what_another_returned(void **state)
{
	assert_string_equal(log_of(*state, "setup h3 = own_a 0\n"
					   "setup h1 = own_a 0\n"
					   "task0 own_b h1\n"
					   "task0 own_b h3\n"
					   "task0 own_c h1 3\n"
					   "task0 own_c h3 2\n"),
			    "u2 u1 c302 c201 ");
}

static void what_is_left_is_given_back_in_the_end(void **state)
{
	/* h0 is taken: the second has no name. The pool's row has no opposite. */
	assert_string_equal(log_of(*state, "task0 h0 = own_a 0\n"
					   "task0 h0 = own_a 0\n"
					   "task0 h1 = own_d\n"
					   "task0 own_a 0\n"
					   "task0 own_b h0\n"),
			    "u1 c201 c202 c203 ");
}

static void where_nothing_stands_nothing_is_done(void **state)
{
	assert_string_equal(log_of(*state, "task0 own_b h0\n"
					   "task0 own_c h0 2\n"
					   "task0 h0 = own_a 1\n"
					   "task0 own_b h0\n"),
			    "");
	assert_string_equal(log_of(*state, "setup h0 = own_a 0\n"
					   "task0 own_c h0 2\n"
					   "task0 own_b h0\n"
					   "task0 own_c h0 2\n"),
			    "c201 ");
}

static void a_handle_of_another_kind_is_none(void **state)
{
	assert_string_equal(log_of(*state, "setup h0 = own_d\n"
					   "task0 own_b h0\n"
					   "task0 own_c h0 2\n"),
			    "");
}

static void several_may_use_one_at_a_time(void **state)
{
	assert_string_equal(log_of(*state,
				   "setup h0 = own_a 0\n"
				   "task0 own_b h0\n"
				   "task1 own_b h0\n"
				   "preempt task0 op0 point 2 -> task1\n"),
			    "u1 u1 c201 ");
	assert_int_equal(desk.most, 2);
}

static void nobody_spends_what_others_use(void **state)
{
	assert_string_equal(log_of(*state,
				   "setup h0 = own_a 0\n"
				   "task0 own_b h0\n"
				   "task1 own_c h0 3\n"
				   "preempt task0 op0 point 2 -> task1\n"),
			    "u1 c201 ");
	assert_string_equal(log_of(*state, "setup h0 = own_a 0\n"
					   "task0 own_b h0\n"
					   "task1 own_c h0 3\n"),
			    "u1 c301 ");
}

static void nobody_uses_what_is_being_spent(void **state)
{
	assert_string_equal(log_of(*state,
				   "setup h0 = own_a 0\n"
				   "task0 own_c h0 3\n"
				   "task1 own_b h0\n"
				   "preempt task0 op0 point 2 -> task1\n"),
			    "c301 ");
}

static void it_names_its_index_and_all_where_it_may_fill_others(void **state)
{
	struct stage *stage = *state;
	const struct books *books = &stage->engine.scene.books;

	assert_string_equal(log_of(stage, "task0 own_e 5\n"), "p5 ");
	assert_true(books->positions.word[0] == 1ULL << 5);
	assert_string_equal(log_of(stage, "task0 own_f 5\n"), "p5 ");
	assert_true(books->positions.word[0] == ~0ULL);
	assert_true(books->positions.word[1] == 0);
}

static int desk_open(void **state)
{
	sites_init(&target_desk);
	return stage_open(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_gets_what_another_returned),
		cmocka_unit_test(what_is_left_is_given_back_in_the_end),
		cmocka_unit_test(where_nothing_stands_nothing_is_done),
		cmocka_unit_test(a_handle_of_another_kind_is_none),
		cmocka_unit_test(several_may_use_one_at_a_time),
		cmocka_unit_test(nobody_spends_what_others_use),
		cmocka_unit_test(nobody_uses_what_is_being_spent),
		cmocka_unit_test(
			it_names_its_index_and_all_where_it_may_fill_others),
	};

	return cmocka_run_group_tests(tests, desk_open, stage_close);
}
