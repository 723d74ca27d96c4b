// SPDX-License-Identifier: GPL-2.0
/*
 * stores.c: what CPUs store into pages that are mapped; and what the files say in the end.
 *
 * A store is a version of its page, as a write is: contents.c. It is one instant, and holds
 * no lock: one beside a write comes before its copy or behind it.
 *
 * Promise: in the end the file says what was stored or written last, if nobody dropped it;
 * and a page that was stored into says so (it is dirty), or the disk has it.
 *
 * Yields: never.
 */
#include <linux/fs.h>
#include <linux/mm.h>

#include "contents.h"
#include "glue.h"

/* The end may be in the middle of a folio that could not be split. */
static bool is_behind_the_end(unsigned long position)
{
	return (loff_t)target_index(position) << PAGE_SHIFT >=
	       linux_file_at(position)->i_size;
}

void linux_store(unsigned long position, unsigned char *contents)
{
	struct linux_place *place = &linux_places[position];
	unsigned int version = linux_version_new();

	if (!version)
		return;
	linux_version_fill(contents, position, version);
	place->stored = true;
	if (is_behind_the_end(position)) { /* who grows the file may find it */
		place->either |= BIT_OF(version);
	} else {
		place->latest = (uint8_t)version;
		place->by_store = true;
		place->either = 0;
		if (!place->droppers)
			place->lost = 0;
	}
	linux_place_changed(position);
}

/* ------------------------------------------------------------------ at quiescence */

/* Of the page at @position, of a folio that was filled; NULL: there is none. */
static const struct page *filled_page(unsigned long position, bool *dirty)
{
	int pfn = linux_view_cache_entry(position);
	const struct page *page = &mem_map[pfn];

	if (pfn < 0 || !linux_view_flag(page, PG_uptodate))
		return NULL;
	*dirty = linux_view_flag(page, PG_dirty);
	return page + (position & ((1UL << linux_view_order(pfn)) - 1));
}

static const char *wrong_at(unsigned long position)
{
	const struct linux_place *place = &linux_places[position];
	bool dirty = false;
	const struct page *page = filled_page(position, &dirty);
	unsigned int version = place->disk;

	if (page)
		version = linux_version_of(page_address(page), position);
	if (place->lost || version == NONE || place->either >> version & 1)
		return NULL;
	if (version != place->latest)
		return place->by_store ? "a-store-was-forgotten" :
					 "the-last-version-was-lost";
	if (place->by_store && !dirty && place->disk != version)
		return "a-store-was-forgotten";
	return NULL;
}

const char *linux_contents_wrong(void)
{
	unsigned long position;
	const char *wrong = NULL;

	for (position = 0; position < TARGET_INDEX_MAX && !wrong; position++)
		wrong = wrong_at(position);
	return wrong;
}
