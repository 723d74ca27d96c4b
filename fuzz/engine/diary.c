/* SPDX-License-Identifier: MIT */
/* diary.c: see diary.h. */
#include "diary.h"

static struct diary *diary_of(struct observer *observer)
{
	return (struct diary *)(void *)observer;
}

static void diary_reset(struct observer *observer, const struct engine *engine)
{
	(void)engine;
	diary_of(observer)->nr = 0;
}

static struct diary_page page_now(const struct engine *engine, int pfn)
{
	const struct target *target = engine->target;
	const struct books *books = &engine->scene.books;
	struct diary_page page = { .pfn = TARGET_NO_PAGE };

	if (pfn < 0 || pfn >= (int)books->pages)
		return page;
	page.pfn = (int16_t)pfn;
	page.count = target->count ? (int16_t)target->count(pfn) : 0;
	page.held = books->page[pfn].held;
	page.order = page.held ? books->page[pfn].order :
				 (uint8_t)target_folio_order(target, pfn);
	return page;
}

static void note_cache(struct diary_entry *entry, const struct engine *engine)
{
	const struct target *target = engine->target;
	unsigned long i;

	for (i = 0; i < TARGET_INDEX_MAX; i++) {
		bool named = positions_has(&engine->scene.books.positions, i);

		entry->cache[i] = page_now(engine,
					   named && target->cache_entry ?
						   target->cache_entry(i) :
						   TARGET_NO_PAGE);
	}
}

/* An operation of the running task has ended and is in the books. */
static void diary_settled(struct observer *observer,
			  const struct engine *engine, enum operation op,
			  const struct op_result *result)
{
	struct diary *diary = diary_of(observer);
	const struct books *books = &engine->scene.books;
	const struct task *task = engine->current;
	struct diary_entry *entry;
	unsigned int i;

	if (task->op >= task->list->nr || task->list->ops[task->op].op != op)
		return;
	ensure(diary->nr < DIARY_ENTRIES);
	entry = &diary->entries[diary->nr++];
	entry->task = (uint8_t)task->m.id;
	entry->op = (uint8_t)task->op;
	entry->operation = (uint8_t)op;
	entry->result = *result;
	entry->nr_owned = books->nr_owned;
	for (i = 0; i < books->nr_owned; i++)
		entry->owned[i] = page_now(engine, books->owned[i]);
	note_cache(entry, engine);
}

struct observer *diary_observer(struct diary *diary)
{
	diary->observer = (struct observer){ .reset = diary_reset,
					     .settled = diary_settled };
	return &diary->observer;
}
