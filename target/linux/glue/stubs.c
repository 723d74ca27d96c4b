// SPDX-License-Identifier: GPL-2.0
/*
 * stubs.c: what the kernel calls and we answer for by hand. Each row says why
 * its answer is one that the kernel could have got. What is not here and not
 * linked in ends the run when it is called.
 */
#include <linux/backing-dev.h>
#include <linux/cpuhotplug.h>
#include <linux/flex_proportions.h>
#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/oom.h>
#include <linux/percpu_counter.h>
#include <linux/ratelimit.h>
#include <linux/rmap.h>
#include <linux/swap.h>
#include <linux/timer.h>
#include <linux/uaccess.h>
#include <linux/workqueue.h>
#include <linux/writeback.h>

#include "mm_internal.h"
#include "glue.h"

/* Messages go nowhere; the finding says it all. */
int ___ratelimit(struct ratelimit_state *rs, const char *function)
{
	(void)rs, (void)function;
	return 0;
}

/* No CPU comes or goes. */
int __cpuhp_setup_state(enum cpuhp_state state, const char *name, bool invoke,
			int (*startup)(unsigned int cpu),
			int (*teardown)(unsigned int cpu), bool multi)
{
	(void)state, (void)name, (void)invoke, (void)startup, (void)teardown;
	(void)multi;
	return 0;
}

/* Access times are not kept (noatime). */
void touch_atime(const struct path *path)
{
	(void)path;
}

/* Struct pages are not poisoned before they are initialised. */
void page_init_poison(struct page *page, size_t size)
{
	(void)page, (void)size;
}

/* A backing device without capabilities: no accounting of dirty pages. It says how far
 * readahead goes, and nothing of what is best for it (io_pages). */
struct backing_dev_info *inode_to_bdi(struct inode *inode)
{
	static struct backing_dev_info bdi = {
		.wb.bdi = &bdi,
		.ra_pages = LINUX_READAHEAD,
	};

	(void)inode;
	return &bdi;
}

/* User space is there. */
size_t fault_in_readable(const char __user *from, size_t size)
{
	(void)from, (void)size;
	return 0;
}

/* Who writes back is an operation of the program, which looks at a page. */
void __mark_inode_dirty(struct inode *inode, int flags)
{
	(void)inode, (void)flags;
}

void wakeup_flusher_threads(enum wb_reason reason)
{
	(void)reason;
}

/* Writers are not throttled: no proportions are kept. */
int fprop_global_init(struct fprop_global *proportions, gfp_t gfp)
{
	(void)proportions, (void)gfp;
	return 0;
}

int percpu_counter_batch = 32; /* as the kernel's is without more CPUs */

/*
 * What is under writeback is counted, always since 7.x; nobody reads the counts, and
 * proportions are of what is counted.
 */
void percpu_counter_add_batch(struct percpu_counter *counter, s64 amount,
			      s32 batch)
{
	(void)counter, (void)amount, (void)batch;
}

void __fprop_add_percpu_max(struct fprop_global *proportions,
			    struct fprop_local_percpu *local, int max_frac,
			    long nr)
{
	(void)proportions, (void)local, (void)max_frac, (void)nr;
}

/* The timer of those periods does not run out. */
int mod_timer(struct timer_list *timer, unsigned long expires)
{
	(void)timer, (void)expires;
	return 0;
}

/* Nobody calls sync(2): the list of inodes under writeback is not kept. */
void sb_mark_inode_writeback(struct inode *inode)
{
	(void)inode;
}

void sb_clear_inode_writeback(struct inode *inode)
{
	(void)inode;
}

/* Expedited it ends sooner, not otherwise. */
void synchronize_rcu_expedited(void)
{
	synchronize_rcu();
}

/* Nobody locks memory: mlock's batches are empty. Its name before 6.5 and since. */
bool need_mlock_page_drain(int cpu);
bool need_mlock_drain(int cpu);

bool need_mlock_page_drain(int cpu)
{
	(void)cpu;
	return false;
}

bool need_mlock_drain(int cpu)
{
	(void)cpu;
	return false;
}

/* Nobody is killed to make room; who would be the one to do it holds this. */
DEFINE_MUTEX(oom_lock);
