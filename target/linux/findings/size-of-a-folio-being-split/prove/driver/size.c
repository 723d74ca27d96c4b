// SPDX-License-Identifier: GPL-2.0
/*
 * size.c: holds the split of a huge page, where what was its size is half of a pointer
 * already and it is still a compound page, until an alloc_contig_range() behind it has read
 * that.
 *
 * The split is stopped by a watchpoint of the processor on that word, which traps behind the
 * store. It waits busy, with interrupts off and the LRU's lock, until the range comes to
 * lru_cache_disable(), which it does behind that read. How far the range goes then is what
 * isolate_migratepages_range() is asked for.
 */
#include <linux/gfp.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/uaccess.h>

#include "hold.h"
#include "size.h"

static unsigned long
	pages; /* pages up to here there are: the kernel's log says */
module_param(pages, ulong, 0444);

static struct {
	struct task_struct *splitter, *ranger;
	struct perf_event *watch;
	struct size_counts counts;
} size;

static void size_stored(struct perf_event *event, struct perf_sample_data *data,
			struct pt_regs *regs)
{
	if (current != size.splitter || size.counts.stopped)
		return;
	WRITE_ONCE(size.counts.stopped, 1);
	size.counts.late = !hold_until(READ_ONCE(size.counts.scanned));
}

static int size_scanned(struct kprobe *probe, struct pt_regs *regs)
{
	if (current == size.ranger)
		WRITE_ONCE(size.counts.scanned, 1);
	return 0;
}
NOKPROBE_SYMBOL(size_scanned);

static int size_migrate(struct kprobe *probe, struct pt_regs *regs)
{
	unsigned long end = regs_get_kernel_argument(regs, 2);

	if (current == size.ranger && end > size.counts.end_max)
		size.counts.end_max = end;
	return 0;
}
NOKPROBE_SYMBOL(size_migrate);

static struct kprobe size_both[] = {
	{ .symbol_name = "lru_cache_disable", .pre_handler = size_scanned },
	{ .symbol_name = "isolate_migratepages_range",
	  .pre_handler = size_migrate },
};
static struct kprobe *size_probes[] = { &size_both[0], &size_both[1] };

static void size_unwatch(void)
{
	hold_unwatch(&size.watch);
}

static long size_watch(unsigned long pfn)
{
	size_unwatch();
	memset(&size.counts, 0, sizeof(size.counts));
	size.counts.pages = pages;
	if (!pfn)
		return 0;
	if (compound_order(pfn_to_page(pfn)) != 9)
		return -EINVAL;
	size.splitter = current;
	return hold_watch(&size.watch, &pfn_to_page(pfn)[1].compound_nr,
			  HW_BREAKPOINT_LEN_4, HW_BREAKPOINT_W, size_stored);
}

static long size_range(unsigned long pfn)
{
	int error;

	size.ranger = current;
	error = alloc_contig_range(pfn, pfn + 512, MIGRATE_MOVABLE, GFP_KERNEL);
	if (!error)
		free_contig_range(pfn, 512);
	WRITE_ONCE(size.counts.scanned,
		   1); /* if it did not come to where it says so */
	size.counts.error = error;
	return 0;
}

static long size_ioctl(struct file *file, unsigned int command,
		       unsigned long argument)
{
	void __user *there = (void __user *)argument;
	unsigned long pfn;

	if (command == SIZE_COUNTS)
		return copy_to_user(there, &size.counts, sizeof(size.counts)) ?
			       -EFAULT :
			       0;
	if (copy_from_user(&pfn, there, sizeof(pfn)))
		return -EFAULT;
	switch (command) {
	case SIZE_WATCH:
		return size_watch(pfn);
	case SIZE_RANGE:
		return size_range(pfn);
	}
	return -ENOTTY;
}

HOLD_MODULE(size);
MODULE_DESCRIPTION(
	"holds the split of a huge page until a range behind it has read its size");
