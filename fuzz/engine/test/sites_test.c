/* SPDX-License-Identifier: MIT */
/* sites_test.c: the names of access points, on every target. */
#include "fake.h"
#include "sites.h"

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
	       !strcmp(a->accessor, b->accessor) &&
	       !strncmp(a->expr, b->expr, SITE_EXPR_MAX) &&
	       a->line == b->line && a->place == b->place &&
	       a->serial == b->serial;
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

/* As a build leaves them that knows the source places of what it linked. */
static void what_the_build_knows_is_taken_over(void **state)
{
	struct site sites[] = {
		{ .accessor = "READ_ONCE", .expr = "*p", .kind = MACHINE_LOADS },
		{ .accessor = "READ_ONCE", .expr = "*p", .kind = MACHINE_LOADS },
	};
	static const struct site names[] = {
		{ .function = "f", .file = "mm/f.c", .line = 7 },
		{ .function = "f", .file = "mm/f.c", .line = 8, .expr = "get" },
	};
	const struct target target = { .sites = sites, .sites_end = sites + 2,
				       .site_names = names };
	char name[SITE_NAME_MAX];

	(void)state;
	sites_init(&target);
	site_name(&sites[0], name, sizeof(name));
	assert_string_equal(name, "f:READ_ONCE(*p)");
	assert_string_equal(site_file(&sites[0]), "mm/f.c");
	assert_int_equal(sites[0].line, 7);
	site_name(&sites[1], name, sizeof(name));
	assert_string_equal(name, "f:READ_ONCE(get)");
	assert_int_equal(sites[0].kind, MACHINE_LOADS);
}

static void places_of_a_line_are_counted_and_their_copies_are_not(void **state)
{
	struct site sites[5] = { { .accessor = "" } };
	struct site names[5];
	const struct target target = { .sites = sites, .sites_end = sites + 5,
				       .site_names = names };
	static const unsigned int place[] = { 2, 1, 2, 3, 3 };
	static const unsigned int nth[] = { 2, 1, 2, 3, 4 };
	unsigned int i;

	(void)state;
	for (i = 0; i < 5; i++) {
		sites[i] = (struct site){ .accessor = "inc", .expr = "x" };
		names[i] = (struct site){ .function = "f", .file = "f.c",
					  .line = 1, .place = place[i] };
	}
	sites[4].serial = 1; /* one macro, two accesses */
	sites_init(&target);
	for (i = 0; i < 5; i++) {
		assert_int_equal(sites[i].nth, nth[i]);
		assert_int_equal(sites[i].id, nth[i]);
		assert_int_equal(sites[i].hash == sites[0].hash, nth[i] == 2);
	}
}

static void what_is_in_no_code_is_no_site(void **state)
{
	struct site sites[] = {
		{ .accessor = "a", .expr = "x", .kind = MACHINE_LOADS },
		{ .accessor = "b", .expr = "x", .kind = MACHINE_LOADS },
		{ .accessor = "c", .expr = "x", .kind = MACHINE_LOADS },
	};
	static const struct site names[] = {
		{ .function = "f", .file = "f.c" }, { .function = NULL },
		{ .function = "f", .file = "f.c" },
	};
	const struct target target = { .sites = sites, .sites_end = sites + 3,
				       .site_names = names };

	(void)state;
	sites_init(&target);
	assert_int_equal(sites[0].id, 1);
	assert_int_equal(sites[2].id, 2);
	assert_int_equal(sites[1].kind, MACHINE_NONE);
	assert_int_equal(sites[1].id, 0);
	assert_int_equal(sites[1].hash | sites[1].name_hash, 0);
	assert_string_equal(sites[1].function, "");
}

/* A name is as long as a line of a program can bear. */
static void of_a_long_expression_the_beginning_counts(void **state)
{
	struct site sites[] = {
		{ .function = "f", .accessor = "a", .file = "", .line = 1,
		  .expr = "1234567890123456789012345678901234567890x" },
		{ .function = "f", .accessor = "a", .file = "", .line = 2,
		  .expr = "1234567890123456789012345678901234567890y" },
	};
	const struct target target = { .sites = sites, .sites_end = sites + 2 };
	char name[SITE_NAME_MAX];

	(void)state;
	sites_init(&target);
	site_name(&sites[0], name, sizeof(name));
	assert_string_equal(
		name, "f:a(1234567890123456789012345678901234567890)");
	assert_int_equal(sites[0].name_hash, sites[1].name_hash);
	assert_int_equal(sites[1].nth, 2);
}

static void every_target_has_sites(void **state)
{
	const struct variant *variant;

	(void)state;
	for (variant = variants; variant->target; variant++)
		assert_in_range(nr_sites(variant->target), 3, UINT16_MAX);
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
			for (j = 0; sites[i].kind && j < i; j++)
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
			if (site->kind == MACHINE_NONE)
				continue;
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
	return order ? order : strncmp(a->expr, b->expr, SITE_EXPR_MAX);
}

static void ids_are_ranks_of_names_from_one(void **state)
{
	const struct variant *variant;
	size_t i, j;

	(void)state;
	for (variant = variants; variant->target; variant++) {
		const struct site *sites = variant->target->sites;
		size_t nr = nr_sites(variant->target);
		static bool seen[UINT16_MAX + 1];
		unsigned int most = 0;

		memset(seen, 0, sizeof(seen));
		for (i = 0; i < nr; i++) {
			if (sites[i].kind == MACHINE_NONE)
				continue;
			assert_in_range(sites[i].id, 1, nr);
			seen[sites[i].id] = true;
			if (sites[i].id > most)
				most = sites[i].id;
			for (j = 0; j < nr; j++)
				if (sites[j].kind &&
				    compare_names(&sites[i], &sites[j]) < 0)
					assert_true(sites[i].id < sites[j].id);
		}
		for (i = 1; i <= most; i++)
			assert_true(seen[i]);
	}
}

/*
 * A schedule that names a site means the same place in all of them; what a revert
 * has beyond that, a line or two, no site of the core is called.
 */
static void reverts_share_the_names_of_what_they_leave_alone(void **state)
{
	const struct target *core = stage_core("none");
	unsigned int added;
	const struct variant *variant;
	const struct site *site;

	(void)state;
	for (variant = variants; variant->target; variant++) {
		if (strcmp(variant->target->name, "core"))
			continue;
		added = 0;
		for (site = variant->target->sites;
		     site < variant->target->sites_end; site++) {
			const struct site *same = find_hash(core, site->hash);

			if (!same) {
				added++;
				continue;
			}
			assert_string_equal(site->function, same->function);
			assert_int_equal(site->kind, same->kind);
			assert_int_equal(site->size, same->size);
		}
		assert_in_range(added, 0, 2);
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
		cmocka_unit_test(what_the_build_knows_is_taken_over),
		cmocka_unit_test(
			places_of_a_line_are_counted_and_their_copies_are_not),
		cmocka_unit_test(what_is_in_no_code_is_no_site),
		cmocka_unit_test(of_a_long_expression_the_beginning_counts),
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
