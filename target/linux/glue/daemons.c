// SPDX-License-Identifier: GPL-2.0
/*
 * daemons.c: kswapd and kcompactd, the kernel's own threads. An operation is one turn
 * of one: from where it starts until it would sleep for good.
 *
 * Promise: there is one of each, as there is one a node. Who asks while it is at work
 * comes away with nothing done.
 *
 * Yields: linux_reclaim_some(), linux_compact().
 * See: kswapd() in mm/vmscan.c, kcompactd() in mm/compaction.c, kernel/kthread.c.
 */
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/swap.h>
#include <linux/vmstat.h>
#include <linux/compaction.h> /* leans on mm.h */

#include "glue.h"

struct daemon {
	struct task_struct asleep; /* what it is between two turns */
	int (*run)(void *data);
	void *data;
	const struct task_struct *running;
	bool asked; /* whether it should stop, in this turn */
	bool stops; /* it was told so */
	bool at_work; /* it was so while it reclaimed */
	bool rests; /* it asked again since */
	unsigned int order; /* that it is to make a block of; 0: look by itself */
};

static struct daemon reclaimer, compactor, *starting;

/* ------------------------------------------------------------ kernel/kthread.c */

/* It gets as far as its first sleep; what it is to do comes with each turn. */
struct task_struct *kthread_create_on_node(int (*run)(void *data), void *data,
					   int node, const char format[], ...)
{
	(void)node, (void)format;
	starting->run = run;
	starting->data = data;
	return &starting->asleep;
}

static void start(struct daemon *daemon, void (*run)(int node))
{
	starting = daemon;
	run(0);
	daemon->asleep.__state = TASK_INTERRUPTIBLE;
}

/*
 * A zone that begins at page 0 has its scanners met before they ever went. Elsewhere
 * the first who compacts sees that they stand outside, and places them.
 */
static void place_scanners(void)
{
	linux_zone->compact_cached_free_pfn =
		pageblock_start_pfn(linux_pages() - 1);
}

void linux_daemons_start(void)
{
	start(&reclaimer, kswapd_run);
	start(&compactor, kcompactd_run);
	place_scanners();
}

/* It has no mask of its own: each of its turns is on some CPU. */
int set_cpus_allowed_ptr(struct task_struct *task, const struct cpumask *mask)
{
	(void)task, (void)mask;
	return 0;
}

/*
 * kswapd asks as it goes round, too. It is done when only a wake-up would go on; or
 * when it has gone through its steps, has been on its way to sleep, and does not sleep.
 */
static bool has_reclaimed(struct daemon *daemon)
{
	bool rested = daemon->rests;

	daemon->rests = daemon->at_work && !current->reclaim_state;
	if (current->reclaim_state)
		daemon->at_work = true;
	if (current->__state != TASK_RUNNING)
		return daemon->asked;
	return rested && daemon->rests;
}

/* Somebody wants something as soon as it has started; it is done when nobody does. */
static bool has_compacted(struct daemon *daemon)
{
	struct pglist_data *node = NODE_DATA(0);

	if (daemon->asked)
		return !node->kcompactd_max_order &&
		       !node->proactive_compact_trigger;
	if (daemon->order)
		wakeup_kcompactd(node, (int)daemon->order, ZONE_NORMAL);
	else
		node->proactive_compact_trigger = true;
	return false;
}

bool kthread_should_stop(void)
{
	struct daemon *daemon = reclaimer.running == current ? &reclaimer :
							       &compactor;

	if (!daemon->stops)
		daemon->stops = daemon == &reclaimer ? has_reclaimed(daemon) :
						       has_compacted(daemon);
	daemon->asked = true;
	return daemon->stops;
}

bool linux_daemon_naps(void)
{
	return reclaimer.running == current && !current->reclaim_state;
}

/* Nobody suspends the machine. */
bool kthread_freezable_should_stop(bool *was_frozen)
{
	if (was_frozen)
		*was_frozen = false;
	return kthread_should_stop();
}

/* ------------------------------------------------------------------ operations */

/* Returns: false if it is at work. One step. */
static bool begin_turn(struct daemon *daemon)
{
	if (daemon->running)
		return false;
	machine_joins(daemon);
	daemon->running = current;
	daemon->asked = false;
	daemon->stops = false;
	daemon->at_work = false;
	daemon->rests = false;
	return true;
}

static void take_turn(struct daemon *daemon)
{
	unsigned int flags = current->flags;

	current->flags |= PF_KTHREAD;
	daemon->run(daemon->data);
	current->flags = flags;
	machine_parts(daemon);
}

/*
 * As if somebody had raised the high watermark so far that the zone lacks so many
 * pages. Only kswapd looks at it.
 */
static void raise_watermark(unsigned int pages)
{
	linux_zone->_watermark[WMARK_HIGH] =
		zone_page_state(linux_zone, NR_FREE_PAGES) + pages;
}

/*
 * Who takes over a pageblock while the high watermark is raised lifts all watermarks
 * (boost_watermark()), until kswapd has run, and direct reclaim waits for that. Ours has
 * no turn of its own: what it would do for them, see balance_pgdat().
 */
void linux_unboost(void)
{
	if (!linux_zone->watermark_boost)
		return;
	linux_zone->watermark_boost = 0;
	wake_up_all(&NODE_DATA(0)->pfmemalloc_wait);
}

void linux_reclaim_some(const struct op_args *args, struct op_result *result)
{
	struct pglist_data *node = NODE_DATA(0);

	(void)result;
	if (!begin_turn(&reclaimer))
		return;
	raise_watermark(args->own[0]);
	node->kswapd = current;
	take_turn(&reclaimer);
	node->kswapd = &reclaimer.asleep;
	linux_zone->_watermark[WMARK_HIGH] = 0;
	linux_unboost();
	reclaimer.running = NULL;
}

void linux_compact(const struct op_args *args, struct op_result *result)
{
	(void)result;
	if (!begin_turn(&compactor))
		return;
	compactor.order = args->own[0];
	take_turn(&compactor);
	compactor.running = NULL;
}
