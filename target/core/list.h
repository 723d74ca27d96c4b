/* SPDX-License-Identifier: MIT */
/*
 * list.h: circular doubly linked lists with a head, as in the kernel.
 *
 * next is stored once: in a struct page it shares its word with compound_head,
 * which those who hold a stale reference read.
 *
 * Yields: never; lists are plain memory under somebody's lock.
 */
#ifndef CORE_LIST_H
#define CORE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "machine.h"

struct list_head {
	struct list_head *next, *prev;
};

#define list_entry(link, type, member)                                         \
	((type *)(void *)((char *)(link) - offsetof(type, member)))

static inline void INIT_LIST_HEAD(struct list_head *head)
{
	head->next = head;
	head->prev = head;
}

static inline bool list_empty(const struct list_head *head)
{
	return head->next == head;
}

static inline void list_insert(struct list_head *link, struct list_head *prev,
			       struct list_head *next)
{
	link->prev = prev;
	__WRITE_ONCE(link->next, next);
	__WRITE_ONCE(prev->next, link);
	next->prev = link;
}

static inline void list_add(struct list_head *link, struct list_head *head)
{
	list_insert(link, head, head->next);
}

static inline void list_add_tail(struct list_head *link, struct list_head *head)
{
	list_insert(link, head->prev, head);
}

static inline void list_del(struct list_head *link)
{
	link->next->prev = link->prev;
	__WRITE_ONCE(link->prev->next, link->next);
	__WRITE_ONCE(link->next, NULL);
	link->prev = NULL;
}

#endif
