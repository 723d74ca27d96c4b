/* SPDX-License-Identifier: MIT */
/*
 * machine_objects.c: objects that a target asks the machine for, and gives back.
 */
#include "machine.h"

#include "arena.h"
#include "border.h"
#include "inside.h"

/* Is this the allocation of its operation that the program wants to fail? */
static bool is_to_fail(struct task *task)
{
	if (!task->fail)
		return false;
	task->allocs++;
	return task->allocs == task->fail ||
	       (task->fail_on && task->allocs > task->fail);
}

void *machine_alloc(size_t size)
{
	struct engine *engine = machine_engine();
	void *object;

	if (is_to_fail(engine->current))
		return NULL;
	border_to_engine(engine);
	object = arena_alloc(&engine->arena, size);
	if (engine->weak.on && object)
		weak_forget(&engine->weak, object, size);
	observe_touch(engine, TOUCH_MEMORY, (uintptr_t)object, size,
		      TOUCH_WRITES);
	border_to_target(engine);
	return object;
}

void machine_free(void *object)
{
	struct engine *engine = machine_engine();
	bool freed;

	if (arena_object(&engine->arena, object, NULL) >= 0)
		tsan_write(object, MACHINE_OBJECT_MAX);
	border_to_engine(engine);
	observe_touch(engine, TOUCH_MEMORY, (uintptr_t)object,
		      MACHINE_OBJECT_MAX, TOUCH_WRITES);
	reorder_sync(engine, engine->current);
	freed = arena_free(&engine->arena, object);
	border_to_target(engine);
	if (!freed)
		machine_bug("free-of-no-object");
}

int machine_object(const volatile void *addr, const void **start)
{
	return arena_object(&machine_engine()->arena, addr, start);
}

bool machine_live(const volatile void *addr)
{
	return arena_live(&machine_engine()->arena, addr, 1);
}

bool machine_is_object(const volatile void *addr)
{
	return arena_is_object(&machine_engine()->arena, addr);
}

/* ------------------------------------------------------------------- homes */

void *machine_home(unsigned int nr)
{
	return machine_engine()->arena.slots[ARENA_OBJECTS + nr];
}

bool machine_home_again(unsigned int nr)
{
	struct engine *engine = machine_engine();
	void *home = machine_home(nr);
	bool taken;

	border_to_engine(engine);
	taken = arena_home_again(&engine->arena, nr);
	if (taken && engine->weak.on)
		weak_forget(&engine->weak, home, MACHINE_OBJECT_MAX);
	observe_touch(engine, TOUCH_MEMORY, (uintptr_t)home, MACHINE_OBJECT_MAX,
		      TOUCH_WRITES);
	border_to_target(engine);
	return taken;
}
