/* SPDX-License-Identifier: MIT */
/*
 * view.h: what checkers and traces may see of the core; see target.h.
 * core_check() is its own last word (check.c).
 *
 * Yields: never.
 */
#ifndef CORE_VIEW_H
#define CORE_VIEW_H

#include "target.h"

int view_regions(struct target_region *regions);
int view_count(int pfn);
void view_free_blocks(const struct target_visit *visitor);
int view_cache_entry(unsigned long index);
void view_mapped(int pfn, struct target_mapped *mapped);
bool view_idle(int pfn);
void view_describe(const volatile void *addr, struct target_place *place);
const char *core_check(void);

/* For check.c: the page that an entry of the tree is, or NULL. */
struct page;
const struct page *view_page(const void *entry);
/* Can @node be one, and of a level below @shift? */
struct xa_node;
bool view_is_node(const struct xa_node *node, unsigned int shift);
/* spell.c */
void spell_place(const volatile void *addr, struct target_words *words);
void spell_value(const volatile void *addr, unsigned int size, uint64_t value,
		 struct target_words *words);

#endif
