/* SPDX-License-Identifier: GPL-2.0 */
/*
 * rmap_names.h: the kernel's own functions behind those of rmap.c, by the names that the
 * build gives them (linux.cmake): mapped_...().
 */
#ifndef LINUX_GLUE_RMAP_NAMES_H
#define LINUX_GLUE_RMAP_NAMES_H

#include <linux/rmap.h>

#ifdef TREE_HAS_VMA_FLAGS
typedef vma_flags_t linux_seen_in;
#else
typedef unsigned long linux_seen_in;
#endif

void mapped_unmap_mapping_range(struct address_space *mapping,
				loff_t const start, loff_t const length,
				int even_private);
int mapped_folio_mkclean(struct folio *folio);
void mapped_try_to_unmap(struct folio *folio, enum ttu_flags flags);
int mapped_folio_referenced(struct folio *folio, int is_locked,
			    struct mem_cgroup *group, linux_seen_in *flags);

#endif
