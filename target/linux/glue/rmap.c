// SPDX-License-Identifier: GPL-2.0
/*
 * rmap.c: what is asked of any page of a file, mapped or not: the kernel's own function
 * answers if the file is in somebody's memory (mmap.c). Else nobody maps a page, which it
 * would find out under the lock of the file's areas: here it takes no lock and no time.
 *
 * Yields: as the kernel's do.
 */
#include <linux/mm.h>
#include <linux/rmap.h>

#include "mm_internal.h"
#include "glue.h"
#include "rmap_names.h"

void unmap_mapping_range(struct address_space *mapping, loff_t const start,
			 loff_t const length, int even_private)
{
	if (linux_is_mapped(mapping))
		mapped_unmap_mapping_range(mapping, start, length,
					   even_private);
}

int folio_mkclean(struct folio *folio)
{
	if (linux_is_mapped(folio->mapping))
		return mapped_folio_mkclean(folio);
	VM_BUG_ON_FOLIO(folio_mapped(folio), folio);
	return 0;
}

void try_to_unmap(struct folio *folio, enum ttu_flags flags)
{
	if (linux_is_mapped(folio->mapping)) {
		mapped_try_to_unmap(folio, flags);
		return;
	}
	VM_BUG_ON_FOLIO(folio_mapped(folio), folio);
}

/* Who holds no lock may be overtaken by one who maps it. */
int folio_referenced(struct folio *folio, int is_locked,
		     struct mem_cgroup *group, linux_seen_in *flags)
{
	if (linux_is_mapped(folio->mapping))
		return mapped_folio_referenced(folio, is_locked, group, flags);
	VM_BUG_ON_FOLIO(is_locked && folio_mapped(folio), folio);
	memset(flags, 0, sizeof(*flags));
	return 0;
}

#ifndef TREE_HAS_MAPS
/* Nobody maps a page of the file. */
void unmap_mapping_folio(struct folio *folio)
{
	(void)folio;
}
#endif
