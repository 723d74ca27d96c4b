/* SPDX-License-Identifier: MIT */
/*
 * machine_types.h: the machine's types that have a kernel's names, and what
 * works on them. Targets include machine.h; only implementers of the machine
 * (fuzz/engine/machine.c, target/machine_stub.c) need to look in here.
 *
 * See: machine_point.h.
 */
#ifndef TARGET_MACHINE_TYPES_H
#define TARGET_MACHINE_TYPES_H

#include "machine_point.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
	int counter;
} atomic_t;

/* Free: 0. Held: 1 + id of the owning task. */
typedef struct {
	unsigned int owner;
} spinlock_t;

struct rcu_head {
	struct rcu_head *next;
	void (*func)(struct rcu_head *head);
};

/* ---------------------------------------------- what the machine provides */

/*
 * call_rcu - run @func on @head when every task that is inside a read section
 * now has left it. It runs as an operation of the rcu task.
 */
void call_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head));
/* Sleep until all callers' readers are gone. Not inside a section. Yields. */
void synchronize_rcu(void);

/*
 * Pages [@pfn, @pfn + 2^@order) with their @bytes of contents at @contents
 * change hands. Under ASan free contents are out of bounds, under MSan those
 * of a new owner are uninitialised.
 * See: arch_alloc_page(), arch_free_page().
 */
void arch_alloc_page(unsigned long pfn, unsigned int order, void *contents,
		     size_t bytes);
void arch_free_page(unsigned long pfn, unsigned int order, void *contents,
		    size_t bytes);

static inline int machine_add_unless(int *counter, int i, int unless)
{
	int old = __atomic_load_n(counter, __ATOMIC_RELAXED);

	while (old != unless &&
	       !__atomic_compare_exchange_n(counter, &old, old + i, 0,
					    __ATOMIC_SEQ_CST, __ATOMIC_RELAXED))
		;
	return old;
}

#ifdef __cplusplus
}
#endif
#endif
