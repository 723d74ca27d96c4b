/* SPDX-License-Identifier: MIT */
/*
 * observer.h: an observer: who looks on while a program is played.
 *
 * First member of a struct that keeps what it saw. The engine calls it in the
 * order of steps; a callback that is NULL is not wanted.
 *
 * Promises:
 *  1. Nothing that it does changes the run; it may break it off, if it says so.
 *  2. Set-up and epilogue are shown as well: engine->hands_off tells.
 *
 * Yields: never.
 * See: record.h (steps), feedback.h (what is new), diary.h (from outside),
 *      leftovers.h (what was not done).
 */
#ifndef FUZZ_OBSERVER_H
#define FUZZ_OBSERVER_H

#include "checker.h"

struct engine;

/* Why an operation is passed over. */
enum passed {
	PASSED_NOT, /* it is done */
	PASSED_LACKED, /* the target has none such */
	PASSED_EMPTY, /* nothing stands in the handle that it takes */
	PASSED_ILLEGAL, /* what stands there may not be had once more */
	PASSED_SPARED, /* it is done; the allocation that was to fail did not come */
};

/* What no access point tells of, though steps can meet there. */
enum touch_what {
	TOUCH_MEMORY, /* bytes: an object that comes or goes */
	TOUCH_HANDLE, /* handles: HANDLE_KINDS of them a name */
	TOUCH_PAGES, /* pages: who owns them, by the books */
	TOUCH_INDICES, /* of the cache: which page stands there */
	TOUCH_WAITERS, /* bytes: who waits for them */
	TOUCH_SECTIONS, /* tasks: is it inside a read section? */
	TOUCH_CALLBACKS, /* slots of the queue; ENGINE_CALLBACKS: its end */
	TOUCH_FLIGHT, /* 0: how many operations are under way */
};

enum touch_how {
	TOUCH_WRITES,
	TOUCH_READS,
	TOUCH_BEGINS, /* commutes with its like, as reading does */
	TOUCH_ENDS, /* and so does this */
	TOUCH_ENABLES, /* one could not be before the other */
};

struct touch {
	enum touch_what what;
	enum touch_how how;
	uintptr_t at; /* @size things from here on */
	size_t size;
};

struct observer {
	/* A run is about to begin. */
	void (*reset)(struct observer *observer, const struct engine *engine);
	/* An operation of the running task begins. */
	void (*begin)(struct observer *observer, const struct engine *engine,
		      enum operation op, const struct op_args *args);
	/* It made @access; without an address, a lock or fence or the like. */
	void (*access)(struct observer *observer, const struct engine *engine,
		       const struct access *access);
	/* A delayed store of @access->task, made at @site, is seen by all. */
	void (*landed)(struct observer *observer, const struct engine *engine,
		       const struct access *access, const struct site *site);
	/* It passed a fence of @order that is no access point. */
	void (*fence)(struct observer *observer, const struct engine *engine,
		      uint8_t order);
	/* It was about to touch what is no more. */
	void (*dead_access)(struct observer *observer,
			    const struct engine *engine);
	/* It got (@alloc) or gave back the block of @order at @pfn. */
	void (*pages)(struct observer *observer, const struct engine *engine,
		      unsigned long pfn, unsigned int order, bool alloc);
	/* Its step met what @touch says. */
	void (*touch)(struct observer *observer, const struct engine *engine,
		      const struct touch *touch);
	/* Its operation has ended, with @result ... */
	void (*end)(struct observer *observer, const struct engine *engine,
		    const struct op_result *result);
	/* ... which is in the books now. Not of callbacks. */
	void (*settled)(struct observer *observer, const struct engine *engine,
			enum operation op, const struct op_result *result);
	/* The running task's operation is passed over. */
	void (*passed)(struct observer *observer, const struct engine *engine,
		       enum passed why);
};

#endif
