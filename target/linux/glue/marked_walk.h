/* SPDX-License-Identifier: GPL-2.0 */
/*
 * marked_walk.h: in trees before 7e060df04f56 (6.14) a walk over marked entries takes
 * a sibling of a large folio for a folio, if that was added where the marked one stood.
 * So that this does not end every hunt there, who comes while the other is on its way
 * comes away with nothing done. The revert marked-walk-beside-a-large-add takes that out.
 *
 * See: ../README.md, findings.
 */
#ifndef LINUX_MARKED_WALK_H
#define LINUX_MARKED_WALK_H

#include <linux/types.h>

#ifdef TREE_MARKED_WALK_PASSES_SIBLINGS
static inline bool linux_marked_walk_begin(void)
{
	return true;
}
static inline void linux_marked_walk_end(void)
{
}
static inline bool linux_add_large_begin(void)
{
	return true;
}
static inline void linux_add_large_end(void)
{
}
#else
/* Returns: whether it may; then the end has to come. They do not yield. */
bool linux_marked_walk_begin(void);
void linux_marked_walk_end(void);
bool linux_add_large_begin(void);
void linux_add_large_end(void);
#endif

#endif
