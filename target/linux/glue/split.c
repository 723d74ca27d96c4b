// SPDX-License-Identifier: GPL-2.0
/*
 * split.c: a large folio of the cache in pieces, by who has it in hand, or comes to it by
 * one of its pages. Nobody has the file open meanwhile.
 *
 * Yields: in every function.
 */
#include <linux/mm.h>
#include <linux/pagemap.h>

#include "glue.h"

/* As if it stood on a list, or an address had led to it: the file is not open. */
struct folio *linux_found_at(unsigned long position)
{
	struct folio *folio;

	linux_file_open(position);
	folio = linux_lookup(position);
	linux_file_close(position);
	return folio;
}

/* As split_huge_pages_in_file() does, which has found the folio before. */
void linux_split(const struct op_args *args, struct op_result *result)
{
	struct page *page = pfn_to_page((unsigned long)args->pfn);
	struct folio *folio = page_folio(page);

	folio_lock(folio);
	if (linux_is_of_file(folio) && folio_test_large(folio) &&
	    !split_folio(folio)) {
		result->nr = 1;
		result->pfn[0] = (int)folio_pfn(folio);
		result->index[0] = linux_position(folio->mapping, folio->index);
	}
	folio_unlock(folio);
}

/*
 * A large folio in pieces, for one page of it, which is what the caller has in the end.
 * See: try_to_split_thp_page() in mm/memory-failure.c.
 */
void linux_split_at(const struct op_args *args, struct op_result *result)
{
	struct folio *folio = linux_found_at(args->index);
	pgoff_t index = target_index(args->index);
	struct page *page;

	(void)result;
	if (!folio)
		return;
	folio_lock(folio);
	if (linux_is_of_file(folio) && folio_test_large(folio) &&
	    folio_contains(folio, index)) {
		page = folio_file_page(folio, index);
		if (!split_huge_page(page))
			folio = page_folio(page);
	}
	folio_unlock(folio);
	folio_put(folio);
}
