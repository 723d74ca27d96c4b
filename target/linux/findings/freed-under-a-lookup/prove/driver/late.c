// SPDX-License-Identifier: GPL-2.0
/*
 * late.c: holds a lookup of a file's page, inside its RCU section, from when the page is
 * moved out of the cache until cma_release() has given it back.
 *
 * The reader is stopped by a watchpoint of the processor on its slot of the xarray's
 * node, which traps behind a load: of xas_load(), before the reference is tried for; and
 * of xas_reload(), behind it. The writer is stopped by a probe at the entry of
 * migrate_pages(), behind the grace period that cma_alloc() waits for itself: there the
 * reader comes in. The reader waits busy, on a CPU that nobody else needs meanwhile.
 */
#include <linux/cma.h>
#include <linux/dma-map-ops.h>
#include <linux/file.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/uaccess.h>
#include <linux/xarray.h>

#include "hold.h"
#include "late.h"

static unsigned long base,
	size; /* of the area, in pages: the kernel's log says */
module_param(base, ulong, 0444);
module_param(size, ulong, 0444);

enum {
	late_pages = 64,
	late_held = 2048
};

static struct {
	enum late_order order;
	struct task_struct *reader, *writer;
	struct xa_node *node;
	struct perf_event *watch;
	int reads; /* of the slot, by the reader */
	unsigned long pfn;
	struct page *page; /* CMA's, and then another's */
	struct late_counts counts;
} late;

/* Behind the load of the slot. */
static void late_read(struct perf_event *event, struct perf_sample_data *data,
		      struct pt_regs *regs)
{
	if (current != late.reader)
		return;
	late.reads++;
	if (late.reads == 1) {
		WRITE_ONCE(late.counts.first, 1);
		hold_counted(&late.counts, READ_ONCE(late.counts.taken));
	} else if (late.reads == 2) {
		WRITE_ONCE(late.counts.second, 1);
		if (late.order == late_behind)
			hold_counted(&late.counts, READ_ONCE(late.counts.over));
	}
}

/* The writer, with the page isolated and not yet moved. */
static int late_migrate(struct kprobe *probe, struct pt_regs *regs)
{
	struct list_head *list = (void *)regs_get_kernel_argument(regs, 0);

	if (current != late.writer || late.counts.moving || list_empty(list) ||
	    folio_pfn(list_first_entry(list, struct folio, lru)) != late.pfn)
		return 0;
	WRITE_ONCE(late.counts.moving, 1);
	if (late.order != late_none)
		hold_counted(&late.counts, READ_ONCE(late.counts.first));
	return 0;
}
NOKPROBE_SYMBOL(late_migrate);

static struct kprobe late_probe = { .pre_handler = late_migrate,
				    .symbol_name = "migrate_pages" };
static struct kprobe *late_probes[] = { &late_probe };

static void late_unwatch(void)
{
	hold_unwatch(&late.watch);
}

/* ------------------------------------------------------------------- the file */

/* Looks, or watches. */
static long late_look(struct late_look *look, bool watch)
{
	struct file *file = fget(look->fd);
	void *entry;

	if (!file)
		return -EBADF;
	XA_STATE(xas, &file->f_mapping->i_pages, look->index);
	rcu_read_lock();
	entry = xas_load(&xas);
	late.node = xas.xa_node;
	look->pfn = entry && !xa_is_value(entry) ? folio_pfn(entry) : 0;
	look->in_area = look->pfn >= base && look->pfn < base + size;
	rcu_read_unlock();
	fput(file);
	if (!watch)
		return 0;
	if (!look->pfn || !late.node || xas_top(late.node) || late.node->shift)
		return -EINVAL;
	late_unwatch();
	late.reader = current;
	return hold_watch(&late.watch, &late.node->slots[look->index],
			  HW_BREAKPOINT_LEN_8, HW_BREAKPOINT_RW, late_read);
}

/* ------------------------------------------------------------------------ CMA */

/* Somebody who wants a page gets this one. */
static bool late_allocate(struct page *want)
{
	struct page *held[late_pages], *page = NULL;
	int count;

	for (count = 0; count < late_pages; count++) {
		page = alloc_page(GFP_HIGHUSER_MOVABLE);
		if (!page || page == want)
			break;
		held[count] = page;
		page = NULL;
	}
	while (count--)
		__free_page(held[count]);
	return page == want;
}

/* The page is CMA's; the lookup takes its reference; it is given back, and somebody gets
 * it. */
static long late_give_back(struct cma *area, struct page *page)
{
	late.page = page;
	WRITE_ONCE(late.counts.taken, 1);
	if (late.order != late_none)
		hold_counted(&late.counts, READ_ONCE(late.counts.second));
	if (late.order == late_before)
		hold_until(page_count(page) <=
			   1); /* the reader's put is over */
	cma_release(area, page, 1);
	late.counts.released = 1;
	late.counts.left = page_count(page);
	late.counts.others = late_allocate(page);
	late.counts.refused = late.counts.left && !late.counts.others;
	late.counts.count_before = page_count(page);
	WRITE_ONCE(late.counts.over, 1);
	return late.counts.others || late.counts.refused ? 0 : -ENOENT;
}

/* CMA gives the first page that is aligned so: those in front of this one are held. */
static long late_cma(unsigned long pfn)
{
	struct cma *area = dev_get_cma_area(NULL);
	struct page **held, *page = NULL;
	long error = -EXDEV;
	int count = 0;

	held = kvmalloc_array(late_held, sizeof(*held), GFP_KERNEL);
	if (!area || !held) {
		kvfree(held);
		return area ? -ENOMEM : -ENODEV;
	}
	late.writer = current;
	late.pfn = pfn;
	while (count < late_held) {
		page = cma_alloc(area, 1, __ffs(pfn), true);
		if (!page || page_to_pfn(page) >= pfn)
			break;
		held[count++] = page;
		page = NULL;
	}
	if (page && page_to_pfn(page) == pfn)
		error = late_give_back(area, page);
	else if (page)
		cma_release(area, page, 1);
	while (count--)
		cma_release(area, held[count], 1);
	kvfree(held);
	return error;
}

/* Nobody but its owner had anything to do with the page since. It is given back once. */
static void late_judge(void)
{
	late.counts.count_after = page_count(late.page);
	if (late.counts.refused)
		return; /* the lookup's put has freed it */
	late.counts.twice = late_allocate(late.page);
	if (late.counts.count_after || late.counts.twice)
		__free_page(late.page);
}

/* ------------------------------------------------------------------ the device */

static long late_ioctl(struct file *file, unsigned int command,
		       unsigned long argument)
{
	void __user *there = (void __user *)argument;
	struct late_look look;
	unsigned long pfn;
	long error;
	int word;

	switch (command) {
	case LATE_LOOK:
	case LATE_WATCH:
		if (copy_from_user(&look, there, sizeof(look)))
			return -EFAULT;
		error = late_look(&look, command == LATE_WATCH);
		if (!error && command == LATE_LOOK &&
		    copy_to_user(there, &look, sizeof(look)))
			return -EFAULT;
		return error;
	case LATE_COUNTS:
		if (copy_to_user(there, &late.counts, sizeof(late.counts)))
			return -EFAULT;
		return 0;
	case LATE_ORDER:
		if (copy_from_user(&word, there, sizeof(word)))
			return -EFAULT;
		late_unwatch();
		late.order = word;
		late.reads = 0;
		late.writer = NULL;
		memset(&late.counts, 0, sizeof(late.counts));
		return 0;
	case LATE_CMA:
		if (copy_from_user(&pfn, there, sizeof(pfn)))
			return -EFAULT;
		return late_cma(pfn);
	case LATE_JUDGE:
		late_judge();
		return 0;
	}
	return -ENOTTY;
}

HOLD_MODULE(late);
MODULE_DESCRIPTION("holds a lookup until cma_release() has given its page back");
