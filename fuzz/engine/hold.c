/* SPDX-License-Identifier: MIT */
/*
 * hold.c: what a handle pins, as it comes into the books and as it is taken.
 *
 * Who owns a block writes his stamp on each page of it, as an owner would whose
 * pages they are. Whose it was is seen when a handle on them is taken.
 * See: stamps.h, moved_while_held.c, contents.c.
 */
#include "inside.h"

#include "operation.h"

void hold_page(struct engine *engine, enum operation op, int pfn,
	       unsigned int order, unsigned long index)
{
	struct books *books = &engine->scene.books;
	uint8_t stamp = (uint8_t)(STAMPS_OWNER + engine->current->m.id);

	if (operation_info(op)->kind == OPERATION_LOOKUP) {
		order = target_folio_order(engine->target, pfn);
		books_hold_found(books, pfn, order, index);
	} else if (op == OP_ALLOC) {
		stamps_put(&engine->scene.stamps, pfn, order, stamp);
		books_hold_stamped(books, pfn, order, stamp);
	} else {
		books_hold(books, pfn, order);
	}
}

void hold_judge(struct engine *engine, int pfn)
{
	if (checkers_release(&engine->scene, pfn, &engine->found))
		sched_break_off(engine, &engine->found);
}
