// SPDX-License-Identifier: GPL-2.0
/*
 * spell.c: places in people's words. What describe() has a name for keeps it; of
 * the rest the debug information knows the members, and the enumerators that
 * number elements (types.h).
 */
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/pagevec.h>
#include <linux/sched.h>
#include <linux/vmstat.h>
#include <linux/xarray.h>

#include "glue.h"
#include "spell.h"

/* What name_types.sh asks about; there is none. */
struct linux_spelled {
	struct page page;
	struct zone zone;
	struct pglist_data node;
	struct per_cpu_pages pcp;
	struct inode inode;
	struct xa_node xa_node;
	struct task_struct task;
	enum pageflags pageflags;
	enum migratetype migratetype;
	enum zone_flags zone_flags;
	enum mapping_flags mapping_flags;
	enum lru_list lru_list;
	enum zone_stat_item zone_stat_item;
	enum node_stat_item node_stat_item;
};

/* For the compiler to speak of it. */
int __used linux_spelled_is(const struct linux_spelled *it);
int linux_spelled_is(const struct linux_spelled *it)
{
	return (int)it->pageflags;
}

/* ------------------------------------------------------------------- types */

static const struct linux_type *type_called(const char *name)
{
	unsigned int i;

	for (i = 0; i < linux_nr_types; i++)
		if (!strcmp(linux_types[i].name, name))
			return &linux_types[i];
	return NULL;
}

const char *linux_enumerator(const char *type, long value)
{
	const struct linux_type *it = type_called(type);
	const char *found = NULL;
	unsigned int i;

	for (i = it ? it->first : 0; it && i < it->first + it->nr; i++)
		if (linux_enumerators[i].value == value && !found)
			found = linux_enumerators[i].name;
	return found;
}

/* The member of @type that covers @at; NULL: none. */
static const struct linux_member *member_at(const struct linux_type *type,
					    size_t at)
{
	const struct linux_member *member = &linux_members[type->first];
	unsigned int i;

	for (i = 0; i < type->nr; i++, member++) {
		size_t size = linux_types[member->type].size;

		if (at - member->at < size * (member->nr ? member->nr : 1))
			return member;
	}
	return NULL;
}

/* Words that say no more than what they stand in. */
static bool is_noise(const char *name)
{
	static const char *const noise[] = { "",	 "rlock",  "raw_lock",
					     "counter",	 "i_data", "i_pages",
					     "wait_lock" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(noise); i++)
		if (!strcmp(name, noise[i]))
			return true;
	return false;
}

const struct linux_type *linux_walk(const char *name, size_t at,
				    struct target_words *words)
{
	const struct linux_type *type = type_called(name);

	while (type && type->kind == LINUX_STRUCT) {
		const struct linux_member *member = member_at(type, at);

		if (!member)
			return NULL;
		type = &linux_types[member->type];
		at -= member->at;
		if (words && !is_noise(member->name))
			words->add(words, " %s", member->name);
		if (words && member->nr)
			words->add(words, " %zu", at / type->size);
		at %= type->size ? type->size : 1;
	}
	return type;
}

/* ------------------------------------------------------------------ places */

/* Is @addr in @size bytes at @start? Then @at of them are before it. */
static bool is_in(const volatile void *addr, const void *start, size_t size,
		  size_t *at)
{
	*at = (size_t)((const volatile char *)addr - (const char *)start);
	return *at < size;
}

/* Is byte @at that of a @member? Then @i is the number of the element. */
#define IS_ELEMENT(type, member, at, i)                                        \
	((at) - offsetof(type, member) < sizeof(((type *)0)->member) &&        \
	 ((i) = ((at) - offsetof(type, member)) /                              \
		sizeof(((type *)0)->member[0]),                                \
	  true))

/* MIGRATE_MOVABLE as "movable". */
static void add_type(struct target_words *words, size_t type)
{
	words->add(words, ", ");
	linux_add_name(words, "migratetype", (long)type);
}

static void spell_zone(size_t at, struct target_words *words)
{
	const size_t size = sizeof(struct list_head);
	size_t i, in_area = at - offsetof(struct zone, free_area);

	if (IS_ELEMENT(struct zone, free_area, at, i)) {
		in_area %= sizeof(struct free_area);
		if (in_area / size < MIGRATE_TYPES) {
			words->add(words, "free list of order %zu", i);
			add_type(words, in_area / size);
		} else {
			words->add(words, "number of free blocks of order %zu",
				   i);
		}
	} else if (IS_ELEMENT(struct zone, vm_stat, at, i)) {
		linux_add_counter(words, "zone_stat_item", i, "the zone");
	}
}

static void spell_pcp(int cpu, size_t at, struct target_words *words)
{
	size_t i;

	if (IS_ELEMENT(struct per_cpu_pages, lists, at, i)) {
		words->add(words, "pcp %d list of order %u", cpu,
			   linux_order_of_list((int)i));
		if (i < NR_LOWORDER_PCP_LISTS)
			add_type(words, i % MIGRATE_PCPTYPES);
	}
}

static void spell_node_data(size_t at, struct target_words *words)
{
	size_t i;

	if (IS_ELEMENT(struct pglist_data, vm_stat, at, i)) {
		linux_add_counter(words, "node_stat_item", i, "the node");
	} else if (IS_ELEMENT(struct pglist_data, __lruvec.lists, at, i)) {
		words->add(words, "LRU list ");
		linux_add_name(words, "lru_list", (long)i);
	} else {
		words->add(words, "node data");
		linux_walk("pglist_data", at, words);
	}
}

static bool spell_percpu(const volatile void *addr, struct target_words *words)
{
	const struct pglist_data *node = NODE_DATA(0);
	char whose[16] = "CPU 0";
	unsigned int i;
	size_t at;
	int cpu;

	for (cpu = 0; cpu < NR_CPUS; cpu++) {
		whose[4] = (char)('0' + cpu);
		if (is_in(addr, per_cpu_ptr(linux_zone->per_cpu_zonestats, cpu),
			  sizeof(struct per_cpu_zonestat), &at) &&
		    IS_ELEMENT(struct per_cpu_zonestat, vm_stat_diff, at, at)) {
			linux_add_counter(words, "zone_stat_item", at, whose);
			return true;
		}
		if (is_in(addr, per_cpu_ptr(node->per_cpu_nodestats, cpu),
			  sizeof(struct per_cpu_nodestat), &at) &&
		    IS_ELEMENT(struct per_cpu_nodestat, vm_node_stat_diff, at,
			       at)) {
			linux_add_counter(words, "node_stat_item", at, whose);
			return true;
		}
		for (i = 0; linux_lru_batch(cpu, i); i++) {
			if (!is_in(addr, linux_lru_batch(cpu, i),
				   sizeof(struct folio_batch), &at))
				continue;
			words->add(words, "LRU batch %u of CPU %d", i, cpu);
			return true;
		}
	}
	return false;
}

/* What describe() knows nothing of. */
static void spell_unknown(const volatile void *addr, struct target_words *words)
{
	size_t at;

	if (spell_percpu(addr, words))
		return;
	if (is_in(addr, NODE_DATA(0), sizeof(struct pglist_data), &at))
		spell_node_data(at, words);
	else if (is_in(addr, linux_zone->pageblock_flags,
		       BITS_TO_LONGS(TARGET_PAGES_MAX), &at))
		words->add(words, "pageblock types");
	else if (is_in(addr, vm_zone_stat, sizeof(vm_zone_stat), &at))
		linux_add_counter(words, "zone_stat_item",
				  at / sizeof(vm_zone_stat[0]), "all zones");
	else if (is_in(addr, vm_node_stat, sizeof(vm_node_stat), &at))
		linux_add_counter(words, "node_stat_item",
				  at / sizeof(vm_node_stat[0]), "all nodes");
	else if (is_in(addr, linux_memory, linux_pages() * PAGE_SIZE, &at))
		words->add(words, "page %zu contents", at / PAGE_SIZE);
}

/* Start of the object that @place is in, and what it is called. */
static const void *object_of(const volatile void *addr,
			     const struct target_place *place,
			     const char **type)
{
	const void *start = NULL;

	*type = place->thing;
	if (!strcmp(place->thing, "zone")) {
		start = linux_zone;
	} else if (!strcmp(place->thing, "pcp")) {
		*type = "per_cpu_pages";
		start = per_cpu_ptr(linux_zone->per_cpu_pageset,
				    place->instance);
	} else if (!strcmp(place->thing, "mapping")) {
		*type = "inode";
		start = linux_file(place->instance < 0 ?
					   0 :
					   (unsigned int)place->instance);
	} else if (!strcmp(place->thing, "task")) {
		*type = "task_struct";
		start = linux_tasks[place->instance];
	} else if (!strcmp(place->thing, "page")) {
		start = &mem_map[place->instance];
	} else if (machine_object(addr, &start) >= 0) {
		*type = "xa_node";
	}
	return start;
}

void linux_spell_place(const volatile void *addr, struct target_words *words)
{
	struct target_place place;
	const char *type;
	size_t at;

	linux_view_describe(addr, &place);
	if (!place.thing) {
		spell_unknown(addr, words);
		return;
	}
	is_in(addr, object_of(addr, &place, &type), 1, &at);
	if (!strcmp(place.field, "?")) {
		words->add(words, "%s", place.thing);
		if (place.instance >= 0)
			words->add(words, " %d", place.instance);
		linux_walk(type, at, words);
	} else if (!strcmp(place.thing, "zone")) {
		spell_zone(at, words);
	} else if (!strcmp(place.thing, "pcp")) {
		spell_pcp(place.instance, at, words);
	}
}
