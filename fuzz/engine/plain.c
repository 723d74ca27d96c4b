/* SPDX-License-Identifier: MIT */
/*
 * plain.c: see plain.h. What the compiler calls, and what becomes of it.
 */
#include "plain.h"

#include <string.h>

#include "arena.h"
#include "border.h"
#include "machine.h"
#include "plain_sites.h"

/* The compiler's calls bring no argument of ours: there is one. */
static struct plain {
	struct engine *engine; /* NULL: nobody is the machine */
	struct plain_sites *sites;
	/* An announced access; a store of which is not yet settled. */
	const volatile void *addr;
	uint8_t size;
	bool pending;
	/* The marked access that it is an operand of, if one is announced. */
	struct machine_task outer;
} plain;

void plain_attach(struct engine *engine)
{
	plain.engine = engine;
	plain.pending = false;
	if (engine)
		engine->in_target = 0;
	if (engine && !plain.sites)
		plain.sites = plain_sites_open();
}

const struct site *plain_find(uint32_t hash)
{
	return plain.sites ? plain_sites_find(plain.sites, hash) : NULL;
}

/* ----------------------------------------------------- announce, perform */

/* Does @addr lie in memory that tasks share? */
static bool is_shared(const volatile void *addr)
{
	const struct snapshot *snapshot = &plain.engine->snapshot;
	int i;

	if ((uintptr_t)addr - machine.arena < machine.arena_size)
		return true;
	for (i = 0; i < snapshot->nr_regions; i++) {
		const struct target_region *region = &snapshot->regions[i];

		if ((uintptr_t)addr - (uintptr_t)region->start < region->size)
			return true;
	}
	return false;
}

/* What stands there, as machine_after() wants it; of 16 bytes the first 8. */
static uint64_t value_at(const volatile void *addr, unsigned int size)
{
	uint64_t value = 0;

	memcpy(&value, (const void *)(uintptr_t)addr,
	       size < sizeof(value) ? size : sizeof(value));
	return value;
}

/* The access that was announced has been performed. */
static void perform(void)
{
	const struct machine_task outer = plain.outer;
	struct machine_task *self = machine.self;
	uint64_t value = value_at(plain.addr, plain.size);

	plain.pending = false;
	machine_after(value, value);
	if (!outer.announced)
		return;
	self->site = outer.site;
	self->addr = outer.addr;
	self->announced = 1;
}

void machine_settle(void)
{
	if (plain.pending)
		perform();
}

static struct site *site_of(uintptr_t where, uint8_t kind, uint8_t size,
			    const volatile void *addr)
{
	const struct target *target = plain.engine->target;
	struct target_place place = { "memory", -1, "", -1 };
	struct plain_key key = { .where = where, .kind = kind, .size = size };
	struct site *site;

	border_to_engine(plain.engine);
	if (target->describe)
		target->describe(addr, &place);
	key.class = place.thing ? place.thing : "memory";
	key.field = place.thing ? place.field : "";
	site = plain_sites_get(plain.sites, &key, target);
	border_to_target(plain.engine);
	return site;
}

/* The target is about to access @size bytes at @addr. Yields. */
static void plain_access(uintptr_t where, const volatile void *addr,
			 uint8_t kind, uint8_t size)
{
	struct machine_task *self = machine.self;
	struct site *site;

	if (!plain.engine || plain.engine->in_target < 1 || !is_shared(addr))
		return;
	machine_settle();
	if (self->announced && self->addr == addr)
		return; /* the marked access itself */
	site = site_of(where, kind, size, addr);
	plain.outer = *self;
	machine_before(site, addr, NULL);
	plain.addr = addr;
	plain.size = size;
	if (kind == MACHINE_LOADS)
		perform();
	else
		plain.pending = true;
}

/* --------------------------------------------------- the compiler's calls */

#define CALL(name, kind, size)                                                 \
	void __sanitizer_cov_##name##size(void *addr);                         \
	void __sanitizer_cov_##name##size(void *addr)                          \
	{                                                                      \
		plain_access((uintptr_t)__builtin_return_address(0), addr,     \
			     kind, size);                                      \
	}

CALL(load, MACHINE_LOADS, 1)
CALL(load, MACHINE_LOADS, 2)
CALL(load, MACHINE_LOADS, 4)
CALL(load, MACHINE_LOADS, 8)
CALL(load, MACHINE_LOADS, 16)
CALL(store, MACHINE_STORES, 1)
CALL(store, MACHINE_STORES, 2)
CALL(store, MACHINE_STORES, 4)
CALL(store, MACHINE_STORES, 8)
CALL(store, MACHINE_STORES, 16)
