/* SPDX-License-Identifier: MIT */
/*
 * target_ask.h: what a target has, and how much of it where it leaves that out. For
 * target.h, which includes it.
 */
#ifndef TARGET_ASK_H
#define TARGET_ASK_H

/* An operation's row, if it is the target's own and there; else NULL. */
static inline const struct target_own *target_own(const struct target *target,
						  unsigned int op)
{
	if (op < OP_OWN || op >= OP_COUNT || !target->own[op - OP_OWN].name)
		return NULL;
	return &target->own[op - OP_OWN];
}

/* Returns: what does @op, or NULL if @target has none such. */
static inline void (*target_operation(const struct target *target,
				      unsigned int op))(const struct op_args *,
							struct op_result *)
{
	if (op >= OP_COUNT)
		return NULL;
	return op < OP_OWN ? target->operations[op] :
			     target->own[op - OP_OWN].run;
}

static inline bool target_has(const struct target *target, unsigned int op)
{
	return target_operation(target, op) != NULL;
}

static inline unsigned int target_pages_min(const struct target *target)
{
	return target->pages_min ? target->pages_min : TARGET_PAGES;
}

static inline const char *target_page_name(const struct target *target)
{
	return target->page_name ? target->page_name : "page";
}

static inline unsigned int target_points_shift(const struct target *target)
{
	return target->points_shift ? target->points_shift : 7;
}

/* Of the folio that @pfn, found in the cache, is the first page of. */
static inline unsigned int target_folio_order(const struct target *target,
					      int pfn)
{
	return target->order ? target->order(pfn) : 0;
}

#endif
