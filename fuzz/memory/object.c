/* SPDX-License-Identifier: MIT */
/*
 * object.c: what an address lies in, as far as dependencies go by that.
 *
 * Who is asked for a static address says the same in every run on that target.
 */
#include "weak.h"

#include "arena.h"

#include <string.h>

bool weak_is_pointer(const struct weak *weak, uint64_t value)
{
	uintptr_t at = (uintptr_t)value;
	int i;

	if (at - MACHINE_GET(machine.arena) < MACHINE_GET(machine.arena_size))
		return true;
	for (i = 0; i < weak->nr_regions; i++)
		if (at - (uintptr_t)weak->regions[i].start <
		    weak->regions[i].size)
			return true;
	return false;
}

static int static_object(const struct weak *weak, const volatile void *addr)
{
	struct target_place place = { NULL, -1, "", -1 };
	int page = TARGET_NO_PAGE;

	if (weak->target->stamped && weak->stamps->contents)
		page = stamps_page(weak->stamps, (const void *)(uintptr_t)addr);
	if (page >= 0)
		return WEAK_PAGE + page;
	if (weak->target->describe)
		weak->target->describe(addr, &place);
	if (!place.thing || place.element >= 0)
		return WEAK_NO_OBJECT;
	if (place.instance < 0)
		return WEAK_SCALAR;
	return strcmp(place.thing, "page") ? WEAK_NO_OBJECT :
					     WEAK_PAGE + place.instance;
}

int weak_object(struct weak *weak, const volatile void *addr)
{
	uintptr_t at = (uintptr_t)addr;
	struct weak_place *known =
		&weak->places[(at >> 2 ^ at >> 10) % WEAK_PLACES];
	int object = machine_object(addr, NULL);

	if (object >= 0 && object < ARENA_OBJECTS) /* a home is static */
		return object;
	if (known->addr != at) {
		known->addr = at;
		known->object = static_object(weak, addr);
	}
	return known->object;
}
