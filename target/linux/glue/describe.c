// SPDX-License-Identifier: GPL-2.0
/*
 * describe.c: what stands at an address, in the kernel's names.
 */
#include <linux/mmzone.h>
#include <linux/sched.h>
#include <linux/xarray.h>

#include "glue.h"

struct field {
	const char *name;
	size_t at, size;
};

#define FIELD(type, member)                                                    \
	{ #member, offsetof(type, member), sizeof(((type *)0)->member) }
#define FIELD_CALLED(type, member, text)                                       \
	{ text, offsetof(type, member), sizeof(((type *)0)->member) }

/* The field of @fields that covers @at. Ends with a NULL name. */
static const char *field_of(const struct field *fields, size_t at)
{
	for (; fields->name; fields++)
		if (at - fields->at < fields->size)
			return fields->name;
	return "?";
}

/* If @addr lies in @nr objects of @size at @start: name class and instance. */
static bool is_in(const volatile void *addr, const void *start, size_t size,
		  size_t nr, size_t *at)
{
	*at = (size_t)((const volatile char *)addr - (const char *)start);
	return *at < size * nr;
}

static const struct field page_fields[] = {
	FIELD(struct page, flags),
	FIELD(struct page, lru),
	FIELD(struct page, mapping),
	FIELD(struct folio, index),
	FIELD(struct page, private),
	FIELD(struct page, page_type),
	FIELD_CALLED(struct page, _refcount, "count"),
	{ NULL, 0, 0 },
};

/* Of a tail page the first word of the list is the way to the head. */
static const char *page_field(size_t at)
{
	if (at == offsetof(struct page, lru))
		return "compound_head";
	return field_of(page_fields, at);
}

static const struct field pcp_fields[] = {
	FIELD(struct per_cpu_pages, lock),
	FIELD(struct per_cpu_pages, count),
	FIELD(struct per_cpu_pages, high),
	FIELD(struct per_cpu_pages, batch),
	FIELD(struct per_cpu_pages, lists),
	{ NULL, 0, 0 },
};

static const struct field zone_fields[] = {
	FIELD(struct zone, lock),
	FIELD(struct zone, free_area),
	FIELD(struct zone, managed_pages),
	FIELD(struct zone, flags),
	FIELD(struct zone, vm_stat),
	FIELD(struct zone, watermark_boost),
	{ "compaction", offsetof(struct zone, compact_cached_free_pfn),
	  offsetof(struct zone, compact_blockskip_flush) + sizeof(bool) -
		  offsetof(struct zone, compact_cached_free_pfn) },
	{ NULL, 0, 0 },
};

/* All else of it has no name here. */
static const struct field pgdat_fields[] = {
	FIELD(struct pglist_data, kswapd_failures),
	FIELD_CALLED(struct pglist_data, __lruvec.refaults, "refaults"),
	{ NULL, 0, 0 },
};

static const struct field inode_fields[] = {
	FIELD_CALLED(struct inode, i_data.i_pages.xa_lock, "xa_lock"),
	FIELD_CALLED(struct inode, i_data.i_pages.xa_flags, "xa_flags"),
	FIELD_CALLED(struct inode, i_data.i_pages.xa_head, "xa_head"),
	FIELD_CALLED(struct inode, i_data.nrpages, "nrpages"),
	FIELD_CALLED(struct inode, i_data.flags, "flags"),
	FIELD_CALLED(struct inode, i_data.i_mmap_rwsem, "i_mmap_rwsem"),
	FIELD(struct inode, i_lock),
	{ NULL, 0, 0 },
};

static const struct field node_fields[] = {
	FIELD(struct xa_node, shift),
	FIELD(struct xa_node, offset),
	FIELD(struct xa_node, count),
	FIELD(struct xa_node, nr_values),
	FIELD(struct xa_node, parent),
	FIELD(struct xa_node, array),
	FIELD(struct xa_node, private_list),
	FIELD(struct xa_node, slots),
	FIELD(struct xa_node, tags),
	{ NULL, 0, 0 },
};

static bool describe_page(const volatile void *addr, struct target_place *place)
{
	size_t at;

	if (!is_in(addr, mem_map, sizeof(struct page), linux_pages(), &at))
		return false;
	place->thing = "page";
	place->instance = (int)(at / sizeof(struct page));
	place->field = page_field(at % sizeof(struct page));
	return true;
}

static bool describe_contents(const volatile void *addr,
			      struct target_place *place)
{
	size_t at;

	if (!is_in(addr, linux_memory, PAGE_SIZE, linux_pages(), &at))
		return false;
	place->thing = "page";
	place->instance = (int)(at / PAGE_SIZE);
	place->field = "contents";
	return true;
}

static bool describe_pcp(const volatile void *addr, struct target_place *place)
{
	size_t at;
	int cpu;

	for (cpu = 0; cpu < NR_CPUS; cpu++) {
		if (!is_in(addr, per_cpu_ptr(linux_zone->per_cpu_pageset, cpu),
			   sizeof(struct per_cpu_pages), 1, &at))
			continue;
		place->thing = "pcp";
		place->instance = cpu;
		place->field = field_of(pcp_fields, at);
		return true;
	}
	return false;
}

/* What an open file remembers of reads. */
static bool is_of_reads(const volatile void *addr, unsigned int file)
{
	size_t at;

	return is_in(addr, &linux_opened(file)->f_ra,
		     sizeof(struct file_ra_state), 1, &at);
}

/* The first file has no number: most programs have no other. */
static bool describe_file(const volatile void *addr, struct target_place *place)
{
	unsigned int file;
	size_t at;

	for (file = 0; file < LINUX_FILES; file++) {
		if (is_of_reads(addr, file)) {
			place->thing = "file";
			place->field = "readahead";
		} else if (is_in(addr, linux_file(file), sizeof(struct inode),
				 1, &at)) {
			place->thing = "mapping";
			place->field = field_of(inode_fields, at);
		} else {
			continue;
		}
		place->instance = file ? (int)file : -1;
		return true;
	}
	return false;
}

/* Of the page tables; those of the second file follow on the first one's. */
static bool describe_pte(const volatile void *addr, struct target_place *place)
{
	unsigned int file;
	size_t at;

	for (file = 0; file < LINUX_FILES; file++) {
		const void *table = linux_view_pte(target_position(file, 0));

		if (!table ||
		    !is_in(addr, table, sizeof(pte_t), PTRS_PER_PTE, &at))
			continue;
		place->thing = "pte";
		place->field = "entry";
		place->instance =
			(int)target_position(file, at / sizeof(pte_t));
		return true;
	}
	return false;
}

static bool describe_node(const volatile void *addr, struct target_place *place)
{
	const void *start;
	int object = machine_object(addr, &start);
	size_t at = (size_t)((const volatile char *)addr - (const char *)start);

	if (object < 0)
		return false;
	place->thing = "node";
	place->instance = object;
	place->field = field_of(node_fields, at);
	if (at - offsetof(struct xa_node, slots) <
	    sizeof(((struct xa_node *)0)->slots)) {
		place->field = "slot";
		place->element = (int)((at - offsetof(struct xa_node, slots)) /
				       sizeof(void *));
	}
	return true;
}

static bool describe_one(const volatile void *addr, struct target_place *place)
{
	size_t at;

	if (is_in(addr, linux_zone, sizeof(struct zone), 1, &at)) {
		place->thing = "zone";
		place->field = field_of(zone_fields, at);
	} else if (is_in(addr, NODE_DATA(0), sizeof(struct pglist_data), 1,
			 &at) &&
		   *field_of(pgdat_fields, at) != '?') {
		place->thing = "pgdat";
		place->field = field_of(pgdat_fields, at);
	} else {
		return false;
	}
	return true;
}

static bool describe_task(const volatile void *addr, struct target_place *place)
{
	size_t at;

	if (!is_in(addr, linux_tasks[0], sizeof(struct task_struct),
		   LINUX_TASKS, &at))
		return false;
	place->thing = "task";
	place->instance = (int)(at / sizeof(struct task_struct));
	place->field = at % sizeof(struct task_struct) ==
			       offsetof(struct task_struct, __state) ?
		"state" : "?";
	return true;
}

void linux_view_describe(const volatile void *addr, struct target_place *place)
{
	*place = (struct target_place){ NULL, -1, "", -1 };
	/* Files first: they are in the arena, as nodes are. */
	if (describe_page(addr, place) || describe_file(addr, place) ||
	    describe_node(addr, place) || describe_pcp(addr, place) ||
	    describe_one(addr, place) || describe_contents(addr, place) ||
	    describe_pte(addr, place))
		return;
	describe_task(addr, place);
}
