/* SPDX-License-Identifier: MIT */
/* sites_test.c: the names of access points, on every target. */
#include "fake.h"

static void twice(void)
{
	WRITE_ONCE(fake.x, 1);
	WRITE_ONCE(fake.y, 1);
	WRITE_ONCE(fake.x, 2);
	READ_ONCE(fake.x);
}

static void act(unsigned long nr)
{
	(void)nr;
	twice();
}

static size_t nr_sites(const struct target *target)
{
	return (size_t)(target->sites_end - target->sites);
}

static bool same_place(const struct site *a, const struct site *b)
{
	return !strcmp(a->function, b->function) &&
	       !strcmp(a->accessor, b->accessor) && !strcmp(a->expr, b->expr) &&
	       a->line == b->line;
}

static const struct site *find_hash(const struct target *target, uint32_t hash)
{
	size_t i;

	for (i = 0; i < nr_sites(target); i++)
		if (target->sites[i].hash == hash)
			return &target->sites[i];
	return NULL;
}

static void a_name_is_function_accessor_and_expression(void **state)
{
	const struct step *step;
	struct stage *stage = *state;
	char name[SITE_NAME_MAX];

	stage_play(stage, &target_fake, "task0 add 0\n");
	step = &stage->record.steps[1];
	assert_int_equal(site_name(step->site, name, sizeof(name)), 24);
	assert_string_equal(name, "twice:WRITE_ONCE(fake.x)");
	assert_int_equal(step->site->kind, MACHINE_STORES);
	assert_int_equal(step->site->size, sizeof(fake.x));
}

static void equal_names_are_counted_by_line(void **state)
{
	struct stage *stage = *state;
	const struct step *steps = stage->record.steps;

	stage_play(stage, &target_fake, "task0 add 0\n");
	assert_int_equal(steps[1].site->nth, 1);
	assert_int_equal(steps[2].site->nth, 1);
	assert_int_equal(steps[3].site->nth, 2);
	assert_int_equal(steps[4].site->nth, 1);
	assert_int_equal(steps[1].site->name_hash, steps[3].site->name_hash);
	assert_int_not_equal(steps[1].site->hash, steps[3].site->hash);
	assert_int_equal(steps[1].site->function_hash,
			 steps[4].site->function_hash);
}

static void every_target_has_sites(void **state)
{
	const struct variant *variant;

	(void)state;
	for (variant = variants; variant->target; variant++)
		assert_in_range(nr_sites(variant->target), 3, 1000);
}

/* A function in a header has its sites once in each file that includes it. */
static void durable_names_are_unique_in_a_target(void **state)
{
	const struct variant *variant;
	size_t i, j;

	(void)state;
	for (variant = variants; variant->target; variant++) {
		const struct site *sites = variant->target->sites;

		for (i = 0; i < nr_sites(variant->target); i++)
			for (j = 0; j < i; j++)
				assert_int_equal(
					sites[i].hash == sites[j].hash,
					same_place(&sites[i], &sites[j]));
	}
}

static void hashes_are_never_zero(void **state)
{
	const struct variant *variant;
	const struct site *site;

	(void)state;
	for (variant = variants; variant->target; variant++)
		for (site = variant->target->sites;
		     site < variant->target->sites_end; site++) {
			assert_int_not_equal(site->name_hash, 0);
			assert_int_not_equal(site->function_hash, 0);
			assert_in_range(site->nth, 1, 255);
		}
}

static int compare_names(const struct site *a, const struct site *b)
{
	int order = strcmp(a->function, b->function);

	if (!order)
		order = strcmp(a->accessor, b->accessor);
	return order ? order : strcmp(a->expr, b->expr);
}

static void ids_are_ranks_of_names_from_one(void **state)
{
	const struct variant *variant;
	size_t i, j;

	(void)state;
	for (variant = variants; variant->target; variant++) {
		const struct site *sites = variant->target->sites;
		size_t nr = nr_sites(variant->target);
		bool seen[1001] = { false };
		unsigned int most = 0;

		for (i = 0; i < nr; i++) {
			assert_in_range(sites[i].id, 1, nr);
			seen[sites[i].id] = true;
			if (sites[i].id > most)
				most = sites[i].id;
			for (j = 0; j < nr; j++)
				if (compare_names(&sites[i], &sites[j]) < 0)
					assert_true(sites[i].id < sites[j].id);
		}
		for (i = 1; i <= most; i++)
			assert_true(seen[i]);
	}
}

/* A schedule that names a site means the same place in all of them. */
static void reverts_share_the_names_of_what_they_leave_alone(void **state)
{
	const struct target *core = stage_core("none");
	const struct variant *variant;
	const struct site *site;

	(void)state;
	for (variant = variants; variant->target; variant++) {
		if (strcmp(variant->target->name, "core"))
			continue;
		for (site = variant->target->sites;
		     site < variant->target->sites_end; site++) {
			const struct site *same = find_hash(core, site->hash);

			assert_non_null(same);
			assert_string_equal(site->function, same->function);
			assert_int_equal(site->kind, same->kind);
			assert_int_equal(site->size, same->size);
		}
	}
}

static void what_a_revert_takes_out_is_all_that_it_lacks(void **state)
{
	const struct target *core = stage_core("none");
	const struct variant *variant;
	const struct site *site;

	(void)state;
	for (variant = variants; variant->target; variant++) {
		unsigned int missing = 0;

		if (strcmp(variant->target->name, "core"))
			continue;
		for (site = core->sites; site < core->sites_end; site++)
			missing += !find_hash(variant->target, site->hash);
		assert_in_range(missing, 0, 2);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_function_accessor_and_expression),
		cmocka_unit_test(equal_names_are_counted_by_line),
		cmocka_unit_test(every_target_has_sites),
		cmocka_unit_test(durable_names_are_unique_in_a_target),
		cmocka_unit_test(hashes_are_never_zero),
		cmocka_unit_test(ids_are_ranks_of_names_from_one),
		cmocka_unit_test(
			reverts_share_the_names_of_what_they_leave_alone),
		cmocka_unit_test(what_a_revert_takes_out_is_all_that_it_lacks),
	};

	return cmocka_run_group_tests(tests, fake_open, stage_close);
}
