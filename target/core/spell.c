/* SPDX-License-Identifier: MIT */
/*
 * spell.c: places and values of the core in people's words, where describe()
 * and a number say less.
 */
#include <string.h>

#include "view.h"
#include "zone.h"

static bool is_field(const struct target_place *place, const char *class,
		     const char *field)
{
	return place->thing && !strcmp(place->thing, class) &&
	       !strcmp(place->field, field);
}

/* ----------------------------------------------------------------- places */

void spell_place(const volatile void *addr, struct target_words *words)
{
	struct target_place place;
	size_t at = (size_t)((const volatile char *)addr - (const char *)&core);

	view_describe(addr, &place);
	if (is_field(&place, "zone", "free_area")) {
		at -= offsetof(struct core, zone.free_area);
		words->add(words, "%s of order %zu",
			   at % sizeof(struct free_area) <
					   offsetof(struct free_area, nr_free) ?
				   "free list" :
				   "number of free blocks",
			   at / sizeof(struct free_area));
	} else if (is_field(&place, "pcp", "lists")) {
		at -= offsetof(struct core, pageset);
		at %= sizeof(struct per_cpu_pages);
		at -= offsetof(struct per_cpu_pages, lists);
		words->add(words, "pcp %d list of order %zu", place.instance,
			   at / sizeof(struct list_head));
	}
}

/* ----------------------------------------------------------------- values */

static void spell_flags(uint64_t value, struct target_words *words)
{
	static const char *const names[] = { "locked", "uptodate", "head" };
	const char *between = "";
	unsigned int bit;

	if (!value)
		words->add(words, "none");
	for (bit = 0; bit < 64; bit++) {
		if (!(value >> bit & 1))
			continue;
		if (bit < sizeof(names) / sizeof(names[0]))
			words->add(words, "%s%s", between, names[bit]);
		else
			words->add(words, "%sbit %u", between, bit);
		between = "|";
	}
}

static bool is_pointer(const struct target_place *place)
{
	return is_field(place, "page", "lru") ||
	       is_field(place, "page", "mapping") ||
	       is_field(place, "node", "parent") ||
	       is_field(place, "node", "array");
}

static bool is_entry(const struct target_place *place)
{
	return is_field(place, "mapping", "xa_head") ||
	       is_field(place, "node", "slot");
}

void spell_value(const volatile void *addr, unsigned int size, uint64_t value,
		 struct target_words *words)
{
	struct target_place place;

	(void)size;
	view_describe(addr, &place);
	if (is_field(&place, "page", "flags"))
		spell_flags(value, words);
	else if (is_field(&place, "page", "compound_head") && !value)
		words->add(words, "none");
	else if (is_field(&place, "page", "page_type"))
		words->add(words, "%s",
			   value == PAGE_TYPE_BUDDY ? "buddy" : "none");
	else if (is_entry(&place) && value == (uintptr_t)XA_RETRY_ENTRY)
		words->add(words, "retry");
	else if ((is_entry(&place) || is_pointer(&place)) && !value)
		words->add(words, "NULL");
}
