/* SPDX-License-Identifier: MIT */
/*
 * object_loss_test.c: which objects a target's words lead to.
 *
 *     roots[] --> object --> object
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <string.h>

#include <cmocka.h>

#include "fake_target.h"

#define WORDS 8
#define ROOTS 300 /* more than are looked through at a time */

static uintptr_t roots[ROOTS], contents[WORDS];
static struct arena arena;
static struct scene scene;
static struct finding finding;

static int two_regions(struct target_region *regions)
{
	regions[0] = (struct target_region){ contents, sizeof(contents), true,
					     0, 0 };
	regions[1] =
		(struct target_region){ roots, sizeof(roots), false, 0, 0 };
	return 2;
}

static const struct target scanned_target = {
	.name = "scanned",
	.scanned = true,
	.regions = two_regions,
};

static int no_objects(void **state)
{
	(void)state;
	fake_scene(&scene);
	memset(roots, 0, sizeof(roots));
	memset(contents, 0, sizeof(contents));
	arena_init(&arena);
	scene.arena = &arena;
	scene.target = &scanned_target;
	return 0;
}

static uintptr_t *object(void)
{
	uintptr_t *words = arena_alloc(&arena, WORDS * sizeof(*words));

	assert_non_null(words);
	memset(words, 0, WORDS * sizeof(*words));
	return words;
}

static bool is_lost(void)
{
	bool broken = checkers_quiescence(&scene, &finding);

	if (broken)
		assert_string_equal(finding.id, "object-loss");
	return broken;
}

static void no_object_is_no_loss(void **state)
{
	(void)state;
	assert_false(is_lost());
}

static void an_object_that_nothing_leads_to_is_reported(void **state)
{
	(void)state;
	object();
	assert_true(is_lost());
}

static void an_object_that_a_region_leads_to_is_silent(void **state)
{
	(void)state;
	roots[ROOTS - 1] = (uintptr_t)object();
	assert_false(is_lost());
}

static void an_object_that_was_given_back_is_silent(void **state)
{
	(void)state;
	assert_true(arena_free(&arena, object()));
	assert_false(is_lost());
}

/* The second was made first: a walk by number would miss it. */
static void a_chain_of_objects_is_followed(void **state)
{
	uintptr_t *last = object(), *middle = object(), *first = object();

	(void)state;
	roots[0] = (uintptr_t)first;
	first[WORDS - 1] = (uintptr_t)middle;
	middle[0] = (uintptr_t)last;
	assert_false(is_lost());
	middle[0] = 0;
	assert_true(is_lost());
}

static void a_tagged_pointer_is_a_way(void **state)
{
	(void)state;
	roots[0] = (uintptr_t)object() + 2;
	assert_false(is_lost());
}

static void a_word_beside_the_arena_is_no_way(void **state)
{
	(void)state;
	object();
	roots[0] = (uintptr_t)arena.slots - 1;
	roots[1] = (uintptr_t)arena.slots + sizeof(arena.slots);
	assert_true(is_lost());
}

static void two_that_hold_each_other_are_reported(void **state)
{
	uintptr_t *one = object(), *other = object();

	(void)state;
	*one = (uintptr_t)other;
	*other = (uintptr_t)one;
	assert_true(is_lost());
}

/* What free pages' contents were is nobody's word. */
static void contents_lead_nowhere(void **state)
{
	(void)state;
	contents[0] = (uintptr_t)object();
	assert_true(is_lost());
}

static void a_target_that_is_not_scanned_may_hide_its_pointers(void **state)
{
	struct target hiding = scanned_target;

	(void)state;
	hiding.scanned = false;
	scene.target = &hiding;
	object();
	assert_false(is_lost());
}

/* What was never written must not depend on the run before. */
static void a_fresh_object_leads_nowhere(void **state)
{
	uintptr_t *holder = object();

	(void)state;
	*holder = (uintptr_t)object();
	arena_reset(&arena);
	roots[0] = (uintptr_t)arena_alloc(&arena, WORDS * sizeof(*roots));
	object();
	assert_true(is_lost());
}

#define TEST(name) cmocka_unit_test_setup(name, no_objects)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(no_object_is_no_loss),
		TEST(an_object_that_nothing_leads_to_is_reported),
		TEST(an_object_that_a_region_leads_to_is_silent),
		TEST(an_object_that_was_given_back_is_silent),
		TEST(a_chain_of_objects_is_followed),
		TEST(a_tagged_pointer_is_a_way),
		TEST(a_word_beside_the_arena_is_no_way),
		TEST(two_that_hold_each_other_are_reported),
		TEST(contents_lead_nowhere),
		TEST(a_target_that_is_not_scanned_may_hide_its_pointers),
		TEST(a_fresh_object_leads_nowhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
