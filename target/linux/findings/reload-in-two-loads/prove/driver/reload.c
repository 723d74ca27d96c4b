// SPDX-License-Identifier: GPL-2.0
/*
 * reload.c: holds a reader of a file between two loads of xas_reload(), and its writer in
 * front of the split.
 *
 * The reader is stopped by the processor's watchpoints, on two slots of the xarray's
 * node: they trap behind a load, wherever the compiler put it, and so need no address of an
 * instruction. Reads of slot 1 are in xas_load() and, a second time, the first load of
 * xas_reload(); of slot 0 in xas_load(), behind that of the sibling. The writer is stopped by
 * a probe at the entry of the split. Both waits are busy and short: the reader is in an RCU
 * section and the writer has the xarray's lock; neither needs the other's CPU.
 */
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/hw_breakpoint.h>
#include <linux/kprobes.h>
#include <linux/ktime.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/perf_event.h>
#include <linux/sched.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <linux/xarray.h>

#include "reload.h"

static char *split = "xas_split";
module_param(split, charp, 0444);
MODULE_PARM_DESC(split,
		 "what splits the shadow entry: xas_split, or xas_try_split");

/* As long as a slow machine may need; a CPU is called stuck after 20 s. */
enum {
	reload_ms = 12000,
	reload_blocks = 4096
};

static struct {
	enum reload_order order;
	struct task_struct *reader, *writer;
	struct xa_node *node;
	struct perf_event *watch[2];
	int reads[2]; /* of the slots, by the reader */
	int stored; /* the newcomer was seen in slot 0 */
	void *before; /* slot 0, when the watch began */
	struct reload_counts counts;
} reload;

/* Until *word is not 0; the newcomer is looked for meanwhile. */
static void reload_wait(const int *word)
{
	u64 end = ktime_get_mono_fast_ns() + (u64)reload_ms * NSEC_PER_MSEC;

	while (!READ_ONCE(*word) && ktime_get_mono_fast_ns() < end)
		cpu_relax();
	if (READ_ONCE(*word))
		reload.counts.met++;
	else
		reload.counts.late++;
}

/* Until a folio stands in slot 0 again: the one that did before, on a page that is new. */
static void reload_wait_for_store(void)
{
	u64 end = ktime_get_mono_fast_ns() + (u64)reload_ms * NSEC_PER_MSEC;

	while (READ_ONCE(reload.node->slots[0]) != reload.before &&
	       ktime_get_mono_fast_ns() < end)
		cpu_relax();
	reload.stored = READ_ONCE(reload.node->slots[0]) == reload.before;
	if (reload.stored)
		reload.counts.met++;
	else
		reload.counts.late++;
}

/* Behind the load of a slot. */
static void reload_read(struct perf_event *event, struct perf_sample_data *data,
			struct pt_regs *regs)
{
	int slot = event == READ_ONCE(reload.watch[1]);

	if (current != reload.reader || reload.order == reload_none)
		return;
	reload.reads[slot]++;
	if (slot == 0 && reload.reads[0] == 1) {
		WRITE_ONCE(reload.counts.first, 1);
		reload_wait(&reload.counts.split);
		if (reload.order == reload_after)
			reload_wait_for_store();
	} else if (slot == 1 && reload.reads[1] == 2) {
		WRITE_ONCE(reload.counts.second, 1);
		if (reload.order == reload_between)
			reload_wait_for_store();
	}
}

/* The writer, in front of the split. */
static int reload_split(struct kprobe *probe, struct pt_regs *regs)
{
	if (current != reload.writer || reload.order == reload_none ||
	    reload.counts.split)
		return 0;
	WRITE_ONCE(reload.counts.split, 1);
	if (reload.order != reload_after)
		reload_wait(&reload.counts.second);
	if (reload.order == reload_before) {
		u64 end = ktime_get_mono_fast_ns() + 100 * NSEC_PER_MSEC;

		while (ktime_get_mono_fast_ns() < end)
			cpu_relax();
	}
	return 0;
}
NOKPROBE_SYMBOL(reload_split);

static struct kprobe reload_probe = { .pre_handler = reload_split };

/* ------------------------------------------------------------------- the file */

static long reload_look(struct reload_look *look)
{
	struct file *file = fget(look->fd);
	void *entry;

	if (!file)
		return -EBADF;
	XA_STATE(xas, &file->f_mapping->i_pages, look->index);
	rcu_read_lock();
	entry = xas_load(&xas);
	look->shadow = xa_is_value(entry);
	look->pfn = 0;
	look->order = -1;
	if (look->shadow) {
		look->order = xas_get_order(&xas);
	} else if (entry) {
		look->pfn = folio_pfn(entry);
		look->order = folio_order(entry);
	}
	rcu_read_unlock();
	fput(file);
	return 0;
}

static void reload_unwatch(void)
{
	int i;

	for (i = 0; i < 2; i++) {
		if (reload.watch[i])
			unregister_hw_breakpoint(reload.watch[i]);
		WRITE_ONCE(reload.watch[i], NULL);
	}
}

static long reload_watch(int fd)
{
	struct file *file = fget(fd);
	struct perf_event_attr attr;
	struct perf_event *event;
	int i;

	if (!file)
		return -EBADF;
	XA_STATE(xas, &file->f_mapping->i_pages, 0);
	rcu_read_lock();
	reload.before = xas_load(&xas);
	reload.node = xas.xa_node;
	rcu_read_unlock();
	fput(file);
	if (!reload.node || xas_top(reload.node) || reload.node->shift)
		return -EINVAL;
	reload_unwatch();
	reload.reader = current;
	for (i = 1; i >= 0; i--) {
		hw_breakpoint_init(&attr);
		attr.bp_addr = (unsigned long)&reload.node->slots[i];
		attr.bp_len = HW_BREAKPOINT_LEN_8;
		attr.bp_type = HW_BREAKPOINT_RW;
		event = register_user_hw_breakpoint(&attr, reload_read, NULL,
						    current);
		if (IS_ERR(event))
			return PTR_ERR(event);
		WRITE_ONCE(reload.watch[i], event);
	}
	return 0;
}

/* --------------------------------------------------------------- the allocator */

static long reload_take(unsigned long pfn)
{
	struct page **held, *page = NULL;
	int count = 0, i;

	held = kvmalloc_array(reload_blocks, sizeof(*held), GFP_KERNEL);
	if (!held)
		return -ENOMEM;
	while (count < reload_blocks) {
		page = alloc_pages(GFP_HIGHUSER_MOVABLE | __GFP_NORETRY, 2);
		if (!page || page_to_pfn(page) == pfn)
			break;
		held[count++] = page;
		page = NULL;
	}
	for (i = 0; i < count; i++)
		__free_pages(held[i], 2);
	kvfree(held);
	if (!page)
		return -EAGAIN;
	reload.writer = current;
	split_page(page, 2);
	for (i = 3; i >= 0; i--)
		__free_page(page + i);
	return 0;
}

/* ------------------------------------------------------------------ the device */

static long reload_ioctl(struct file *file, unsigned int command,
			 unsigned long argument)
{
	void __user *there = (void __user *)argument;
	struct reload_look look;
	unsigned long pfn;
	long error;
	int word;

	switch (command) {
	case RELOAD_LOOK:
		if (copy_from_user(&look, there, sizeof(look)))
			return -EFAULT;
		error = reload_look(&look);
		if (!error && copy_to_user(there, &look, sizeof(look)))
			return -EFAULT;
		return error;
	case RELOAD_COUNTS:
		return copy_to_user(there, &reload.counts,
				    sizeof(reload.counts)) ?
			       -EFAULT :
			       0;
	case RELOAD_TAKE:
		return copy_from_user(&pfn, there, sizeof(pfn)) ?
			       -EFAULT :
			       reload_take(pfn);
	}
	if (copy_from_user(&word, there, sizeof(word)))
		return -EFAULT;
	switch (command) {
	case RELOAD_WATCH:
		return reload_watch(word);
	case RELOAD_ORDER:
		reload_unwatch();
		reload.order = word;
		reload.writer = NULL;
		memset(reload.reads, 0, sizeof(reload.reads));
		memset(&reload.counts, 0, sizeof(reload.counts));
		return 0;
	}
	return -ENOTTY;
}

static const struct file_operations reload_operations = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = reload_ioctl,
};

static struct miscdevice reload_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "reload",
	.fops = &reload_operations,
};

static int __init reload_init(void)
{
	int error;

	reload_probe.symbol_name = split;
	error = register_kprobe(&reload_probe);
	if (error) {
		pr_err("reload: no probe at %s: %d\n", split, error);
		return error;
	}
	error = misc_register(&reload_device);
	if (error)
		unregister_kprobe(&reload_probe);
	return error;
}

static void __exit reload_exit(void)
{
	misc_deregister(&reload_device);
	reload_unwatch();
	unregister_kprobe(&reload_probe);
}

module_init(reload_init);
module_exit(reload_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("holds a reader between two loads of xas_reload()");
