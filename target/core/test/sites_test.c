/* SPDX-License-Identifier: MIT */
/*
 * sites_test.c: what the sources of the core say about access points against
 * what the compiler gathered in the section of sites.
 *
 * The sources are read as text: an accessor's name before a parenthesis, not
 * in a comment, a string or a preprocessor line, is one use.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "target.h"

#define SOURCE_MAX 65536
#define TALLIES_MAX 256

/* An accessor, and the sites that one use of it makes. */
struct accessor {
	const char *name;
	const char *sites[2];
};

#define SAME(name)                                                             \
	{                                                                      \
		#name, { #name, NULL }                                         \
	}

static const struct accessor accessors[] = {
	SAME(READ_ONCE),
	SAME(WRITE_ONCE),
	SAME(smp_load_acquire),
	SAME(smp_store_release),
	SAME(rcu_dereference),
	SAME(rcu_assign_pointer),
	SAME(RCU_INIT_POINTER),
	SAME(smp_mb),
	SAME(smp_rmb),
	SAME(smp_wmb),
	SAME(atomic_read),
	SAME(atomic_set),
	SAME(atomic_add),
	SAME(atomic_inc),
	SAME(atomic_dec),
	SAME(atomic_add_return),
	SAME(atomic_sub_and_test),
	SAME(atomic_dec_and_test),
	SAME(atomic_add_unless),
	SAME(atomic_cmpxchg),
	SAME(cmpxchg),
	SAME(xchg),
	SAME(test_bit),
	SAME(set_bit),
	SAME(test_and_set_bit),
	SAME(test_and_set_bit_lock),
	SAME(clear_bit),
	SAME(test_and_clear_bit),
	SAME(clear_bit_unlock),
	SAME(spin_lock),
	SAME(spin_trylock),
	SAME(spin_unlock),
	SAME(cpu_relax),
	SAME(local_irq_restore),
	SAME(local_irq_enable),
	SAME(preempt_enable),
	SAME(rcu_read_lock),
	SAME(wake_up_var),
	SAME(prepare_to_wait),
	{ "wait_var_event", { "wait_var_event", "prepare_to_wait" } },
	{ "wait_var_once", { "wait_var_once", "prepare_to_wait" } },
	SAME(machine_disk_read),
	SAME(copy_to_user),
	{ "spin_is_locked", { "READ_ONCE", NULL } },
	/* local_irq_save() is no access point */
	{ "spin_lock_irqsave", { "spin_lock", NULL } },
	{ "spin_trylock_irqsave", { "spin_trylock", "local_irq_restore" } },
	{ "spin_unlock_irqrestore", { "spin_unlock", "local_irq_restore" } },
	/* of xarray.h */
	{ "xas_lock_irqsave", { "spin_lock", NULL } },
	{ "xas_unlock_irqrestore", { "spin_unlock", "local_irq_restore" } },
};

/* Functions of headers that the core itself never calls: no site is made. */
static const struct {
	const char *function, *file, *accessor;
} unused[] = {
	{ "PageTail", "page.h", "READ_ONCE" },
	{ "page_count", "page.h", "atomic_read" },
	{ "page_ref_unfreeze", "page.h", "smp_store_release" },
};

/* How often an accessor occurs in a file. */
struct tally {
	char file[32];
	const char *accessor;
	int written, compiled;
};

struct tallies {
	struct tally tally[TALLIES_MAX];
	int nr;
};

#define for_each_site(site)                                                    \
	for ((site) = TARGET_SITES_START; (site) < TARGET_SITES_STOP; (site)++)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static struct tally *tally_of(struct tallies *tallies, const char *file,
			      const char *accessor)
{
	struct tally *tally = tallies->tally;
	struct tally *end = tally + tallies->nr;

	for (; tally < end; tally++)
		if (!strcmp(tally->file, file) &&
		    !strcmp(tally->accessor, accessor))
			return tally;
	assert_in_range(tallies->nr, 0, TALLIES_MAX - 1);
	tallies->nr++;
	snprintf(tally->file, sizeof(tally->file), "%s", file);
	tally->accessor = accessor;
	return tally;
}

/* ------------------------------------------------------- as it is written */

/* The end of what begins at @at and is no code; @at itself if it is code. */
static char *skip_no_code(char *at, bool line_begins)
{
	char quote = *at, *end = at;

	if (!strncmp(at, "/*", 2)) {
		end = strstr(at + 2, "*/");
		return end ? end + 2 : at + strlen(at);
	}
	if (quote == '"' || quote == '\'') {
		for (end++; *end && *end != quote; end++)
			end += *end == '\\';
		return *end ? end + 1 : end;
	}
	if (line_begins && *at == '#')
		while (*end && (*end != '\n' || end[-1] == '\\'))
			end++;
	return end;
}

static void blank_all_but_code(char *text)
{
	bool line_begins = true;
	char *at = text;

	while (*at) {
		char *end = skip_no_code(at, line_begins);

		if (end > at) {
			memset(at, ' ', (size_t)(end - at));
			at = end;
			continue;
		}
		line_begins = *at == '\n';
		at++;
	}
}

static const struct accessor *accessor_find(const char *name, size_t length)
{
	size_t i;

	for (i = 0; i < COUNT(accessors); i++)
		if (strlen(accessors[i].name) == length &&
		    !memcmp(accessors[i].name, name, length))
			return &accessors[i];
	return NULL;
}

static void count_use(struct tallies *tallies, const char *file,
		      const struct accessor *accessor)
{
	int i;

	for (i = 0; i < 2 && accessor->sites[i]; i++)
		tally_of(tallies, file, accessor->sites[i])->written++;
}

static void count_uses(struct tallies *tallies, const char *file,
		       const char *text)
{
	const char *at = text;

	while (*at) {
		const struct accessor *accessor;
		size_t length = 0;

		while (isalnum((unsigned char)at[length]) || at[length] == '_')
			length++;
		accessor = accessor_find(at, length);
		if (accessor && at[length] == '(')
			count_use(tallies, file, accessor);
		at += length ? length : 1;
	}
}

static void scan_file(struct tallies *tallies, const char *name)
{
	static char text[SOURCE_MAX];
	char path[1024];
	size_t size;
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", CORE_SOURCE_DIR, name);
	file = fopen(path, "r");
	assert_non_null(file);
	size = fread(text, 1, sizeof(text) - 1, file);
	fclose(file);
	assert_in_range(size, 1, sizeof(text) - 2);
	text[size] = '\0';
	blank_all_but_code(text);
	count_uses(tallies, name, text);
}

static void scan_sources(struct tallies *tallies)
{
	DIR *dir = opendir(CORE_SOURCE_DIR);
	const struct dirent *entry;

	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		const char *dot = strrchr(entry->d_name, '.');

		if (dot && (!strcmp(dot, ".c") || !strcmp(dot, ".h")))
			scan_file(tallies, entry->d_name);
	}
	closedir(dir);
}

/* ------------------------------------------------------ as it is compiled */

static bool same_place(const struct site *a, const struct site *b)
{
	return a->line == b->line && !strcmp(a->accessor, b->accessor) &&
	       !strcmp(base_name(a->file), base_name(b->file));
}

/* A function of a header has a site in each file that calls it. */
static bool seen_before(const struct site *site)
{
	const struct site *other;

	for_each_site(other) {
		if (other == site)
			return false;
		if (same_place(other, site))
			return true;
	}
	return false;
}

static void count_sites(struct tallies *tallies)
{
	const struct site *site;

	for_each_site(site) {
		bool helper = strstr(site->file, "/test/");

		if (!helper && !seen_before(site))
			tally_of(tallies, base_name(site->file),
				 site->accessor)->compiled++;
	}
}

/* ------------------------------------------------------------------ tests */

static void the_cores_accessors_are_all_sites(void **state)
{
	static struct tallies tallies;
	int i, differ = 0;
	size_t j;

	(void)state;
	scan_sources(&tallies);
	count_sites(&tallies);
	for (j = 0; j < COUNT(unused); j++)
		tally_of(&tallies, unused[j].file, unused[j].accessor)
			->written--;
	for (i = 0; i < tallies.nr; i++) {
		const struct tally *tally = &tallies.tally[i];

		if (tally->written == tally->compiled)
			continue;
		print_error("%s: %s: %d written, %d compiled\n", tally->file,
			    tally->accessor, tally->written, tally->compiled);
		differ++;
	}
	assert_int_equal(differ, 0);
	assert_true(tallies.nr > 20);
}

static bool same_name(const struct site *a, const struct site *b)
{
	return same_place(a, b) && !strcmp(a->function, b->function) &&
	       !strcmp(a->expr, b->expr);
}

/* Those of headers recur by right; the count above tells them apart. */
static void no_two_sites_look_the_same(void **state)
{
	const struct site *a, *b;

	(void)state;
	for_each_site(a) {
		if (strstr(a->file, ".h"))
			continue;
		for (b = a + 1; b < TARGET_SITES_STOP; b++)
			if (same_name(a, b))
				fail_msg("%s:%s(%s) twice in line %u",
					 a->function, a->accessor, a->expr,
					 a->line);
	}
}

static bool has_address(const struct site *site)
{
	switch (site->kind) {
	case MACHINE_LOADS:
	case MACHINE_STORES:
	case MACHINE_RMWS:
	case MACHINE_LOCKS:
	case MACHINE_TRYLOCKS:
	case MACHINE_UNLOCKS:
		return true;
	default:
		return false;
	}
}

static void every_access_with_an_address_has_a_size(void **state)
{
	const struct site *site;

	(void)state;
	for_each_site(site) {
		unsigned int size = site->size;

		assert_non_null(site->function);
		assert_in_range(site->kind, MACHINE_LOADS, MACHINE_JOINS);
		if (has_address(site))
			assert_true(size == 1 || size == 2 || size == 4 ||
				    size == 8);
		else
			assert_int_equal(size, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cores_accessors_are_all_sites),
		cmocka_unit_test(no_two_sites_look_the_same),
		cmocka_unit_test(every_access_with_an_address_has_a_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
