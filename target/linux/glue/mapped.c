// SPDX-License-Identifier: GPL-2.0
/*
 * mapped.c: what checkers see of pages that are mapped, and the target's last word on them.
 *
 * Promises:
 *  1. What is mapped for a position stands there in the file.
 *  2. A page counts how often it is mapped, and so does the node (NR_FILE_MAPPED).
 *  3. A page that a CPU may write to is dirty: what it stores is not forgotten.
 *  4. When a truncation has ended nothing behind the end is mapped; in the end neither.
 *  5. Nobody moves pages in the end: no entry says that its page is being moved.
 *
 * Yields: never.
 */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/vmstat.h>

#include "glue.h"

#ifdef TREE_MAPS_BEHIND_THE_END /* see is_excused() */
#define EXCUSED_BITS LINUX_PTE_PRESENT
#else
#define EXCUSED_BITS LINUX_PTE_SOFT_DIRTY
#endif

static bool has(const pte_t *entry, unsigned long bits)
{
	return (entry->pte & bits) == bits;
}

static unsigned long pfn_of_entry(const pte_t *entry)
{
	return entry->pte >> PAGE_SHIFT;
}

int linux_mapped_references(int pfn)
{
	unsigned int order = linux_view_order(pfn);
	/* Of a block that is being made a folio it may be anything yet. */
	unsigned long nr = order <= LINUX_ORDER_MAX ? 1UL << order : 1;
	unsigned long position;
	int references = 0;

	for (position = 0; position < TARGET_INDEX_MAX; position++) {
		const pte_t *entry = linux_view_pte(position);

		if (!entry) /* nor of what follows in this file */
			position |= TARGET_FILE_PAGES - 1;
		else if (has(entry, LINUX_PTE_PRESENT))
			references += pfn_of_entry(entry) - (unsigned long)pfn <
				      nr;
	}
	return references;
}

/*
 * The end falls into a large folio that could not be split. A write fault lets go of its
 * lock between the look at the size and page_mkwrite(), which asks no more than whether the
 * folio is in the file; then it maps what lies behind the end by now, and what is written
 * out later is no longer mapped for stores. Trees that ask for the end before they lock, or
 * not at all, map it for loads as well. See: ../README.md.
 */
static bool is_excused(const pte_t *entry, unsigned long position,
		       unsigned long end)
{
	int head = linux_view_cache_entry(position);

	return has(entry, EXCUSED_BITS) && head >= 0 &&
	       pfn_of_entry(entry) - (unsigned long)head >
		       target_index(position) - end;
}

const char *linux_mapped_behind(unsigned int file)
{
	unsigned long end = DIV_ROUND_UP(
		(unsigned long)linux_file(file)->i_size, PAGE_SIZE);
	unsigned long index;

	for (index = end; index < TARGET_FILE_PAGES; index++) {
		unsigned long position = target_position(file, index);
		const pte_t *entry = linux_view_pte(position);

		if (entry && has(entry, LINUX_PTE_PRESENT) &&
		    !is_excused(entry, position, end))
			return "mapped-behind-the-end";
	}
	return NULL;
}

/* ------------------------------------------------------------- at quiescence */

/* The page that stands at @position; NULL: none. */
static const struct page *page_at(unsigned long position,
				  const struct page **head)
{
	int pfn = linux_view_cache_entry(position);

	if (pfn < 0)
		return NULL;
	*head = &mem_map[pfn];
	return *head + (position & ((1UL << linux_view_order(pfn)) - 1));
}

/* How often it is mapped, be it a part of a larger folio. */
static int mapcount(const struct page *page)
{
	return page->_mapcount.counter + 1;
}

static const char *wrong_entry(unsigned long position, const pte_t *entry,
			       unsigned long *mapped)
{
	const struct page *head = NULL, *page = page_at(position, &head);
	bool present = has(entry, LINUX_PTE_PRESENT);

	if (entry->pte && !present)
		return "left-to-be-moved";
	if (present && (!page || pfn_of_entry(entry) != page_to_pfn(page)))
		return "mapped-and-not-in-the-file";
	if (page && mapcount(page) != present)
		return "mapped-pages-miscounted";
	if (has(entry, LINUX_PTE_PRESENT | LINUX_PTE_WRITE) &&
	    !linux_view_flag(head, PG_dirty))
		return "a-store-would-be-forgotten";
	*mapped += present;
	return NULL;
}

static const char *wrong_in_file(unsigned int file, unsigned long *mapped)
{
	unsigned long index;
	const char *wrong = NULL;

	for (index = 0; index < TARGET_FILE_PAGES && !wrong; index++) {
		unsigned long position = target_position(file, index);
		const pte_t *entry = linux_view_pte(position);

		if (!entry)
			return NULL;
		wrong = wrong_entry(position, entry, mapped);
	}
	if (!wrong && linux_file_there(file))
		wrong = linux_mapped_behind(file);
	return wrong;
}

const char *linux_mapped_wrong(void)
{
	unsigned long mapped = 0;
	unsigned int file;
	const char *wrong = NULL;

	for (file = 0; file < LINUX_FILES && !wrong; file++)
		wrong = wrong_in_file(file, &mapped);
	if (!wrong && (long)mapped != linux_node_count(NR_FILE_MAPPED))
		wrong = "mapped-pages-miscounted";
	return wrong;
}
