/* SPDX-License-Identifier: MIT */
/*
 * view.h: what checkers and traces may see of the core; see target.h.
 *
 * Yields: never.
 */
#ifndef CORE_VIEW_H
#define CORE_VIEW_H

#include "target.h"

int view_regions(struct target_region *regions);
int view_count(int pfn);
void view_free_blocks(const struct target_visit *visit);
int view_cache_entry(unsigned long index);
void view_mapped(int pfn, struct target_mapped *mapped);
bool view_idle(int pfn);
void view_describe(const volatile void *addr, struct target_place *place);
/* spell.c */
void spell_place(const volatile void *addr, struct target_words *words);
void spell_value(const volatile void *addr, unsigned int size, uint64_t value,
		 struct target_words *words);

#endif
