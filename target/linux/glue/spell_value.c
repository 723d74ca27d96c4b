// SPDX-License-Identifier: GPL-2.0
/*
 * spell_value.c: values in people's words: flags and types by name, entries of the
 * cache by what they are.
 */
#include <linux/mmzone.h>
#include <linux/page-flags.h>
#include <linux/xarray.h>

#include "glue.h"
#include "spell.h"

/* Of a pageblock: its type, whether compaction is to skip it, and in newer trees whether
 * it is isolated. */
#define BLOCK_BITS NR_PAGEBLOCK_BITS
#define BLOCK_MASK ((1UL << BLOCK_BITS) - 1)

/* PG_lru, AS_EXITING, MIGRATE_MOVABLE. */
static const char *without_prefix(const char *name)
{
	const char *end = strchr(name, '_');

	return end ? end + 1 : name;
}

void linux_add_name(struct target_words *words, const char *type, long value)
{
	const char *name = linux_enumerator(type, value);

	if (!name) {
		words->add(words, "%ld", value);
		return;
	}
	if (!strcmp(name, "MIGRATE_PCPTYPES")) /* the first of two names */
		name = "MIGRATE_HIGHATOMIC";
	for (name = without_prefix(name); *name; name++)
		words->add(words, "%c",
			   *name >= 'A' && *name <= 'Z' ? *name + 'a' - 'A' :
							  *name);
}

void linux_add_counter(struct target_words *words, const char *type, size_t i,
		       const char *whose)
{
	const char *name = linux_enumerator(type, (long)i);

	words->add(words, "%s of %s", name ? name : "counter", whose);
}

/* ------------------------------------------------------------------- kinds */

/* The lowest @bits of @value that are set, by their names. */
static void add_bits(struct target_words *words, const char *type,
		     unsigned int bits, uint64_t value)
{
	const char *between = "";
	unsigned int bit;

	for (bit = 0; bit < bits; bit++) {
		if (!(value >> bit & 1))
			continue;
		words->add(words, "%s", between);
		linux_add_name(words, type, (long)bit);
		between = "|";
	}
	if (!*between)
		words->add(words, "none");
}

static void add_entry(struct target_words *words, uint64_t value)
{
	const void *entry = (const void *)(uintptr_t)value;

	if (!entry)
		words->add(words, "NULL");
	else if (xa_is_value(entry))
		words->add(words, "a shadow entry");
	else if (xa_is_sibling(entry))
		words->add(words, "sibling of slot %lu", xa_to_internal(entry));
	else if (entry == XA_RETRY_ENTRY)
		words->add(words, "retry");
	else if (entry == XA_ZERO_ENTRY)
		words->add(words, "reserved");
}

static void add_block(struct target_words *words, unsigned long bits)
{
	linux_add_name(words, "migratetype", (long)(bits & 7));
	words->add(words, "%s", bits & 8 ? "+skip" : "");
#ifdef PAGEBLOCK_ISO_MASK
	words->add(words, "%s", bits & PAGEBLOCK_ISO_MASK ? "+isolated" : "");
#endif
}

static void add_blocks(struct target_words *words, uint64_t value)
{
	unsigned long i, nr = DIV_ROUND_UP(linux_pages(), pageblock_nr_pages);
	unsigned long last = min(nr, 64UL / BLOCK_BITS), times;

	for (i = 0; i < last; i += times) {
		uint64_t bits = value >> i * BLOCK_BITS & BLOCK_MASK;

		for (times = 1; i + times < last; times++)
			if ((value >> (i + times) * BLOCK_BITS & BLOCK_MASK) !=
			    bits)
				break;
		words->add(words, "%s", i ? ", " : "");
		add_block(words, bits);
		if (times > 1)
			words->add(words, " x%lu", times);
	}
}

static void add_state(struct target_words *words, uint64_t value)
{
	if (value == TASK_RUNNING)
		words->add(words, "running");
	else if (value & TASK_UNINTERRUPTIBLE)
		words->add(words, value & TASK_WAKEKILL ? "sleeping, killable" :
							  "sleeping");
	else if (value & TASK_INTERRUPTIBLE)
		words->add(words, "sleeping, interruptible");
}

/* ------------------------------------------------------------------ values */

static void spell_of_page(const char *field, uint64_t value,
			  struct target_words *words)
{
	if (!strcmp(field, "flags"))
		add_bits(words, "pageflags", __NR_PAGEFLAGS, value);
	else if (!strcmp(field, "compound_head") && !(value & 1))
		words->add(words, "no tail");
	else if (!strcmp(field, "page_type") && linux_is_buddy_type(value))
		words->add(words, "buddy");
	else if (!strcmp(field, "page_type") && (uint32_t)value == UINT_MAX)
		words->add(words, "none");
	else if (!strcmp(field, "mapping") && !value)
		words->add(words, "NULL");
}

static void spell_of_mapping(const char *field, uint64_t value,
			     struct target_words *words)
{
	if (!strcmp(field, "xa_head"))
		add_entry(words, value);
	else if (!strcmp(field, "flags"))
		add_bits(words, "mapping_flags", 32, value);
}

static void spell_of_pte(uint64_t value, struct target_words *words)
{
	if (!value) {
		words->add(words, "none");
		return;
	}
	if (!(value & LINUX_PTE_PRESENT)) {
		words->add(words, "a page that moves");
		return;
	}
	words->add(words, "page %d", (int)(value >> PAGE_SHIFT));
	if (value & LINUX_PTE_WRITE)
		words->add(words, "|write");
	if (value & LINUX_PTE_DIRTY)
		words->add(words, "|dirty");
	if (value & LINUX_PTE_YOUNG)
		words->add(words, "|young");
}

void linux_spell_value(const volatile void *addr, unsigned int size,
		       uint64_t value, struct target_words *words)
{
	const volatile char *blocks =
		(const volatile char *)linux_zone->pageblock_flags;
	struct target_place place;

	linux_view_describe(addr, &place);
	if (!place.thing) {
		if ((size_t)((const volatile char *)addr - blocks) <
			    BITS_TO_LONGS(TARGET_PAGES_MAX) &&
		    size == 8)
			add_blocks(words, value);
	} else if (!strcmp(place.thing, "page")) {
		spell_of_page(place.field, value, words);
	} else if (!strcmp(place.thing, "pte")) {
		spell_of_pte(value, words);
	} else if (!strcmp(place.thing, "mapping")) {
		spell_of_mapping(place.field, value, words);
	} else if (!strcmp(place.field, "slot")) {
		add_entry(words, value);
	} else if (!strcmp(place.thing, "node") &&
		   !strcmp(place.field, "parent") && !value) {
		words->add(words, "NULL");
	} else if (!strcmp(place.thing, "zone") &&
		   !strcmp(place.field, "flags")) {
		add_bits(words, "zone_flags", 32, value);
	} else if (!strcmp(place.thing, "task") &&
		   !strcmp(place.field, "state")) {
		add_state(words, value);
	}
}
