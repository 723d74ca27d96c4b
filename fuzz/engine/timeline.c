/* SPDX-License-Identifier: MIT */
/* timeline.c: see timeline.h. */
#include "timeline.h"

#include <stdio.h>
#include <string.h>

/* ------------------------------------------------------------- a sample */

struct sample {
	unsigned int pages;
	struct page_state *states;
};

static void set_block(struct sample *sample, int head, unsigned int order,
		      const struct page_state *state)
{
	int end = head + (1 << order), page;

	if (end > (int)sample->pages)
		end = (int)sample->pages;
	for (page = head; page < end; page++) {
		uint8_t facts = sample->states[page].facts;

		sample->states[page] = *state;
		sample->states[page].facts |= facts;
	}
}

static bool see_free(void *arg, const struct target_block *block)
{
	const struct page_state state = {
		.facts = block->cpu < 0 ? PAGE_FREE : PAGE_PERCPU,
		.order = (uint8_t)block->list_order,
		.head = (int16_t)block->pfn,
		.cpu = (int8_t)block->cpu,
	};

	if (block->pfn >= 0)
		set_block(arg, block->pfn, block->list_order, &state);
	return true;
}

static void see_held(struct sample *sample, const struct books *books)
{
	unsigned int i;

	for (i = 0; i < books->nr_owned; i++) {
		int head = books->owned[i];
		const struct page_state state = {
			.facts = PAGE_HELD,
			.order = books->page[head].order,
			.head = (int16_t)head,
			.cpu = -1,
		};

		set_block(sample, head, state.order, &state);
	}
}

static void see_cached(struct sample *sample, const struct target *target)
{
	unsigned long index, nr = target_position(target->more_files + 1, 0);

	for (index = 0; target->cache_entry && index < nr; index++) {
		int page = target->cache_entry(index);

		/* Of a large folio the page that index means. */
		if (page >= 0)
			page += (int)(index & ((1UL << target_folio_order(
							target, page)) - 1));
		if (page < 0 || page >= (int)sample->pages)
			continue;
		sample->states[page].facts |= PAGE_CACHED;
		sample->states[page].index = (uint8_t)index;
	}
}

/* What is free says where; then the owners are not asked any more. */
static void sample_take(struct sample *sample, const struct engine *engine)
{
	const struct target_visit visit = { see_free, sample };
	unsigned int page;

	for (page = 0; page < sample->pages; page++)
		sample->states[page] = (struct page_state){
			.head = TARGET_NO_PAGE, .cpu = -1
		};
	see_held(sample, &engine->scene.books);
	engine->target->free_blocks(&visit);
	see_cached(sample, engine->target);
}

/* --------------------------------------------------------------- changes */

static bool is_free(const struct page_state *state)
{
	return state->facts & (PAGE_FREE | PAGE_PERCPU);
}

/*
 * A page that was free is handed out when somebody has it, or counts on it: on
 * its way from one free list to another nobody does.
 */
static void count_incarnation(struct timeline *timeline,
			      const struct target *target, int page,
			      struct page_state *state)
{
	bool taken = state->facts ||
		     (target->count && target->count(page) > 0);

	state->incarnation = timeline->last[page].incarnation;
	if (is_free(state)) {
		timeline->given[page] = false;
	} else if (taken && !timeline->given[page]) {
		timeline->given[page] = true;
		state->incarnation++;
	}
}

/* A step may be sampled twice: the second time counts. */
static struct page_change *change_at(struct timeline *timeline, int page,
				     unsigned int step)
{
	unsigned int i = timeline->nr;

	while (i-- && timeline->changes[i].step == step)
		if (timeline->changes[i].page == page)
			return &timeline->changes[i];
	if (timeline->nr == TIMELINE_CHANGES) {
		timeline->dropped++;
		return NULL;
	}
	return &timeline->changes[timeline->nr++];
}

void timeline_start(struct timeline *timeline, const struct engine *engine)
{
	struct sample sample = { 0, timeline->first };

	if (engine->target->free_blocks)
		sample.pages = engine->scene.books.pages;
	timeline->pages = sample.pages;
	timeline->nr = 0;
	timeline->dropped = 0;
	memset(timeline->given, 0, sizeof(timeline->given));
	if (!sample.pages)
		return;
	sample_take(&sample, engine);
	memcpy(timeline->last, timeline->first,
	       sample.pages * sizeof(timeline->first[0]));
}

void timeline_sample(struct timeline *timeline, const struct engine *engine,
		     unsigned int step)
{
	struct sample sample = { timeline->pages, timeline->now };
	int page;

	if (!sample.pages)
		return;
	sample_take(&sample, engine);
	for (page = 0; page < (int)sample.pages; page++) {
		struct page_state *now = &timeline->now[page];
		struct page_change *change;

		count_incarnation(timeline, engine->target, page, now);
		if (page_state_equal(now, &timeline->last[page]))
			continue;
		timeline->last[page] = *now;
		change = change_at(timeline, page, step);
		if (change)
			*change = (struct page_change){ step, (int16_t)page,
							*now };
	}
}

/* ------------------------------------------------------------- questions */

struct page_state timeline_at(const struct timeline *timeline, int page,
			      unsigned int step)
{
	struct page_state state = timeline->first[page];
	unsigned int i;

	for (i = 0; i < timeline->nr && timeline->changes[i].step <= step; i++)
		if (timeline->changes[i].page == page)
			state = timeline->changes[i].state;
	return state;
}

void timeline_all_at(const struct timeline *timeline, unsigned int step,
		     struct page_state states[TARGET_PAGES_MAX])
{
	unsigned int i;

	memcpy(states, timeline->first,
	       timeline->pages * sizeof(states[0]));
	for (i = 0; i < timeline->nr && timeline->changes[i].step <= step; i++)
		states[timeline->changes[i].page] = timeline->changes[i].state;
}

bool timeline_changes(const struct timeline *timeline, int page)
{
	unsigned int i;

	for (i = 0; i < timeline->nr; i++)
		if (timeline->changes[i].page == page)
			return true;
	return false;
}

bool page_state_equal(const struct page_state *a, const struct page_state *b)
{
	return a->facts == b->facts && a->order == b->order &&
	       a->head == b->head && a->cpu == b->cpu &&
	       a->index == b->index && a->incarnation == b->incarnation;
}

const char *page_state_word(const struct page_state *state)
{
	if (state->facts & PAGE_FREE)
		return "free";
	if (state->facts & PAGE_PERCPU)
		return "percpu";
	if (state->facts & PAGE_CACHED)
		return "cached";
	return state->facts & PAGE_HELD ? "owned" : "nowhere";
}

static int print_where(const struct page_state *state,
		       const struct target *target, char *text, size_t max)
{
	if (state->facts & PAGE_FREE && !state->order && !target->order_max)
		return snprintf(text, max, "free");
	if (state->facts & PAGE_FREE)
		return snprintf(text, max, "free, order %u from %d",
				state->order, state->head);
	if (state->facts & PAGE_PERCPU)
		return snprintf(text, max, "on the list of CPU %d", state->cpu);
	if (state->facts & PAGE_CACHED && target_file(state->index))
		return snprintf(text, max, "cached at %lu of file %lu",
				target_index(state->index),
				target_file(state->index));
	if (state->facts & PAGE_CACHED)
		return snprintf(text, max, "cached at %u", state->index);
	if (!(state->facts & PAGE_HELD))
		return snprintf(text, max, "in nobody's books");
	if (!state->order)
		return snprintf(text, max, "owned");
	return snprintf(text, max, "owned, order %u from %d", state->order,
			state->head);
}

void page_state_print(const struct page_state *state,
		      const struct target *target, char *text, size_t max)
{
	size_t at = (size_t)print_where(state, target, text, max);

	if (is_free(state) && state->facts & PAGE_CACHED)
		at += (size_t)snprintf(text + at, max - at, ", and cached");
	if (state->facts & PAGE_HELD &&
	    state->facts & (PAGE_FREE | PAGE_PERCPU | PAGE_CACHED))
		at += (size_t)snprintf(text + at, max - at, "%s",
				       is_free(state) ? ", though still held" :
							", and held");
	if (state->incarnation && !is_free(state))
		snprintf(text + at, max - at, ", incarnation %u",
			 state->incarnation);
}
