/* SPDX-License-Identifier: MIT */
/*
 * hold.c: handles: what a handle pins, as it comes into the books and as it is
 * taken; what operations got, by the names that the program gives, and what has no
 * name until the epilogue gives it back.
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

/* ---------------------------------------------------------------- by name */

void handles_reset(struct engine *engine)
{
	int i;

	for (i = 0; i < PROGRAM_HANDLES; i++) {
		engine->handles.block[i].kind = HANDLE_NONE;
		engine->handles.ref[i].kind = HANDLE_NONE;
	}
	engine->handles.nr_anon = 0;
}

struct handle *handles_find(struct engine *engine, enum handle_kind kind,
			    uint8_t name)
{
	if (kind == HANDLE_NONE || name >= PROGRAM_HANDLES)
		return NULL;
	return kind == HANDLE_BLOCK ? &engine->handles.block[name] :
				      &engine->handles.ref[name];
}

void handles_store(struct engine *engine, struct handle *to,
		   const struct handle *handle)
{
	touch_handle(engine, to);
	if (!to || to->kind != HANDLE_NONE) {
		ensure(engine->handles.nr_anon < ENGINE_HANDLES_ANON);
		to = &engine->handles.anon[engine->handles.nr_anon++];
	}
	*to = *handle;
	order_give(&engine->order, to);
}
