/* SPDX-License-Identifier: MIT */
/*
 * handles.c: what operations got, by the names that the program gives, and what
 * has no name until the epilogue gives it back; what a handle pins, as it comes
 * into the books and as it is taken.
 *
 * Who owns a block writes his stamp on each page of it, as an owner would whose
 * pages they are. Whose it was is seen when a handle on them is taken.
 * See: stamps.h, moved_while_held.c, contents.c.
 */
#include "call.h"

void handles_reset(struct engine *engine)
{
	int i;

	for (i = 0; i < PROGRAM_HANDLES; i++) {
		engine->handles.block[i].kind = HANDLE_NONE;
		engine->handles.ref[i].kind = HANDLE_NONE;
		engine->handles.own[i].kind = HANDLE_NONE;
	}
	engine->handles.nr_anon = 0;
}

struct handle *handles_find(struct engine *engine, enum handle_kind kind,
			    uint8_t name)
{
	if (kind == HANDLE_NONE || name >= PROGRAM_HANDLES)
		return NULL;
	return kind == HANDLE_BLOCK ? &engine->handles.block[name] :
	       kind == HANDLE_REF   ? &engine->handles.ref[name] :
				      &engine->handles.own[name];
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

/* -------------------------------------------------------------- what it pins */

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

/* ------------------------------------------------------- taken, and given */

/* What is not spent others may take meanwhile, but those who would spend it. */
static enum passed take_own(struct engine *engine, struct call *call)
{
	if (!operation_hands(engine->target, call->from->giver, call->op))
		return PASSED_EMPTY;
	if (call->own->spends && call->from->users)
		return PASSED_ILLEGAL;
	order_take(&engine->order, call->from);
	call->args.handle = call->from->value;
	if (call->own->spends)
		call->from->kind = HANDLE_NONE;
	else
		call->from->users++;
	return PASSED_NOT;
}

static void put_back_own(struct engine *engine, struct call *call)
{
	if (call->own->spends)
		return;
	touch_handle(engine, call->from);
	order_give(&engine->order, call->from);
	call->from->users--;
}

enum passed call_take(struct engine *engine, struct call *call)
{
	struct handle *handle = &call->handle;

	if (call->takes == HANDLE_NONE)
		return PASSED_NOT;
	touch_handle(engine, call->from);
	if (!call->from || call->from->kind == HANDLE_NONE)
		return PASSED_EMPTY;
	if (call->op == OP_GET && call->from->order && !call->from->compound)
		return PASSED_ILLEGAL;
	if (call->takes == HANDLE_OWN)
		return take_own(engine, call);
	order_take(&engine->order, call->from);
	*handle = *call->from;
	call->from->kind = HANDLE_NONE;
	call->args.pfn = handle->pfn[handle->nr - 1];
	call->args.order = handle->order;
	call->args.compound = handle->compound;
	touch_pages(engine, call->args.pfn, call->args.order, TOUCH_WRITES);
	hold_judge(engine, call->args.pfn);
	if (call->info->kind == OPERATION_RELEASE) {
		books_release(&engine->scene.books, call->args.pfn);
		handle->nr--;
	} else if (call->op == OP_SPLIT) {
		books_split_begin(&engine->scene.books, call->args.pfn);
	}
	return PASSED_NOT;
}

void call_put_back(struct engine *engine, struct call *call)
{
	if (call->takes == HANDLE_OWN)
		put_back_own(engine, call);
	else if (call->takes != HANDLE_NONE && call->handle.nr)
		handles_store(engine, call->from, &call->handle);
}

/* What it wanted to split is in pages, or whole. */
static void end_split(struct engine *engine, const struct call *call)
{
	int pfn = call->args.pfn;
	unsigned int order = target_folio_order(engine->target, pfn);

	books_split_end(&engine->scene.books, pfn, call->result.nr ? 0 : order);
}

static void give_own(struct engine *engine, const struct call *call)
{
	const struct handle handle = { .kind = HANDLE_OWN,
				       .giver = (uint8_t)call->op,
				       .value = call->result.value };

	if (call->own->gives && call->result.valued)
		handles_store(engine,
			      handles_find(engine, HANDLE_OWN, call->gives),
			      &handle);
}

void call_give(struct engine *engine, const struct call *call)
{
	struct handle handle = { .kind = (uint8_t)call->info->gives,
				 .nr = (uint8_t)call->result.nr };
	unsigned int i;

	if (call->own)
		give_own(engine, call);
	if (call->op == OP_SPLIT)
		end_split(engine, call);
	if (call->own || call->info->gives == HANDLE_NONE || !handle.nr)
		return;
	if (call->op == OP_ALLOC || call->op == OP_GET) {
		handle.order = (uint8_t)call->args.order;
		handle.compound = call->args.compound;
	}
	for (i = 0; i < call->result.nr; i++) {
		int pfn = call->result.pfn[i];

		handle.pfn[i] = (int16_t)pfn;
		touch_pages(engine, pfn, handle.order, TOUCH_WRITES);
		hold_page(engine, call->op, pfn, handle.order,
			  call->result.index[i]);
	}
	handles_store(engine,
		      handles_find(engine, call->info->gives, call->gives),
		      &handle);
}
