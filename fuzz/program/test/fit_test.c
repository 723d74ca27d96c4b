/* SPDX-License-Identifier: MIT */
/* fit_test.c: what a target lacks is not asked of it, whatever the bytes say. */
#include "edit.h"
#include "fit.h"
#include "sites.h"
#include "stage.h"

#define ROUNDS 5000

static void nothing(const struct op_args *args, struct op_result *result)
{
	(void)args, (void)result;
}

/* Single pages, and what else a test adds. */
static const struct target target_single = {
	.name = "single",
	.pages_min = 2,
	.operations = { [OP_ALLOC] = nothing, [OP_FREE] = nothing },
};

static void random_bytes(struct program *program, unsigned int seed)
{
	uint8_t bytes[400];
	struct rng rng;
	size_t i;

	rng_seed(&rng, seed);
	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)rng_next(&rng);
	program_decode(bytes, sizeof(bytes), program);
}

/* As many pages as the core wants, and the file that it has. */
static void of_the_core(struct program *program)
{
	struct program_op *op;
	unsigned int i;

	if (program->config.pages < TARGET_PAGES)
		program->config.pages = TARGET_PAGES;
	for (i = 0; (op = edit_op(program, i)); i++)
		op->file = 0;
}

static void what_the_core_has_is_left_alone(void **state)
{
	const struct target *core = stage_core("none");
	struct program program, before;
	unsigned int i;

	(void)state;
	for (i = 0; i < ROUNDS; i++) {
		random_bytes(&program, i);
		of_the_core(&program);
		before = program;
		assert_false(fit_program(&program, core));
		assert_true(program_equal(&program, &before));
	}
}

static void what_was_fitted_is_normal_and_fits(void **state)
{
	const struct target *target = stage_core("none");
	struct target most = *target, few = target_single;
	unsigned int i, misfits = 0;

	(void)state;
	most.compound = false;
	few.order_max = 2;
	for (i = 0; i < ROUNDS; i++) {
		const struct target *const targets[] = { &most, &few,
							 &target_single };
		struct program program, normal;

		random_bytes(&program, i);
		misfits += fit_program(&program, targets[i % 3]);
		normal = program;
		program_normalize(&normal);
		assert_true(program_equal(&program, &normal));
		assert_false(fit_program(&program, targets[i % 3]));
	}
	assert_in_range(misfits, ROUNDS / 2, ROUNDS);
}

static void what_a_target_lacks_becomes_what_is_nearest(void **state)
{
	struct program program, nearest;

	(void)state;
	stage_parse(&program,
		    "pages 8\npcp high=3 batch=2\nfanout 8\nirq task2\n"
		    "setup b0 = alloc order=3 compound\ntask0 free b0\n"
		    "task1 lookup 3\ntask2 alloc order=1\n"
		    "switch task1 op0 begin -> task0\n");
	stage_parse(&nearest, "pages 8\nsetup b0 = alloc\ntask0 free b0\n"
			      "task1 lookup 3\ntask2 alloc\n"
			      "switch task1 op0 begin -> task0\n");
	assert_true(fit_program(&program, &target_single));
	assert_true(program_equal(&program, &nearest));
}

static void a_target_that_says_nothing_has_sixteen_single_pages(void **state)
{
	const struct target target = { .name = "new" };
	struct program program;

	(void)state;
	stage_parse(&program, "pages 2\ntask0 alloc order=4 compound\n");
	assert_true(fit_program(&program, &target));
	assert_int_equal(program.config.pages, 16);
	assert_int_equal(program.tasks[0].ops[0].order, 0);
	assert_int_equal(program.tasks[0].ops[0].compound, 0);
}

static void orders_go_as_far_as_the_target_says(void **state)
{
	struct target target = target_single;
	struct program_op op = { .op = OP_ALLOC, .order = 2 };

	(void)state;
	assert_false(fit_op(&target, &op));
	target.order_max = 2;
	assert_true(fit_op(&target, &op));
	op.compound = 1;
	assert_false(fit_op(&target, &op));
	target.compound = true;
	assert_true(fit_op(&target, &op));
	op.op = OP_LOOKUP;
	assert_false(fit_op(&target, &op));
}

/* A put needs a reference, that needs a block, that an alloc gives. */
static void what_nobody_gives_cannot_be_taken(void **state)
{
	struct target target = {
		.operations = { [OP_GET] = nothing, [OP_PUT] = nothing },
	};

	(void)state;
	assert_false(fit_possible(&target, OP_PUT));
	assert_false(fit_possible(&target, OP_GET));
	assert_false(fit_possible(&target, OP_ALLOC));
	target.operations[OP_ALLOC] = nothing;
	assert_true(fit_possible(&target, OP_PUT));
	assert_true(fit_possible(&target, OP_GET));
	assert_true(fit_possible(&target, OP_ALLOC));
}

static void settings_that_the_target_lacks_are_left_out(void **state)
{
	static const struct text_head head;
	struct program program;
	char text[256];

	(void)state;
	program_clear(&program);
	program.config.pages = 2;
	text_print(&head, &program, sites_names(&target_single), text,
		   sizeof(text));
	assert_string_equal(text, "pagerace 1\npages    2\n");
	/* What was asked for all the same is not forgotten. */
	program.config.pcp_batch = 2;
	text_print(&head, &program, sites_names(&target_single), text,
		   sizeof(text));
	assert_non_null(strstr(text, "\npcp      high=0 batch=2\n"));
}

static unsigned int played_order, played_pages;

static void note_order(const struct op_args *args, struct op_result *result)
{
	played_order = args->order;
	(void)result;
}

static void note_pages(const struct target_config *config)
{
	played_pages = config->pages;
}

static int no_regions(struct target_region *regions)
{
	(void)regions;
	return 0;
}

static void bytes_are_played_as_the_target_can(void **state)
{
	const struct target target = {
		.name = "noting",
		.pages_min = 4,
		.init = note_pages,
		.regions = no_regions,
		.operations = { [OP_ALLOC] = note_order },
	};
	struct stage *stage = *state;

	played_order = 77;
	expect_finding(stage_play(stage, &target,
				  "pages 2\ntask0 alloc order=3\n"),
		       "clean");
	assert_int_equal(played_order, 0);
	assert_int_equal(played_pages, 4);
	assert_int_equal(stage->engine.scene.books.pages, 4);
	assert_int_equal(stage->engine.program->config.pages, 4);
	/* The caller's is as it was. */
	assert_int_equal(stage->program.tasks[0].ops[0].order, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_core_has_is_left_alone),
		cmocka_unit_test(what_was_fitted_is_normal_and_fits),
		cmocka_unit_test(what_a_target_lacks_becomes_what_is_nearest),
		cmocka_unit_test(
			a_target_that_says_nothing_has_sixteen_single_pages),
		cmocka_unit_test(orders_go_as_far_as_the_target_says),
		cmocka_unit_test(what_nobody_gives_cannot_be_taken),
		cmocka_unit_test(settings_that_the_target_lacks_are_left_out),
		cmocka_unit_test(bytes_are_played_as_the_target_can),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
