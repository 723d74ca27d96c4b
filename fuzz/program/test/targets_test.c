/* SPDX-License-Identifier: MIT */
/* targets_test.c: the targets of this binary, and how they are found. */
#include "build.h"
#include "stage.h"

static void the_first_target_is_the_core_as_it_is(void **state)
{
	(void)state;
	assert_string_equal(variants[0].target->name, "core");
	assert_string_equal(variants[0].revert, "none");
	assert_ptr_equal(targets_find(NULL, NULL), &variants[0]);
	assert_ptr_equal(targets_find("", ""), &variants[0]);
	assert_ptr_equal(targets_find("core", "none"), &variants[0]);
}

static void every_target_is_found_by_its_names(void **state)
{
	const struct variant *variant;

	(void)state;
	for (variant = variants; variant->target; variant++) {
		const char *name = variant->target->name;

		assert_ptr_equal(targets_find(name, variant->revert), variant);
		if (*variant->alias)
			assert_ptr_equal(targets_find(name, variant->alias),
					 variant);
	}
}

static void reverts_of_kernel_fixes_go_by_their_commits(void **state)
{
	(void)state;
	assert_string_equal(targets_find("core", "e320d3012d25")->revert,
			    "free-without-tail");
	assert_string_equal(targets_find("core", "462a8e08e0e6")->revert,
			    "late-head-read");
}

static void what_is_not_there_is_not_found(void **state)
{
	(void)state;
	assert_null(targets_find("core", "no-such-revert"));
	assert_null(targets_find("no-such-target", NULL));
	assert_null(targets_find("treiber", "free-without-tail"));
	assert_non_null(targets_find("treiber", NULL));
}

static void variants_are_targets_of_their_own(void **state)
{
	const struct variant *a, *b;

	(void)state;
	for (a = variants; a->target; a++)
		for (b = variants; b < a; b++) {
			assert_ptr_not_equal(a->target, b->target);
			assert_ptr_not_equal(a->target->sites,
					     b->target->sites);
			assert_ptr_not_equal(a->target->init, b->target->init);
		}
}

static void every_revert_says_what_it_is_about(void **state)
{
	const struct variant *variant;

	(void)state;
	for (variant = variants; variant->target; variant++)
		if (strcmp(variant->revert, "none"))
			assert_true(strlen(variant->about) > 10);
}

/* Who looks for what the kernel lacked must not meet what it never had. */
static void mistakes_come_after_all_that_may_be_hunted(void **state)
{
	unsigned int nr = stage_nr_targets();

	(void)state;
	assert_in_range(nr, 6, 64);
	for (; variants[nr].target; nr++)
		assert_true(*variants[nr].sanitizer);
}

/* Or that it shows where plain accesses are access points. */
static void every_mistake_names_its_sanitizer(void **state)
{
	const struct variant *variant = &variants[stage_nr_targets()];

	(void)state;
	assert_non_null(variant->target);
	for (; variant->target; variant++) {
		if (strcmp(variant->sanitizer, "plain") &&
		    strcmp(variant->sanitizer, "weak-memory"))
			assert_non_null(
				sanitizer_find(variant->sanitizer,
					       strlen(variant->sanitizer)));
		assert_string_not_equal(variant->revert, "none");
	}
}

/* Silence about such a target would say nothing. */
static void a_target_without_access_points_is_in_trouble(void **state)
{
	const struct target mute = { .name = "mute" };
	const struct variant *variant;

	(void)state;
	for (variant = variants; variant->target; variant++)
		assert_null(targets_trouble(variant->target));
	if (!*BUILD_PLAIN)
		assert_non_null(
			strstr(targets_trouble(&mute), "no access point"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_target_is_the_core_as_it_is),
		cmocka_unit_test(every_target_is_found_by_its_names),
		cmocka_unit_test(reverts_of_kernel_fixes_go_by_their_commits),
		cmocka_unit_test(what_is_not_there_is_not_found),
		cmocka_unit_test(variants_are_targets_of_their_own),
		cmocka_unit_test(every_revert_says_what_it_is_about),
		cmocka_unit_test(mistakes_come_after_all_that_may_be_hunted),
		cmocka_unit_test(every_mistake_names_its_sanitizer),
		cmocka_unit_test(a_target_without_access_points_is_in_trouble),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
