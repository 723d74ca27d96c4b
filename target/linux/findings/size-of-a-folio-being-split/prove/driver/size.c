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
#include <linux/hw_breakpoint.h>
#include <linux/kprobes.h>
#include <linux/ktime.h>
#include <linux/memblock.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/perf_event.h>
#include <linux/sched.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>

#include "size.h"

static unsigned long
	pages; /* pages up to here there are: the kernel's log says */
module_param(pages, ulong, 0444);

enum {
	size_ms = 12000
};

static struct {
	struct task_struct *splitter, *ranger;
	struct perf_event *watch;
	struct size_counts counts;
} size;

static void size_stored(struct perf_event *event, struct perf_sample_data *data,
			struct pt_regs *regs)
{
	u64 end = ktime_get_mono_fast_ns() + (u64)size_ms * NSEC_PER_MSEC;

	if (current != size.splitter || size.counts.stopped)
		return;
	WRITE_ONCE(size.counts.stopped, 1);
	while (!READ_ONCE(size.counts.scanned) &&
	       ktime_get_mono_fast_ns() < end)
		cpu_relax();
	size.counts.late = !READ_ONCE(size.counts.scanned);
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

static struct kprobe size_probes[] = {
	{ .symbol_name = "lru_cache_disable", .pre_handler = size_scanned },
	{ .symbol_name = "isolate_migratepages_range",
	  .pre_handler = size_migrate },
};
static struct kprobe *size_all[] = { &size_probes[0], &size_probes[1] };

static void size_unwatch(void)
{
	if (size.watch)
		unregister_hw_breakpoint(size.watch);
	size.watch = NULL;
}

static long size_watch(unsigned long pfn)
{
	struct perf_event_attr attr;

	size_unwatch();
	memset(&size.counts, 0, sizeof(size.counts));
	size.counts.pages = pages;
	if (!pfn)
		return 0;
	if (compound_order(pfn_to_page(pfn)) != 9)
		return -EINVAL;
	size.splitter = current;
	hw_breakpoint_init(&attr);
	attr.bp_addr = (unsigned long)&pfn_to_page(pfn)[1].compound_nr;
	attr.bp_len = HW_BREAKPOINT_LEN_4;
	attr.bp_type = HW_BREAKPOINT_W;
	size.watch =
		register_user_hw_breakpoint(&attr, size_stored, NULL, current);
	if (IS_ERR(size.watch)) {
		long error = PTR_ERR(size.watch);

		size.watch = NULL;
		return error;
	}
	return 0;
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

static const struct file_operations size_operations = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = size_ioctl,
};

static struct miscdevice size_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "size",
	.fops = &size_operations,
};

static int __init size_init(void)
{
	int error = register_kprobes(size_all, ARRAY_SIZE(size_all));

	if (error)
		return error;
	error = misc_register(&size_device);
	if (error)
		unregister_kprobes(size_all, ARRAY_SIZE(size_all));
	return error;
}

static void __exit size_exit(void)
{
	misc_deregister(&size_device);
	size_unwatch();
	unregister_kprobes(size_all, ARRAY_SIZE(size_all));
}

module_init(size_init);
module_exit(size_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION(
	"holds the split of a huge page until a range behind it has read its size");
