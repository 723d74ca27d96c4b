/* SPDX-License-Identifier: MIT */
/*
 * machine_stub.c: the machine for unit tests: one task that never yields.
 *
 * Owns: machine, and an arena of MACHINE_STUB_OBJECTS objects.
 * Promises:
 *  1. Every access point is passed at once; no access is answered.
 *  2. Objects are handed out in the order in which they became free, the fresh
 *     ones first; a freed one is full of FREED_BYTE until then.
 *  3. A callback runs in call_rcu() if no read section is open, otherwise when
 *     the outermost one is left. To keep preemption or interrupts off is one.
 */
#include "machine_stub.h"

#include <limits.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OBJECTS MACHINE_STUB_OBJECTS
#define SLOTS (OBJECTS + MACHINE_HOMES_MAX)
#define FREED_BYTE 0x6b

/* A ring of freed objects' numbers. Those from @fresh on were never used. */
struct free_ring {
	unsigned char nr[OBJECTS];
	unsigned int first, count, fresh;
};

struct stub {
	_Alignas(64) unsigned char arena[SLOTS][MACHINE_OBJECT_MAX];
	bool live[SLOTS];
	struct free_ring ring;
	struct rcu_head *callbacks, **callbacks_end;
	const volatile void *waits_for;
	bool woken;
	void (*step)(void *arg, const struct site *site,
		     const volatile void *addr);
	void *step_arg;
	jmp_buf *catcher; /* NULL: a bug aborts */
	const char *caught;
};

static struct stub stub;
static struct machine_task stub_task;

struct machine machine = {
	.self = &stub_task,
	.fuel = LONG_MAX,
	.arena = (uintptr_t)&stub.arena,
	.arena_size = sizeof(stub.arena),
};

/* --------------------------------------------------------- access points */

bool machine_step(uint64_t *value)
{
	void (*step)(void *arg, const struct site *site,
		     const volatile void *addr) = stub.step;

	(void)value;
	machine.fuel = LONG_MAX;
	if (!step)
		return false;
	stub.step = NULL;
	step(stub.step_arg, stub_task.site, stub_task.addr);
	stub.step = step;
	machine.fuel = 0;
	return false;
}

void machine_done(uint64_t old, uint64_t new)
{
	(void)old, (void)new;
}

/* -------------------------------------- what would wait for another task */

void machine_blocked(struct site *site, unsigned int *owner)
{
	(void)site, (void)owner;
	machine_bug("blocked-for-ever");
}

void machine_spin(struct site *site)
{
	(void)site;
	machine_bug("spinning-for-ever");
}

/* There is nobody else. */
void machine_rest(struct site *site)
{
	machine_before(site, NULL, NULL);
	machine_after(0, 0);
}

void machine_prepare_to_wait(const volatile void *var)
{
	stub.waits_for = var;
	stub.woken = false;
}

void machine_wait(struct site *site)
{
	(void)site;
	if (!stub.woken)
		machine_bug("waiting-for-ever");
}

void machine_migrate(struct site *site, int cpu)
{
	(void)site;
	machine.self->cpu = cpu;
}

void machine_finish_wait(void)
{
	stub.waits_for = NULL;
}

/* By a step of the test, between the task's look and its sleep. */
void machine_wake(struct site *site, const volatile void *var)
{
	machine_before(site, var, NULL);
	stub.woken |= var == stub.waits_for;
}

/* ------------------------------------------------------------ interrupts */

/* No store is ever pending. */
void machine_settle(void)
{
}

void machine_race_begin(void)
{
}

void machine_race_end(void)
{
}

void machine_fenced(uint8_t order)
{
	(void)order;
}

int machine_irq_off(void)
{
	int flags = stub_task.irq_off;

	stub_task.irq_off = 1;
	return flags;
}

void machine_irq_restore(struct site *site, int flags)
{
	stub_task.irq_off = flags;
	machine_rcu_exit();
	machine_before(site, NULL, NULL);
}

/* ------------------------------------------------------------------- RCU */

static bool is_reader(void)
{
	return stub_task.rcu_depth || stub_task.preempt_off ||
	       stub_task.irq_off;
}

void call_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head))
{
	if (!is_reader()) {
		func(head);
		return;
	}
	head->next = NULL;
	head->func = func;
	if (!machine.rcu_pending)
		stub.callbacks_end = &stub.callbacks;
	*stub.callbacks_end = head;
	stub.callbacks_end = &head->next;
	machine.rcu_pending++;
}

void machine_rcu_exit(void)
{
	while (!is_reader() && machine.rcu_pending) {
		struct rcu_head *head = stub.callbacks;

		stub.callbacks = head->next;
		machine.rcu_pending--;
		head->func(head);
	}
}

void synchronize_rcu(void)
{
	if (is_reader())
		machine_bug("synchronize-inside-a-read-section");
}

/* ----------------------------------------------------------------- arena */

static int ring_take(struct free_ring *ring)
{
	if (ring->fresh < OBJECTS)
		return (int)ring->fresh++;
	if (!ring->count)
		return -1;
	ring->count--;
	return ring->nr[ring->first++ % OBJECTS];
}

static void ring_give(struct free_ring *ring, int nr)
{
	ring->nr[(ring->first + ring->count++) % OBJECTS] = (unsigned char)nr;
}

void *machine_alloc(size_t size)
{
	int nr = size > MACHINE_OBJECT_MAX ? -1 : ring_take(&stub.ring);

	if (nr < 0)
		return NULL;
	stub.live[nr] = true;
	return stub.arena[nr];
}

void machine_free(void *object)
{
	const void *start;
	int nr = machine_object(object, &start);

	if (nr < 0 || start != object || !stub.live[nr])
		machine_bug("free-of-no-object");
	stub.live[nr] = false;
	memset(object, FREED_BYTE, MACHINE_OBJECT_MAX);
	if (nr < OBJECTS)
		ring_give(&stub.ring, nr);
}

void *machine_home(unsigned int nr)
{
	return stub.arena[OBJECTS + nr];
}

bool machine_home_again(unsigned int nr)
{
	bool *live = &stub.live[OBJECTS + nr];

	if (*live)
		return false;
	*live = true;
	return true;
}

int machine_object(const volatile void *addr, const void **start)
{
	uintptr_t at = (uintptr_t)addr - (uintptr_t)stub.arena;

	if (at >= sizeof(stub.arena))
		return -1;
	if (start)
		*start = stub.arena[at / MACHINE_OBJECT_MAX];
	return (int)(at / MACHINE_OBJECT_MAX);
}

bool machine_live(const volatile void *addr)
{
	int nr = machine_object(addr, NULL);

	return nr >= 0 && stub.live[nr];
}

bool machine_is_object(const volatile void *addr)
{
	const void *start;

	return machine_object(addr, &start) >= 0 && start == addr &&
	       machine_live(addr);
}

/* --------------------------------------------------------- pages and bugs */

void arch_alloc_page(unsigned long pfn, unsigned int order, void *contents,
		     size_t bytes)
{
	(void)pfn, (void)order, (void)contents, (void)bytes;
}

void arch_free_page(unsigned long pfn, unsigned int order, void *contents,
		    size_t bytes)
{
	(void)pfn, (void)order, (void)contents, (void)bytes;
}

void machine_leaves(const void *addr, size_t size)
{
	(void)addr, (void)size;
}

void machine_bug(const char *id)
{
	if (!stub.catcher) {
		fprintf(stderr, "machine_bug: %s\n", id);
		abort();
	}
	stub.caught = id;
	longjmp(*stub.catcher, 1);
}

/* There is no run that could end. */
void machine_exit(void)
{
	machine_bug("the-run-ends");
}

void machine_bug_of(const char *id, const volatile void *object)
{
	(void)object;
	machine_bug(id);
}

/* ------------------------------------------------------- for tests to see */

void machine_stub_reset(void)
{
	memset(&stub, 0, sizeof(stub));
	memset(&stub.live[OBJECTS], true, MACHINE_HOMES_MAX);
	memset(&stub_task, 0, sizeof(stub_task));
	machine.fuel = LONG_MAX;
	machine.rcu_pending = 0;
}

void machine_stub_set_cpu(int cpu)
{
	stub_task.cpu = cpu;
}

unsigned int machine_stub_live(void)
{
	return stub.ring.fresh - stub.ring.count;
}

const char *machine_stub_catch(void (*fn)(void *arg), void *arg)
{
	jmp_buf here;

	stub.caught = NULL;
	stub.catcher = &here;
	if (!setjmp(here))
		fn(arg);
	stub.catcher = NULL;
	return stub.caught;
}

void machine_stub_watch(void (*step)(void *arg, const struct site *site,
				     const volatile void *addr),
			void *arg)
{
	stub.step = step;
	stub.step_arg = arg;
	machine.fuel = step ? 0 : LONG_MAX;
}
