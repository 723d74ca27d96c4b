/* SPDX-License-Identifier: MIT */
/* order.c: see order.h. */
#include "order.h"

void order_init(struct order *order)
{
	int i;

	*order = (struct order){ .without = 0 };
	for (i = 0; i < ORDER_TASKS; i++) {
		order->fenced[i] = tsan_create("clock of a wmb");
		order->seen[i] = tsan_create("clock of loads");
	}
	order->grace = tsan_create("clock of read sections");
}

void order_destroy(struct order *order)
{
	int i;

	for (i = 0; i < ORDER_TASKS; i++) {
		tsan_destroy(order->fenced[i], 0);
		tsan_destroy(order->seen[i], 0);
	}
	tsan_destroy(order->grace, 0);
}

static bool order_has(const struct order *order, enum order_edge edge)
{
	return ORDER_ON && !(order->without >> edge & 1);
}

static void release(const struct order *order, enum order_edge edge,
		    const volatile void *at)
{
	if (order_has(order, edge))
		tsan_release(at);
}

static void acquire(const struct order *order, enum order_edge edge,
		    const volatile void *at)
{
	if (order_has(order, edge))
		tsan_acquire(at);
}

/* ------------------------------------------------------------- carriers */

static void carrier_begin(struct order *order, void *carrier)
{
	order->self = tsan_self();
	tsan_switch(carrier);
}

static void carrier_end(struct order *order)
{
	tsan_switch(order->self);
}

/* ----------------------------------------------------------------- fences */

static void order_wmb(struct order *order, int task)
{
	tsan_release(&order->at_wmb[task]);
	carrier_begin(order, order->fenced[task]);
	tsan_acquire(&order->at_wmb[task]);
	carrier_end(order);
}

static void order_rmb(struct order *order, int task)
{
	carrier_begin(order, order->seen[task]);
	tsan_release(&order->at_rmb[task]);
	carrier_end(order);
	tsan_acquire(&order->at_rmb[task]);
}

/* --------------------------------------------------------------- accesses */

/* Beside the address itself, which is a lock's or an atomic's own. */
static const volatile void *place(struct order *order,
				  const struct access *access)
{
	if (access->size > 1)
		return (const volatile char *)access->addr + 1;
	return &order->bytes[(uintptr_t)access->addr % sizeof(order->bytes)];
}

static void order_load(struct order *order, const struct access *access,
		       enum machine_order how)
{
	const volatile void *at = place(order, access);

	if (how == MACHINE_ACQUIRE || how == MACHINE_DEPEND ||
	    how == MACHINE_FULL) {
		tsan_acquire(at);
	} else {
		carrier_begin(order, order->seen[access->task]);
		tsan_acquire(at);
		carrier_end(order);
	}
}

static void order_store(struct order *order, const struct access *access,
			enum machine_order how)
{
	const volatile void *at = place(order, access);

	if (how == MACHINE_RELEASE || how == MACHINE_DEPEND ||
	    how == MACHINE_FULL) {
		tsan_release(at);
	} else {
		carrier_begin(order, order->fenced[access->task]);
		tsan_release(at);
		carrier_end(order);
	}
}

/* One that changed nothing is a load: a condition that failed orders nothing. */
static void order_rmw(struct order *order, const struct access *access,
		      enum machine_order how)
{
	bool full = how == MACHINE_FULL && access->old != access->new;

	if (access->old == access->new)
		how = MACHINE_ONCE;
	if (full) {
		order_rmb(order, access->task);
		order_wmb(order, access->task);
	}
	order_load(order, access, how);
	if (access->old != access->new)
		order_store(order, access, how);
	if (full) {
		order_rmb(order, access->task);
		order_wmb(order, access->task);
	}
}

void order_fence(struct order *order, int task, enum machine_order how)
{
	if (!ORDER_ON)
		return;
	if (how != MACHINE_WMB)
		order_rmb(order, task);
	if (how != MACHINE_RMB)
		order_wmb(order, task);
}

/* What was before the unlock goes with all stores that come after the lock. */
static void order_lock(struct order *order, const struct access *access)
{
	/* Who just looks at it looks beside that. */
	const volatile char *at = (const volatile char *)access->addr + 2;

	if (!order_has(order, ORDER_LOCK) || access->old == access->new)
		return;
	if (access->kind == MACHINE_UNLOCKS) {
		tsan_release(at);
		return;
	}
	carrier_begin(order, order->fenced[access->task]);
	tsan_acquire(at);
	carrier_end(order);
}

void order_access(struct order *order, const struct access *access,
		  enum machine_order how)
{
	if (!ORDER_ON)
		return;
	switch (access->kind) {
	case MACHINE_LOADS:
		order_load(order, access, how);
		break;
	case MACHINE_STORES:
		order_store(order, access, how);
		break;
	case MACHINE_RMWS:
		order_rmw(order, access, how);
		break;
	case MACHINE_FENCES:
		order_fence(order, access->task, how);
		break;
	case MACHINE_LOCKS:
	case MACHINE_TRYLOCKS:
	case MACHINE_UNLOCKS:
		order_lock(order, access);
		break;
	default:
		break; /* the others order nothing */
	}
}

/* -------------------------------------------------------------------- RCU */

void order_rcu_exit(struct order *order, int task)
{
	release(order, ORDER_RCU_READER, &order->at_exit[task]);
}

void order_rcu_reader(struct order *order, unsigned int slot)
{
	release(order, ORDER_RCU_READER, &order->at_callback[slot]);
}

void order_rcu_queue(struct order *order, unsigned int slot)
{
	release(order, ORDER_RCU_QUEUE, &order->at_callback[slot]);
}

/* Readers that have left already are before what comes after it. */
void order_rcu_begin(struct order *order, unsigned int slot)
{
	int i;

	if (!order_has(order, ORDER_RCU_READER))
		return;
	carrier_begin(order, order->grace);
	for (i = 0; i < ORDER_TASKS; i++)
		tsan_acquire(&order->at_exit[i]);
	tsan_release(&order->at_callback[slot]);
	carrier_end(order);
}

void order_rcu_call(struct order *order, unsigned int slot)
{
	if (ORDER_ON)
		tsan_acquire(&order->at_callback[slot]);
}

/* -------------------------------------------------------------------- CPU */

void order_cpu_leave(struct order *order, int cpu)
{
	release(order, ORDER_CPU, &order->at_cpu[cpu]);
}

void order_cpu_enter(struct order *order, int cpu)
{
	acquire(order, ORDER_CPU, &order->at_cpu[cpu]);
}

/* ---------------------------------------------------------- wake, run, handle */

void order_wake(struct order *order, int task)
{
	release(order, ORDER_WAKE, &order->at_wake[task]);
}

void order_woken(struct order *order, int task)
{
	acquire(order, ORDER_WAKE, &order->at_wake[task]);
}

void order_run_begin(struct order *order)
{
	if (ORDER_ON)
		tsan_release(&order->at_run);
}

void order_start_all(struct order *order)
{
	release(order, ORDER_START, &order->at_start);
}

/* Without the edge from set-up there is still the one from the run before. */
void order_start(struct order *order)
{
	if (ORDER_ON)
		tsan_acquire(&order->at_run);
	acquire(order, ORDER_START, &order->at_start);
}

void order_end(struct order *order, int task)
{
	release(order, ORDER_END, &order->at_end[task]);
}

void order_join(struct order *order)
{
	int i;

	for (i = 0; i < ORDER_TASKS; i++)
		acquire(order, ORDER_END, &order->at_end[i]);
}

void order_give(struct order *order, const void *handle)
{
	release(order, ORDER_HANDLE, handle);
}

void order_take(struct order *order, const void *handle)
{
	acquire(order, ORDER_HANDLE, handle);
}
