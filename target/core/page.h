/* SPDX-License-Identifier: MIT */
/*
 * page.h: struct page, its flags and its reference count.
 *
 * Promises:
 *  1. _refcount is 0 while the page is free; an allocation sets it to 1 on its
 *     first page only. Nobody takes a reference on a count of 0.
 *  2. A compound block is freed through its head when the head's count drops
 *     to 0; whoever drops it frees the whole block.
 *  3. A non-compound block of order k records its order nowhere: only its
 *     owner knows it.
 *
 * Yields: at every access to _refcount, flags and compound_head but those
 *   whose kernel name starts with two underscores or that sit under a lock.
 * See: include/linux/mm_types.h, page-flags.h, page_ref.h.
 */
#ifndef CORE_PAGE_H
#define CORE_PAGE_H

#include "list.h"
#include "machine.h"
#include "target.h"

#define MAX_ORDER TARGET_ORDER_MAX
#define PAGE_SIZE 64 /* bytes of contents: enough to be stale */

enum pageflags {
	PG_locked,
	PG_uptodate,
	PG_head,
};

/* page_type of a free block's first page; of all other pages: NONE. */
#define PAGE_TYPE_NONE 0xffffffffU
#define PAGE_TYPE_BUDDY 0xffffff7fU

struct address_space;

struct page {
	unsigned long flags;
	union {
		struct { /* cached, or on a free list */
			struct list_head lru;
			struct address_space *mapping;
			unsigned long index;
			unsigned long private; /* order, when free */
		};
		struct { /* tail of a compound block */
			unsigned long compound_head; /* bit 0 set */
			unsigned char compound_order; /* first tail only */
		};
	};
	unsigned int page_type;
	atomic_t _refcount;
};

unsigned long page_to_pfn(const struct page *page);
void *page_address(const struct page *page);

/* ---------------------------------------------------------------- flags */

static inline bool PageHead(struct page *page)
{
	return test_bit(PG_head, &page->flags);
}

static inline bool PageTail(struct page *page)
{
	return READ_ONCE(page->compound_head) & 1;
}

static inline struct page *compound_head(struct page *page)
{
	unsigned long head = READ_ONCE(page->compound_head);

	return head & 1 ? (struct page *)(head - 1) : page;
}

static inline void set_compound_head(struct page *page, struct page *head)
{
	WRITE_ONCE(page->compound_head, (unsigned long)head + 1);
}

static inline void clear_compound_head(struct page *page)
{
	WRITE_ONCE(page->compound_head, 0UL);
}

/* Of a head that the caller holds a reference on, or has just frozen. */
static inline unsigned int compound_order(const struct page *head)
{
	return head->flags & BIT(PG_head) ? head[1].compound_order : 0;
}

static inline bool PageBuddy(const struct page *page)
{
	return page->page_type == PAGE_TYPE_BUDDY;
}

/* The flag first, then the contents. Returns: true if they may be read. */
static inline bool PageUptodate(struct page *page)
{
	bool uptodate = test_bit(PG_uptodate, &page->flags);

	if (uptodate)
		smp_rmb();
	return uptodate;
}

/* The contents first, then the flag. */
static inline void SetPageUptodate(struct page *page)
{
	smp_wmb();
	set_bit(PG_uptodate, &page->flags);
}

/* ------------------------------------------------------------- page lock */

static inline bool PageLocked(struct page *page)
{
	return test_bit(PG_locked, &page->flags);
}

static inline bool trylock_page(struct page *page)
{
	return !test_and_set_bit_lock(PG_locked, &page->flags);
}

/* Sleeps until the page is the caller's. */
static inline void lock_page(struct page *page)
{
	wait_var_event(&page->flags, trylock_page(page));
}

/* Always wakes: there is no PG_waiters to spare the call. */
static inline void unlock_page(struct page *page)
{
	VM_BUG_ON(!(data_race(page->flags) & BIT(PG_locked)),
		  "unlock-of-a-free-lock");
	clear_bit_unlock(PG_locked, &page->flags);
	wake_up_var(&page->flags);
}

/* ------------------------------------------------------ reference count */

static inline int page_count(struct page *page)
{
	return atomic_read(&compound_head(page)->_refcount);
}

static inline void set_page_count(struct page *page, int count)
{
	atomic_set(&page->_refcount, count);
}

/*
 * get_page_unless_zero - a speculative reference: @page may by now be anything
 * at all. What it is, the caller has to find out afterwards.
 * Returns: false if the page was free or frozen.
 */
static inline bool get_page_unless_zero(struct page *page)
{
	return atomic_add_unless(&page->_refcount, 1, 0);
}

/* Returns: true if that was the last reference. */
static inline bool put_page_testzero(struct page *page)
{
	return atomic_dec_and_test(&page->_refcount);
}

/*
 * page_ref_freeze - take the count from exactly @count to 0, so that nobody
 * can get a reference. Returns: false if somebody else held one.
 */
static inline bool page_ref_freeze(struct page *page, int count)
{
	return atomic_cmpxchg(&page->_refcount, count, 0) == count;
}

static inline void page_ref_unfreeze(struct page *page, int count)
{
	smp_store_release(&page->_refcount.counter, count);
}

/* One more reference, by somebody who holds one. */
static inline void get_page(struct page *page)
{
	atomic_inc(&compound_head(page)->_refcount);
}

#endif
