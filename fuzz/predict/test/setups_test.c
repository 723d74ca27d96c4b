/* SPDX-License-Identifier: MIT */
/* setups_test.c: set-ups are programs, of the targets that have what they say. */
#include "operation.h"
#include "setups.h"
#include "stage.h"

static const struct target *target_of(const char *name)
{
	return targets_find(name, NULL)->target;
}

static unsigned int number_of(const char *name)
{
	unsigned int i;

	for (i = 0; i < setups_nr() && strcmp(setups_name(i), name); i++)
		;
	assert_in_range(i, 0, setups_nr() - 1);
	return i;
}

static void nothing(const struct op_args *args, struct op_result *result)
{
	(void)args;
	(void)result;
}

/* Each, handles of its own aside, is a program of a target that has all operations. */
static void every_set_up_can_be_read(void **state)
{
	struct target all = *target_of("core");
	struct program program;
	unsigned int i;

	(void)state;
	for (i = 0; i < OP_OWN; i++)
		if (!all.operations[i])
			all.operations[i] = nothing;
	for (i = 0; i < setups_nr(); i++)
		if (strncmp(setups_name(i), "given", 5))
			assert_true(setups_program(i, &all, &program));
}

/* Its own operations may have names that others have, too: boxes are read. */
static void every_set_up_is_asked_of_every_target(void **state)
{
	struct program program;
	const struct variant *variant;
	unsigned int i;

	(void)state;
	for (variant = variants; variant->target; variant++)
		for (i = 0; i < setups_nr(); i++)
			if (setups_program(i, variant->target, &program))
				assert_int_equal(program_nr_ops(&program),
						 program.setup.nr);
	assert_false(setups_program(number_of("read"), target_of("boxes"),
				    &program));
}

/* Operations of a target's own have its names, and maybe no handle to give. */
static void handles_are_given_by_who_has_them(void **state)
{
	const unsigned int given = number_of("given-twice");
	struct program program;

	(void)state;
	assert_true(setups_program(given, target_of("boxes"), &program));
	assert_int_equal(program.setup.nr, 2);
	assert_int_equal(program.setup.ops[1].op, OP_OWN);
	assert_int_equal(program.setup.ops[1].gives, 1);
	assert_false(setups_program(given, target_of("queue"), &program));
	assert_false(setups_program(given, target_of("core"), &program));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_set_up_can_be_read),
		cmocka_unit_test(every_set_up_is_asked_of_every_target),
		cmocka_unit_test(handles_are_given_by_who_has_them),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
