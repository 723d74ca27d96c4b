/* SPDX-License-Identifier: MIT */
/*
 * handles.c: what operations got, by the names that the program gives, and what
 * has no name until the epilogue gives it back.
 */
#include "inside.h"

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
