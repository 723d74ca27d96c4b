/* SPDX-License-Identifier: MIT */
/*
 * weak.h: weak memory: which stores others see, and which loads are of the past.
 *
 *	task    access --> memory            as if it were sequentially consistent,
 *	                     |               but for what the schedule asks for:
 *	        delay: a note that others do not see the store yet
 *	        stale: the load finds what stood there before
 *
 * Each store takes effect when it is committed, at or after its access; each load
 * at some time at or before it. Those times agree with every order that the
 * kernel's memory model forces, so that what is played is allowed (README.md).
 *
 * A delayed store is made at once. When its task loses the CPU it is undone, and
 * made again when the task gets the CPU back: its task sees it by any means, others
 * by none. Committing takes the note away.
 *
 * Promises:
 *  1. Without a reordering every load finds the newest value and every store is
 *     committed with its access: sequential consistency, step by step.
 *  2. Two commits to one place are in the order in which one task made them, and
 *     no load of a task goes back behind what it has seen or stored there.
 *  3. Nothing is allocated; what does not fit any more is committed, or not stale.
 *
 * Yields: never. Knows tasks by number and nothing of schedules.
 * See: tools/memory-model/Documentation/explanation.txt; seen.c, notes.c, past.c.
 */
#ifndef FUZZ_WEAK_H
#define FUZZ_WEAK_H

#include "stamps.h"
#include "target.h"

#define WEAK_TASKS 10
#define WEAK_COMMITS 1024 /* kept; a power of two */
#define WEAK_BUCKETS 256 /* a power of two */
#define WEAK_NOTES 16 /* a task's delayed stores; of more the oldest goes */
#define WEAK_FLOORS 32 /* places that a task has seen since its last barrier */
#define WEAK_OBJECTS 32 /* objects that it was pointed to in its operation */
#define WEAK_NUMBERS 64 /* numbers that are told apart; a power of two */
#define WEAK_PLACES 256 /* static addresses that are known; a power of two */
#define WEAK_ORDERS_STORES 1 /* of a fence */
#define WEAK_ORDERS_LOADS 2
#define WEAK_BYTES 8 /* of an access that is reordered, inside one such word */

/* A store that took effect. */
struct weak_commit {
	uint64_t time;
	uintptr_t addr;
	uint8_t size; /* 0: forgotten */
	uint16_t below; /* the one before in its bucket, from 1; 0: none */
	unsigned char old[WEAK_BYTES], new[WEAK_BYTES];
};

/* A store that others do not see yet. */
struct weak_note {
	uintptr_t addr;
	const struct site *site;
	uint8_t size;
	uint8_t until; /* how often its task gets the CPU first; 0: no matter */
	uint8_t turns; /* how often it has got it */
	uint8_t entry; /* the caller's: who asked for it */
	bool sectioned; /* a read section ended with it or after it */
	unsigned char old[WEAK_BYTES], new[WEAK_BYTES];
};

struct weak_floor {
	uintptr_t addr;
	size_t size;
	uint64_t time;
};

struct weak_task {
	/* No load takes effect before ... */
	uint64_t since; /* ... this */
	uint64_t pointed; /* ... a pointer was loaded, if of what it points to */
	uint64_t counted; /* ... another value was, if inside an object */
	bool any_number;
	/* ... a number was, if of the page with that number (modulo) */
	uint64_t numbered[WEAK_NUMBERS];
	uint64_t left; /* when it left a read section last */
	uint64_t grace; /* no load in one takes effect before this */
	bool away; /* it lost the CPU: its notes are undone */
	bool past; /* loads of its operation may be of the past: else no times are kept */
	unsigned int nr_notes, nr_floors, nr_objects;
	struct weak_note notes[WEAK_NOTES]; /* oldest first */
	struct weak_floor floors[WEAK_FLOORS];
	int objects[WEAK_OBJECTS];
};

/* The access under way; only one is at a time. */
struct weak_open {
	const struct site *site; /* NULL: none, or it is not looked at */
	uintptr_t addr;
	uint8_t back; /* so many values ago: memory shows that until it is over */
	bool late; /* its store is to be delayed */
	bool kept; /* of a store: weak_keep() opened it */
	uint8_t until, entry;
	uint64_t effect; /* of a load: when */
	unsigned char before[WEAK_BYTES];
};

struct weak_place {
	uintptr_t addr;
	int object; /* as weak_object() returns it */
};

struct weak {
	bool on; /* else nobody asks */
	bool stale; /* loads may be of the past: else no commits are kept */
	uint64_t now; /* commits up to now, and one */
	const struct target *target;
	const struct stamps *stamps;
	int nr_regions;
	struct target_region regions[TARGET_REGIONS_MAX];
	struct weak_open open;
	struct weak_task tasks[WEAK_TASKS];
	unsigned int nr_pending; /* notes of all tasks */
	unsigned int nr_commits; /* all there were */
	uint16_t bucket[WEAK_BUCKETS];
	struct weak_commit commits[WEAK_COMMITS];
	struct weak_place places[WEAK_PLACES];
	/* @task's delayed store is seen by all from now on. */
	void (*landed)(void *arg, int task, const struct weak_note *note);
	void *arg;
};

/* A run begins; @stamps: whose contents are whose, if the target is stamped. */
void weak_begin(struct weak *weak, const struct target *target,
		const struct stamps *stamps);

/* ------------------------------------------------------------ an access */

/* Can others see the store later than @task makes it? */
bool weak_can_delay(const struct site *site, const volatile void *addr);
/* How many values back may the load of @task go, at most @most? */
unsigned int weak_ways(struct weak *weak, int task, const struct site *site,
		       const volatile void *addr, unsigned int most);
/*
 * @task is about to make the access, and nobody runs before it has. @back values
 * ago, 0: now; then not before @at_least. Returns: when a load takes effect.
 */
uint64_t weak_before(struct weak *weak, int task, const struct site *site,
		     const volatile void *addr, unsigned int back,
		     uint64_t at_least);
/* The same where nothing else is: around a store or RMW, for others' loads of the past. */
void weak_keep(struct weak *weak, const struct site *site,
	       const volatile void *addr);
void weak_kept(struct weak *weak, const struct site *site,
	       const volatile void *addr);
/* The store about to be made is delayed. */
void weak_delay(struct weak *weak, uint8_t until, uint8_t entry);
/* It made it. Returns: false if others do not see it yet. */
bool weak_after(struct weak *weak, int task, const struct site *site,
		const volatile void *addr, uint64_t old, uint64_t new);

/* -------------------------------------------------------------- barriers */

/* All of @task's stores are seen. */
void weak_flush(struct weak *weak, int task);
/* And no later load of it takes effect before now. */
void weak_barrier(struct weak *weak, int task);
/* What does a fence of @order (enum machine_order) keep apart? WEAK_ORDERS_... */
static inline uint8_t weak_orders(uint8_t order)
{
	if (order == MACHINE_RMB || order == MACHINE_ACQUIRE)
		return WEAK_ORDERS_LOADS;
	if (order == MACHINE_WMB || order == MACHINE_RELEASE)
		return WEAK_ORDERS_STORES;
	return WEAK_ORDERS_LOADS | WEAK_ORDERS_STORES;
}
/* As a fence of that order does. */
void weak_fence(struct weak *weak, int task, uint8_t order);
/* An operation begins: a barrier, and nothing is pointed to. @past: in struct weak_task. */
void weak_operation(struct weak *weak, int task, bool past);
/* Is anything to be known of @task's accesses but what its stores leave? */
static inline bool weak_attends(const struct weak *weak, int task)
{
	return weak->tasks[task].past || weak->tasks[task].nr_notes;
}
/* @task's loads take effect at @time or later. */
void weak_since(struct weak *weak, int task, uint64_t time);
/* @task leaves a read section. */
void weak_section_end(struct weak *weak, int task);
/* A grace period is over: what was stored in sections of @task is seen. */
void weak_grace(struct weak *weak, int task);
/* @size bytes at @object are not what they were. */
void weak_forget(struct weak *weak, const void *object, size_t size);

/* ---------------------------------------------------------------- seen.c */

static inline uint64_t weak_later(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* No later load of those bytes takes effect before @time. */
void weak_raise(struct weak_task *self, uintptr_t addr, size_t size,
		uint64_t time);
/* The task got @value, which addresses may be made of, at @effect. */
void weak_note_value(struct weak *weak, struct weak_task *self,
		     unsigned int size, uint64_t value, uint64_t effect);
/*
 * When a load there may take effect at the earliest. An object that no marked load
 * pointed to may have been reached through anything: now.
 */
uint64_t weak_lowest(struct weak *weak, int task, uintptr_t addr, size_t size);

/* --------------------------------------------------------------- notes.c */

/* The store just made is noted. */
void weak_defer(struct weak *weak, int task, const struct weak_note *note);
/* Own stores that overlap it are committed first. */
void weak_make_way(struct weak *weak, int task, uintptr_t addr, size_t size);
bool weak_is_noted(const struct weak_task *task, uintptr_t addr, size_t size);
/* Note @at is committed, and what has to be before it. */
void weak_land(struct weak *weak, int task, unsigned int at);
/* @task loses the CPU. */
void weak_leave(struct weak *weak, int task);
/* Stores that others do not see are shown, and hidden again. */
void weak_show(struct weak *weak, bool show);
/* It gets it back. Returns: a note whose object is no more, or NULL. */
const struct weak_note *weak_return(struct weak *weak, int task);

/* ---------------------------------------------------------------- past.c */

/* @old and @new have WEAK_BYTES, of which the first @size count. */
void weak_commit(struct weak *weak, uintptr_t addr, size_t size,
		 const unsigned char *old, const unsigned char *new);
/*
 * What stood there @back values ago, into @bytes, and when that is seen by a load
 * not before @low. Returns: false if it cannot be.
 */
bool weak_past(const struct weak *weak, uintptr_t addr, size_t size,
	       unsigned int back, uint64_t low, unsigned char *bytes,
	       uint64_t *effect);

/* -------------------------------------------------------------- object.c */

#define WEAK_NO_OBJECT (-1) /* what lies there is never stale */
#define WEAK_SCALAR (-2) /* one of a kind, of a static region */
#define WEAK_PAGE 0x1000000 /* and its number: a page, or its contents */

/* What @addr lies in: one of these, or the number of an object. */
int weak_object(struct weak *weak, const volatile void *addr);
bool weak_is_pointer(const struct weak *weak, uint64_t value);

typedef uint64_t weak_eight __attribute__((may_alias, aligned(1)));
typedef uint32_t weak_four __attribute__((may_alias, aligned(1)));

/* Bytes that a sanitizer may hold to be nobody's. */
static inline void weak_copy(volatile void *to, const volatile void *from,
			     size_t size)
{
	const volatile unsigned char *at = from;
	volatile unsigned char *into = to;

	if (size == sizeof(weak_eight)) {
		*(volatile weak_eight *)to = *(const volatile weak_eight *)from;
		return;
	}
	if (size == sizeof(weak_four)) {
		*(volatile weak_four *)to = *(const volatile weak_four *)from;
		return;
	}
	while (size--)
		*into++ = *at++;
}

#endif
