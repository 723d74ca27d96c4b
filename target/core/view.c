/* SPDX-License-Identifier: MIT */
/*
 * view.c: reading the core from outside, whatever state it is in.
 *
 * A reverted fix may leave lists that loop or run into the woods and nodes
 * that are gone: every walk is bounded and every pointer looked at first.
 */
#include "view.h"

#include "zone.h"

int view_regions(struct target_region *regions)
{
	size_t pages = core.zone.spanned_pages;

	regions[0] = (struct target_region){
		.start = &core,
		.size = offsetof(struct core, mem_map) +
			pages * sizeof(struct page),
		.behind = (TARGET_PAGES_MAX - pages) * sizeof(struct page),
	};
	regions[1] = (struct target_region){
		.start = page_address(core.mem_map),
		.size = pages * PAGE_SIZE,
		.contents = true,
		.behind = (TARGET_PAGES_MAX - pages) * PAGE_SIZE,
	};
	return 2;
}

int view_count(int pfn)
{
	return core.mem_map[pfn]._refcount.counter;
}

/* ------------------------------------------------------------ free blocks */

/* Returns: the page whose lru @link is, or NULL. */
static struct page *page_of_link(const struct list_head *link)
{
	size_t at = (size_t)((const char *)link - (const char *)core.mem_map);

	if (at >= core.zone.spanned_pages * sizeof(struct page) ||
	    at % sizeof(struct page) != offsetof(struct page, lru))
		return NULL;
	return &core.mem_map[at / sizeof(struct page)];
}

/* Returns: false if the visitor has seen enough. */
static bool visit_list(const struct list_head *head, unsigned int order,
		       int cpu, const struct target_visit *visit)
{
	const struct list_head *link = head, *prev;
	unsigned long left = core.zone.spanned_pages;
	struct target_block block = { .list_order = order, .cpu = cpu };

	do {
		struct page *page;

		prev = link;
		link = link->next;
		if (link == head)
			return true;
		page = page_of_link(link);
		block.linked = page && link->prev == prev;
		block.pfn = page ? (int)page_to_pfn(page) : TARGET_NO_PAGE;
		block.order = page && cpu < 0 ? page->private : order;
		block.marked = page && (cpu >= 0 || PageBuddy(page));
		if (!visit->block(visit->arg, &block))
			return false;
	} while (block.linked && left--);
	return true;
}

/* Most lists are empty. */
static bool visit(const struct list_head *head, unsigned int order, int cpu,
		  const struct target_visit *visitor)
{
	return list_empty(head) || visit_list(head, order, cpu, visitor);
}

void view_free_blocks(const struct target_visit *visitor)
{
	unsigned int order;
	int cpu;

	for (order = 0; order <= MAX_ORDER; order++)
		if (!visit(&core.zone.free_area[order].free_list, order, -1,
			   visitor))
			return;
	for (cpu = 0; cpu < MACHINE_CPUS; cpu++)
		for (order = 0; order <= PCP_ORDER_MAX; order++)
			if (!visit(&core.pageset[cpu].lists[order], order, cpu,
				   visitor))
				return;
}

/* ----------------------------------------------------------- page cache */

static int pfn_of(const void *entry)
{
	size_t at = (size_t)((const char *)entry - (const char *)core.mem_map);

	if (at >= core.zone.spanned_pages * sizeof(struct page))
		return TARGET_NO_PAGE;
	return (int)(at / sizeof(struct page));
}

const struct page *view_page(const void *entry)
{
	int pfn = pfn_of(entry);

	return pfn >= 0 && entry == &core.mem_map[pfn] ? entry : NULL;
}

bool view_is_node(const struct xa_node *node, unsigned int shift)
{
	return machine_is_object(node) && node->shift < shift;
}

int view_cache_entry(unsigned long index)
{
	const struct xarray *xa = &core.mapping.i_pages;
	const void *entry = xa->xa_head;
	unsigned int mask = (1U << xa->xa_shift) - 1;
	unsigned int shift = 8 * sizeof(index); /* falls on the way down */

	if (entry && !xa_is_node(entry))
		return index ? TARGET_NO_PAGE : pfn_of(entry);
	while (xa_is_node(entry)) {
		const struct xa_node *node = xa_to_node(entry);

		if (!view_is_node(node, shift))
			return TARGET_NO_PAGE;
		shift = node->shift;
		if (index >> shift > mask && entry == xa->xa_head)
			return TARGET_NO_PAGE;
		entry = node->slots[(index >> shift) & mask];
		if (!shift)
			break;
	}
	return entry ? pfn_of(entry) : TARGET_NO_PAGE;
}

void view_mapped(int pfn, struct target_mapped *mapped)
{
	const struct page *page = &core.mem_map[pfn];

	mapped->mapped = page->mapping != NULL;
	mapped->index = page->index;
}

/* The cache's reference is the only one: whoever has the lock has another. */
bool view_idle(int pfn)
{
	const struct page *page = &core.mem_map[pfn];

	return page->_refcount.counter == 1 && !(page->flags & BIT(PG_locked));
}

/* -------------------------------------------------------------- describe */

/* The field of @fields that covers @at, or "?". Ends with a NULL name. */
struct field {
	const char *name;
	size_t at, size;
};

#define FIELD(type, member, text)                                              \
	{                                                                      \
		text, offsetof(type, member), sizeof(((type *)0)->member)      \
	}

static const char *field_of(const struct field *fields, size_t at)
{
	for (; fields->name; fields++)
		if (at - fields->at < fields->size)
			return fields->name;
	return "?";
}

static void describe_page(size_t at, struct target_place *place)
{
	static const struct field fields[] = {
		FIELD(struct page, flags, "flags"),
		FIELD(struct page, compound_head, "compound_head"),
		FIELD(struct page, lru, "lru"),
		FIELD(struct page, mapping, "mapping"),
		FIELD(struct page, index, "index"),
		FIELD(struct page, private, "private"),
		FIELD(struct page, page_type, "page_type"),
		FIELD(struct page, _refcount, "count"),
		{ NULL, 0, 0 },
	};

	place->thing = "page";
	place->instance = (int)(at / sizeof(struct page));
	place->field = field_of(fields, at % sizeof(struct page));
}

static void describe_pcp(size_t at, struct target_place *place)
{
	static const struct field fields[] = {
		FIELD(struct per_cpu_pages, lock, "lock"),
		FIELD(struct per_cpu_pages, count, "count"),
		FIELD(struct per_cpu_pages, high, "high"),
		FIELD(struct per_cpu_pages, batch, "batch"),
		FIELD(struct per_cpu_pages, free_factor, "free_factor"),
		FIELD(struct per_cpu_pages, lists, "lists"),
		{ NULL, 0, 0 },
	};

	place->thing = "pcp";
	place->instance = (int)(at / sizeof(struct per_cpu_pages));
	place->field = field_of(fields, at % sizeof(struct per_cpu_pages));
}

static void describe_core(size_t at, struct target_place *place)
{
	static const struct field fields[] = {
		FIELD(struct core, mapping.i_pages.xa_lock, "xa_lock"),
		FIELD(struct core, mapping.i_pages.xa_shift, "xa_shift"),
		FIELD(struct core, mapping.i_pages.xa_head, "xa_head"),
		FIELD(struct core, mapping.nrpages, "nrpages"),
		FIELD(struct core, zone.lock, "lock"),
		FIELD(struct core, zone.spanned_pages, "spanned_pages"),
		FIELD(struct core, zone.free_area, "free_area"),
		{ NULL, 0, 0 },
	};

	place->thing = at < offsetof(struct core, zone) ? "mapping" : "zone";
	place->field = field_of(fields, at);
}

static bool describe_node(const volatile void *addr, struct target_place *place)
{
	static const struct field fields[] = {
		FIELD(struct xa_node, shift, "shift"),
		FIELD(struct xa_node, offset, "offset"),
		FIELD(struct xa_node, count, "count"),
		FIELD(struct xa_node, parent, "parent"),
		FIELD(struct xa_node, array, "array"),
		FIELD(struct xa_node, rcu_head, "rcu_head"),
		{ NULL, 0, 0 },
	};
	const void *start;
	int object = machine_object(addr, &start);
	size_t at = (size_t)((const volatile char *)addr - (const char *)start);

	if (object < 0)
		return false;
	place->thing = "node";
	place->instance = object;
	place->field = field_of(fields, at);
	if (at >= sizeof(struct xa_node)) {
		place->field = "slot";
		place->element =
			(int)((at - sizeof(struct xa_node)) / sizeof(void *));
	}
	return true;
}

static bool describe_contents(const volatile void *addr,
			      struct target_place *place)
{
	size_t at = (size_t)((const volatile unsigned char *)addr -
			     (unsigned char *)page_address(core.mem_map));

	if (at >= core.zone.spanned_pages * PAGE_SIZE)
		return false;
	place->thing = "page";
	place->instance = (int)(at / PAGE_SIZE);
	place->field = "contents";
	return true;
}

void view_describe(const volatile void *addr, struct target_place *place)
{
	size_t at = (size_t)((const volatile char *)addr - (const char *)&core);
	size_t pages = offsetof(struct core, mem_map);
	size_t pcp = offsetof(struct core, pageset);

	*place = (struct target_place){ NULL, -1, "", -1 };
	if (at >= sizeof(core))
		(void)(describe_contents(addr, place) ||
		       describe_node(addr, place));
	else if (at >= pages)
		describe_page(at - pages, place);
	else if (at >= pcp)
		describe_pcp(at - pcp, place);
	else
		describe_core(at, place);
}
