/* SPDX-License-Identifier: MIT */
/*
 * spell_test.c: places and values of the kernel's in people's words. All words of
 * the target's memory are spelled, and what has to be among them is looked for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "machine_stub.h"
#include "target.h"

extern const struct target target_linux;

/* ------------------------------------------------------------------- words */

struct spelled {
	struct target_words words; /* first */
	char text[256];
};

__attribute__((format(printf, 2, 3))) static void
add(struct target_words *words, const char *format, ...)
{
	struct spelled *spelled = (struct spelled *)(void *)words;
	size_t at = strlen(spelled->text);
	va_list args;

	va_start(args, format);
	vsnprintf(spelled->text + at, sizeof(spelled->text) - at, format, args);
	va_end(args);
}

static const char *place(const void *addr)
{
	static struct spelled spelled;

	spelled = (struct spelled){ .words.add = add };
	target_linux.spell_place(addr, &spelled.words);
	return spelled.text;
}

static const char *value(const void *addr, unsigned int size, uint64_t it)
{
	static struct spelled spelled;

	spelled = (struct spelled){ .words.add = add };
	target_linux.spell_value(addr, size, it, &spelled.words);
	return spelled.text;
}

/* ------------------------------------------------------------------- search */

static void boot(unsigned int pages)
{
	const struct target_config config = {
		.pages = pages,
		.pcp_high = 4,
		.pcp_batch = 2,
		.fanout_shift = 4,
	};

	machine_stub_reset();
	target_linux.init(&config);
}

/* The first word that @is_it; fails if there is none. */
static const void *find(bool (*is_it)(const void *addr, const char *what),
			const char *what)
{
	struct target_region regions[TARGET_REGIONS_MAX];
	int i, nr = target_linux.regions(regions);

	for (i = 0; i < nr; i++) {
		const char *addr = regions[i].start;
		size_t left = regions[i].contents ? 0 : regions[i].size;

		for (; left >= 4; left -= 4, addr += 4)
			if (is_it(addr, what))
				return addr;
	}
	fail_msg("no word is %s", what);
	return NULL;
}

static bool is_spelled(const void *addr, const char *what)
{
	return !strcmp(place(addr), what);
}

static bool is_described(const void *addr, const char *what)
{
	struct target_place is;
	char text[64];

	target_linux.describe(addr, &is);
	if (!is.thing)
		return false;
	snprintf(text, sizeof(text), "%s %d %s", is.thing, is.instance,
		 is.field);
	return !strcmp(text, what);
}

/* ------------------------------------------------------------------- tests */

static void places_are_named_by_member_and_element(void **state)
{
	static const char *const names[] = {
		"free list of order 2, movable",
		"number of free blocks of order 1",
		"pcp 1 list of order 1, unmovable",
		"NR_FREE_PAGES of the zone",
		"NR_FREE_PAGES of CPU 3",
		"NR_FILE_PAGES of the node",
		"NR_FILE_PAGES of CPU 2",
		"NR_FREE_PAGES of all zones",
		"LRU list inactive_file",
		"LRU batch 0 of CPU 1",
		"pageblock types",
		"task 3 thread_info flags",
	};
	size_t i;

	(void)state;
	boot(64);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		find(is_spelled, names[i]);
}

static void what_describe_names_keeps_its_name(void **state)
{
	static const char *const names[] = {
		"page 3 flags", "page 5 count",	      "zone -1 lock",
		"pcp 2 count",	"mapping -1 xa_head",
	};
	size_t i;

	(void)state;
	boot(16);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_string_equal(place(find(is_described, names[i])), "");
}

static void flags_of_a_page_read_by_name(void **state)
{
	const void *flags;

	(void)state;
	boot(16);
	flags = find(is_described, "page 3 flags");
	assert_string_equal(value(flags, 8, 0), "none");
	assert_string_equal(value(flags, 8, 1), "locked");
	/* The zone is not of interest. */
	assert_string_equal(value(flags, 8, 1ULL << 62 | 1), "locked");
	assert_non_null(strchr(value(flags, 8, 0x3c), '|'));
	assert_non_null(strstr(value(flags, 8, 0xff), "uptodate"));
	assert_non_null(strstr(value(flags, 8, 0xff), "lru"));
}

/* Some time after 6.12 a pageblock has a byte, with a bit of its own for isolation. */
static void types_of_pageblocks_read_by_name(void **state)
{
	const void *types;

	(void)state;
	boot(64);
	types = find(is_spelled, "pageblock types");
#ifdef BLOCKS_HAVE_ISOLATED_BIT
	assert_string_equal(value(types, 8, 0x01010101), "movable x4");
	assert_string_equal(
		value(types, 8, 0x09110002),
		"reclaimable, unmovable, movable+isolated, movable+skip");
#else
	assert_string_equal(value(types, 8, 0x1111), "movable x4");
	assert_string_equal(value(types, 8, 0x9012),
			    "reclaimable, movable, unmovable, movable+skip");
#endif
}

static void entries_of_the_cache_read_as_what_they_are(void **state)
{
	const void *head;

	(void)state;
	boot(16);
	head = find(is_described, "mapping -1 xa_head");
	assert_string_equal(value(head, 8, 0), "NULL");
	assert_string_equal(value(head, 8, 0x11), "a shadow entry");
	assert_string_equal(value(head, 8, 5 << 2 | 2), "sibling of slot 5");
	assert_string_equal(value(head, 8, 0x402), "retry");
	assert_string_equal(value(head, 8, (uintptr_t)head & ~3ULL), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_are_named_by_member_and_element),
		cmocka_unit_test(what_describe_names_keeps_its_name),
		cmocka_unit_test(flags_of_a_page_read_by_name),
		cmocka_unit_test(types_of_pageblocks_read_by_name),
		cmocka_unit_test(entries_of_the_cache_read_as_what_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
