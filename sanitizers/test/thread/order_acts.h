/* SPDX-License-Identifier: MIT */
/*
 * order_acts.h: the acts of order_test.c: correct code of two sides, and a stranger
 * who goes beside it.
 * One side writes plainly and publishes, the other looks and reads plainly. The
 * writer's operation has ended when the reader's begins, so that only an edge
 * can make an order. *x is what the edge protects, *y lies beside it.
 */
#ifndef SANITIZERS_TEST_ORDER_ACTS_H
#define SANITIZERS_TEST_ORDER_ACTS_H

#include "fake.h"

void AnnotateIgnoreSyncBegin(const char *file, int line);
void AnnotateIgnoreSyncEnd(const char *file, int line);

/* The writer's publication goes unheard by TSan: removes a target's own edge. */
static bool unheard;

static void hush(void)
{
	if (unheard)
		AnnotateIgnoreSyncBegin(__FILE__, __LINE__);
}

static void hear(void)
{
	if (unheard)
		AnnotateIgnoreSyncEnd(__FILE__, __LINE__);
}

/* TSan reports an address once in a process: every run has its own. */
static struct {
	_Alignas(8) int x;
	_Alignas(8) int y;
} words[1024];
static unsigned int nr_words;
static int *x, *y;
static bool words_kept; /* the next run has those of the last */

/* A plain read that the compiler makes. */
static void look(const int *at)
{
	volatile int value = *at;

	(void)value;
}

static void lock_writer(void)
{
	*y = 1;
	hush();
	spin_lock(&fake.lock);
	hear();
	*x = 1;
	hush();
	spin_unlock(&fake.lock);
	hear();
}

static void lock_reader(void)
{
	spin_lock(&fake.lock);
	look(x);
	spin_unlock(&fake.lock);
}

static void lock_stranger(void) /* y is written after, read before the lock */
{
	look(y);
	spin_lock(&fake.lock);
	spin_unlock(&fake.lock);
}

static void lock_looker(void) /* sees the lock free, and has a fence: no lock */
{
	READ_ONCE(fake.lock.owner);
	smp_mb();
	look(x);
}

static void release_writer(void)
{
	*x = 1;
	hush();
	smp_store_release(&fake.flag, 1);
	hear();
	*y = 1;
}

static void acquire_reader(void)
{
	if (smp_load_acquire(&fake.flag))
		look(x);
}

static void acquire_stranger(void)
{
	if (smp_load_acquire(&fake.flag))
		look(y);
}

static void once_reader(void) /* no order at all */
{
	if (READ_ONCE(fake.flag))
		look(x);
}

static int *published;

static void assign_writer(void)
{
	*x = 1;
	hush();
	rcu_assign_pointer(published, x);
	hear();
	*y = 1;
}

static void depend_reader(void)
{
	int *at = rcu_dereference(published);

	if (at)
		look(at);
}

static void depend_stranger(void)
{
	if (rcu_dereference(published))
		look(y);
}

static int *moved;

static void init_pointer_writer(void) /* what was published, elsewhere */
{
	hush();
	RCU_INIT_POINTER(moved, published);
	hear();
	*y = 1;
}

static void moved_reader(void)
{
	int *at = rcu_dereference(moved);

	if (at)
		look(at);
}

static void moved_stranger(void)
{
	if (rcu_dereference(moved))
		look(y);
}

static void wmb_writer(void)
{
	*x = 1;
	hush();
	smp_wmb();
	hear();
	*y = 1; /* after the fence: not published by what comes */
	WRITE_ONCE(fake.flag, 1);
}

static void rmb_reader(void)
{
	int flag = READ_ONCE(fake.flag);

	smp_rmb();
	if (flag)
		look(x);
}

static void rmb_stranger(void)
{
	int flag = READ_ONCE(fake.flag);

	smp_rmb();
	if (flag)
		look(y);
}

static void mb_writer(void)
{
	*x = 1;
	hush();
	smp_mb();
	hear();
	*y = 1;
	WRITE_ONCE(fake.flag, 1);
}

static void mb_reader(void)
{
	int flag = READ_ONCE(fake.flag);

	smp_mb();
	if (flag)
		look(x);
}

static void mb_stranger(void) /* a fence alone, nothing seen */
{
	smp_mb();
	look(x);
}

static atomic_t a, b;

static void rmw_writer(void)
{
	*x = 1;
	hush();
	atomic_add_return(1, &a);
	hear();
	*y = 1;
}

static void rmw_reader(void)
{
	if (atomic_add_return(1, &a) > 1)
		look(x);
}

static void rmw_stranger(void)
{
	if (atomic_add_return(1, &a) > 1)
		look(y);
}

static void rmw_elsewhere(void) /* full order, but of another counter */
{
	atomic_add_return(1, &b);
	look(x);
}

static void rmw_fence_writer(void) /* full order is a fence, too */
{
	*x = 1;
	hush();
	atomic_add_return(1, &b);
	hear();
	*y = 1;
	WRITE_ONCE(fake.flag, 1);
}

static void failed_reader(void) /* a condition that failed orders nothing */
{
	atomic_add_unless(&a, 1, 1);
	look(x);
}

static void inc_writer(void) /* no order */
{
	*x = 1;
	atomic_inc(&a);
}

static void inc_reader(void)
{
	atomic_inc(&a);
	look(x);
}

/* -------------------------------------------------------------- grace periods */

static void callback(struct rcu_head *head)
{
	(void)head;
	*x = 2;
}

static void callback_y(struct rcu_head *head)
{
	(void)head;
	*y = 2;
}

static void section(void)
{
	rcu_read_lock();
	look(x);
	READ_ONCE(fake.flag); /* here the callback is queued */
	rcu_read_unlock();
	look(y);
}

static void queue(void)
{
	call_rcu(&fake.heads[0], callback);
}

static void queue_y(void)
{
	call_rcu(&fake.heads[0], callback_y);
}

static void write_and_queue(void)
{
	*x = 1;
	call_rcu(&fake.heads[0], callback);
}

static void queue_irqs_off(void)
{
	local_irq_disable();
	call_rcu(&fake.heads[0], callback);
	READ_ONCE(fake.flag); /* here a reader comes and goes */
	local_irq_enable(); /* and here the grace period begins */
}

static void queue_in_section(void)
{
	rcu_read_lock();
	call_rcu(&fake.heads[0], callback);
	READ_ONCE(fake.flag); /* a reader that comes now, comes after it */
	rcu_read_unlock();
}

static void queue_and_write(void)
{
	call_rcu(&fake.heads[0], callback_y);
	*y = 1;
}

#include "order_acts_told.h"

/* --------------------------------------------------------- the life of a run */

static void plain_write(void)
{
	*x = 1;
}

static void plain_read(void)
{
	look(x);
}

/* act(), and the programs' numbers for acts. clang-format is of two minds. */
/* clang-format off */
#define ACTS(X) \
	X(lock_writer) X(lock_reader) X(lock_stranger) X(lock_looker) \
	X(release_writer) X(acquire_reader) X(acquire_stranger) \
	X(once_reader) X(assign_writer) X(depend_reader) \
	X(depend_stranger) X(init_pointer_writer) X(moved_reader) \
	X(moved_stranger) X(wmb_writer) X(rmb_reader) X(rmb_stranger) \
	X(mb_writer) X(mb_reader) X(mb_stranger) X(rmw_writer) \
	X(rmw_reader) X(rmw_stranger) X(rmw_elsewhere) X(rmw_fence_writer) \
	X(failed_reader) X(inc_writer) X(inc_reader) X(section) X(queue) \
	X(queue_y) X(write_and_queue) X(queue_and_write) X(waiter) \
	X(waiter_y) X(waker) X(plain_write) X(plain_read) \
	X(queue_irqs_off) X(queue_in_section) X(told_writer) \
	X(told_reader) X(alone_writer) X(alone_reader) X(alone_stranger) \
	X(racing_reader) X(racing_stranger) X(lock_owner) X(lock_heir)
/* clang-format on */

enum act {
#define X(name) ACT_##name,
	ACTS(X)
#undef X
};

static void act(unsigned long nr)
{
	static void (*const acts[])(void) = {
#define X(name) name,
		ACTS(X)
#undef X
	};

	acts[nr]();
}

#endif
