/* SPDX-License-Identifier: MIT */
/*
 * machine_point.h: an access point: its kind, its site, the state it looks at
 * and what the machine implements of it out of line.
 *
 * Owns no name that a kernel header could own too: kernel code includes it as
 * it is, everybody else through machine_types.h.
 * Promises:
 *  1. The path of an access point at which nothing happens is a publication,
 *     a test and a decrement.
 *  2. Fields that tasks share are read and written by relaxed atomics, so
 *     that a thread sanitizer neither reports them nor learns an order.
 */
#ifndef TARGET_MACHINE_POINT_H
#define TARGET_MACHINE_POINT_H

#ifdef __KERNEL__
#include <linux/types.h>
#else
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define MACHINE_CPUS 4

/* What a task announces: accesses, and where it may lose the CPU besides. */
enum machine_kind {
	MACHINE_NONE,
	MACHINE_LOADS,
	MACHINE_STORES,
	MACHINE_RMWS,
	MACHINE_FENCES,
	MACHINE_LOCKS,
	MACHINE_TRYLOCKS,
	MACHINE_UNLOCKS,
	MACHINE_SPINS,
	MACHINE_IRQ_ONS,
	MACHINE_PREEMPT_ONS,
	MACHINE_WAITS,
	MACHINE_WAKES,
	MACHINE_RCU_BEGINS,
	MACHINE_JOINS, /* those who wait to be woken */
};

/* The orders of the kernel memory model. */
enum machine_order {
	MACHINE_PLAIN,
	MACHINE_ONCE,
	MACHINE_DEPEND, /* address dependency */
	MACHINE_ACQUIRE,
	MACHINE_RELEASE,
	MACHINE_FULL,
	MACHINE_RMB,
	MACHINE_WMB,
};

/*
 * A source place of an access point. Written by the compiler, gathered in a
 * section; @hash and @id are the machine's, set once at start from the sorted
 * names. One cache line each, so that the section is an array.
 */
struct site {
	const char *function; /* get_page_unless_zero */
	const char *accessor; /* atomic_add_unless */
	const char *expr; /* &page->_refcount */
	const char *file;
	uint32_t line;
	uint32_t hash; /* of function:accessor(expr)#n */
	uint32_t name_hash; /* of function:accessor(expr) */
	uint32_t function_hash; /* of function */
	uint16_t id; /* rank of the name among the target's; from 1 */
	uint8_t nth; /* the n of #n; from 1 */
	uint8_t size; /* of the access, bytes; 0: no address */
	uint8_t kind; /* enum machine_kind; NONE: of dead code */
	uint8_t order; /* enum machine_order */
	uint16_t place; /* rank among the places of a line; 0: one alone */
	uint32_t serial; /* of the macro's expansion in its file; 0: none */
} __attribute__((aligned(64)));

/* Where a plain access of a binary stands in the source. */
struct plain_place {
	const char *symbol; /* function of the binary; NULL: the last row */
	uint32_t offset; /* where in it the compiler's call returns to */
	uint32_t line;
	const char *function; /* of the source, where it was inlined from */
	const char *file;
};

#define SITE_SECTION __attribute__((section("machine_sites"), aligned(64)))

/* A task as the accessors see it. */
struct machine_task {
	const struct site
		*site; /* the access it is about to make; NULL: its first */
	const volatile void *addr;
	int id;
	int cpu; /* home CPU, 0 .. MACHINE_CPUS - 1 */
	int preempt_off; /* depth of preempt_disable() */
	int irq_off; /* bool: interrupts are off */
	int rcu_depth; /* depth of rcu_read_lock() */
	int announced; /* bool, where plain accesses are access points: at it */
};

struct machine {
	struct machine_task *self; /* the running task */
	long fuel; /* access points to go until one matters */
	int watch; /* bool: somebody wants results */
	int weak; /* bool: in this run loads may be of the past, stores late */
	int rcu_pending; /* callbacks waiting for readers */
	uintptr_t arena; /* what machine_alloc() hands out ... */
	size_t arena_size; /* ... lies in here, bytes */
};

extern struct machine machine;

#define MACHINE_GET(x) __atomic_load_n(&(x), __ATOMIC_RELAXED)
#define MACHINE_SET(x, v) __atomic_store_n(&(x), v, __ATOMIC_RELAXED)
#define MACHINE_COUNT(x, i) MACHINE_SET(x, MACHINE_GET(x) + (i))

/* Between these two ThreadSanitizer overlooks what the task reads or writes. */
#if defined(__SANITIZE_THREAD__)
#define MACHINE_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define MACHINE_TSAN 1
#endif
#endif
#ifdef MACHINE_TSAN
void __tsan_ignore_thread_begin(void);
void __tsan_ignore_thread_end(void);
#define MACHINE_RACE_BEGIN() __tsan_ignore_thread_begin()
#define MACHINE_RACE_END() __tsan_ignore_thread_end()
#else
#define MACHINE_RACE_BEGIN() ((void)0)
#define MACHINE_RACE_END() ((void)0)
#endif

/*
 * Where plain accesses are access points, too: the marked access between these
 * two is announced once, and a plain store before it is over by now.
 */
#ifdef PAGERACE_PLAIN
#define MACHINE_ANNOUNCE(task)                                                 \
	(machine_settle(), MACHINE_SET((task)->announced, 1))
#define MACHINE_PERFORMED() MACHINE_SET(machine.self->announced, 0)
#else
#define MACHINE_ANNOUNCE(task) ((void)0)
#define MACHINE_PERFORMED() ((void)0)
#endif

/* The same where access points lie between the two, at each of which a run may end. */
void machine_race_begin(void);
void machine_race_end(void);

/* ---------------------------------------------- what the machine provides */

/* Slow path of an access point. Yields. Returns: true if it was answered. */
bool machine_step(uint64_t *value);
/* The access was performed; @old and @now as raw bits. */
void machine_done(uint64_t old, uint64_t now);
/* The lock @owner is held by another. Returns when it may be free. Yields. */
void machine_blocked(struct site *site, unsigned int *owner);
void machine_spin(struct site *site);
/* Let another go first, once; its site is of kind SPINS. Yields. */
void machine_rest(struct site *site);
/*
 * Of a target that is a program: an idle task begins its OP_THREAD. Its site has no
 * address. Yields. Returns: the task, or -1: all are busy.
 */
int machine_spawn(struct site *site);
/* ... which says so as the first thing that it does. */
void machine_spawned(void);
/* The step under way stores to @size bytes at @addr, whatever it announced. */
void machine_touch(const volatile void *addr, size_t size);
/* The run ends here, well, with whatever the other tasks are at. */
__attribute__((noreturn)) void machine_exit(void);
/* The running task's last plain store was performed, if that is not known yet. */
void machine_settle(void);
/* The running task passed a fence of that order: machine_fence(). */
void machine_fenced(uint8_t order);
int machine_irq_off(void);
void machine_irq_restore(struct site *site, int flags);

void machine_rcu_exit(void);

void machine_prepare_to_wait(const volatile void *var);
void machine_wait(struct site *site);
void machine_finish_wait(void);
void machine_wake(struct site *site, const volatile void *var);

/*
 * From now on the running task is on @cpu, which it comes to when no task there
 * has preemption or interrupts off. Not with its own off. Yields.
 */
void machine_migrate(struct site *site, int cpu);

/*
 * machine_alloc - @size bytes, at most MACHINE_OBJECT_MAX, uninitialised.
 * First in, first out: what was freed last comes back last. An access point
 * inside a freed object is a finding.
 * Returns: NULL when the arena is exhausted, and when the program wants this
 * allocation of its operation to fail.
 */
#define MACHINE_OBJECT_MAX 640
void *machine_alloc(size_t size);
void machine_free(void *object);
/*
 * Memory of the @nr-th object that a target has from its start (target.h, homes): it is
 * live when a run begins, with what is in it restored as a region's, OBJECT_MAX bytes.
 * No other object takes its place. Given back by machine_free(), it may come again.
 */
#define MACHINE_HOMES_MAX 2
void *machine_home(unsigned int nr);
/* Returns: false, it was not given back. Else it is live, and uninitialised. */
bool machine_home_again(unsigned int nr);
/* Number of the object that @addr lies in and its start; -1: none. */
int machine_object(const volatile void *addr, const void **start);
/* Does @addr lie in an object that was not given back? For views. */
bool machine_live(const volatile void *addr);
/* Does such an object begin there? For views that walk a tree at each step. */
bool machine_is_object(const volatile void *addr);

/*
 * What a disk holds of a file at @position, of 0 .. 127: each byte of it. The first
 * file's are 1 .. 64, the next one's 0xc0 .. 0xff.
 */
#define MACHINE_DISK(position)                                                 \
	((unsigned char)((position) < 64 ? (position) + 1 : (position) + 128))

/* @size bytes at @addr are about to leave the machine: MSan looks at them. */
void machine_leaves(const void *addr, size_t size);

/* A broken promise that the target itself noticed: ends the run. */
__attribute__((noreturn)) void machine_bug(const char *id);
/* ... about what lies at @object; NULL: of nothing in particular. */
__attribute__((noreturn)) void machine_bug_of(const char *id,
					      const volatile void *object);

/* ------------------------------------------------------------ hot path */

/*
 * Publish and perhaps yield. @value: operand or value to store, or where to
 * put the answer; NULL: none. Returns: true if the access must not be made.
 */
static inline bool machine_before(struct site *site, const volatile void *addr,
				  uint64_t *value)
{
	struct machine_task *self = MACHINE_GET(machine.self);
	uintptr_t offset = (uintptr_t)addr - MACHINE_GET(machine.arena);
	long fuel;

	MACHINE_ANNOUNCE(self);
	fuel = MACHINE_GET(machine.fuel) - 1;
	MACHINE_SET(self->site, site);
	MACHINE_SET(self->addr, addr);
	MACHINE_SET(machine.fuel, fuel);
	if (__builtin_expect(fuel >= 0, 1) &&
	    offset >= MACHINE_GET(machine.arena_size))
		return false;
	return machine_step(value);
}

static inline void machine_after(uint64_t old, uint64_t now)
{
	MACHINE_PERFORMED();
	if (__builtin_expect(MACHINE_GET(machine.watch), 0))
		machine_done(old, now);
}

/*
 * A fence of @order (enum machine_order) that is no access point: what orders the
 * task's accesses and cannot be told from what it does next.
 */
static inline void machine_fence(uint8_t order)
{
#ifdef PAGERACE_PLAIN
	machine_settle();
#endif
	if (__builtin_expect(MACHINE_GET(machine.watch), 0))
		machine_fenced(order);
}

/* A lock is a word. Free: 0. Held: 1 + id of the owning task. */
static inline bool machine_lock(unsigned int *owner)
{
	unsigned int unlocked = 0;

	return __atomic_compare_exchange_n(owner, &unlocked,
					   1U + (unsigned int)machine.self->id,
					   0, __ATOMIC_ACQUIRE,
					   __ATOMIC_RELAXED);
}

/* Unlocking what another task holds, or nobody, is a finding. */
static inline void machine_unlock(unsigned int *owner)
{
	if (__atomic_load_n(owner, __ATOMIC_RELAXED) !=
	    1U + (unsigned int)machine.self->id)
		machine_bug("unlock-by-stranger");
	__atomic_store_n(owner, 0, __ATOMIC_RELEASE);
}

#ifdef __cplusplus
}
#endif
#endif
