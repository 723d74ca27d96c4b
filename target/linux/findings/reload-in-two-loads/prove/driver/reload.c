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
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/uaccess.h>
#include <linux/xarray.h>

#include "hold.h"
#include "reload.h"

enum {
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

/* Until a folio stands in slot 0 again: the one that did before, on a page that is new. */
static void reload_wait_for_store(void)
{
	reload.stored =
		hold_counted(&reload.counts,
			     READ_ONCE(reload.node->slots[0]) == reload.before);
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
		hold_counted(&reload.counts, READ_ONCE(reload.counts.split));
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
		hold_counted(&reload.counts, READ_ONCE(reload.counts.second));
	if (reload.order == reload_before)
		hold_until_within(100, false);
	return 0;
}
NOKPROBE_SYMBOL(reload_split);

static char reload_symbol[32] = "xas_split";
module_param_string(split, reload_symbol, sizeof(reload_symbol), 0444);
MODULE_PARM_DESC(split,
		 "what splits the shadow entry: xas_split, or xas_try_split");

static struct kprobe reload_probe = { .pre_handler = reload_split,
				      .symbol_name = reload_symbol };
static struct kprobe *reload_probes[] = { &reload_probe };

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

	for (i = 0; i < 2; i++)
		hold_unwatch(&reload.watch[i]);
}

static long reload_watch(int fd)
{
	struct file *file = fget(fd);
	long error = 0;
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
	for (i = 1; i >= 0 && !error; i--)
		error = hold_watch(&reload.watch[i], &reload.node->slots[i],
				   HW_BREAKPOINT_LEN_8, HW_BREAKPOINT_RW,
				   reload_read);
	return error;
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

HOLD_MODULE(reload);
MODULE_DESCRIPTION("holds a reader between two loads of xas_reload()");
