/* SPDX-License-Identifier: MIT */
/* feedback.c: see feedback.h. */
#include "feedback.h"

#include <string.h>

#include "hash.h"

static struct feedback *feedback_of(struct observer *observer)
{
	return (struct feedback *)(void *)observer;
}

static void feedback_reset(struct observer *observer,
			   const struct engine *engine)
{
	(void)engine;
	feedback_of(observer)->run++;
}

/* One value in each of the ranges that libFuzzer tells apart. */
static const uint8_t ranges[8] = { 1, 2, 3, 4, 8, 16, 32, 128 };

static void feature(struct feedback *feedback, uint32_t hash)
{
	uint32_t at = hash >> 3 & (FEEDBACK_MAP_SIZE - 1);
	uint8_t value = ranges[hash & 7];

	if (value <= feedback->map[at])
		return; /* this run has it, or one that is more */
	feedback->map[at] = value;
	feedback->seen += !(feedback->ever[at] >> (hash & 7) & 1);
	feedback->ever[at] |= (uint8_t)(1U << (hash & 7));
}

/* Where in the target's memory: the same number in every process. */
static uint32_t place_of(const struct engine *engine, const volatile void *addr)
{
	const struct snapshot *snapshot = &engine->snapshot;
	uintptr_t at = (uintptr_t)addr - (uintptr_t)engine->arena.slots;
	int i;

	if (at < sizeof(engine->arena.slots))
		return (uint32_t)at | 1U << 31;
	for (i = 0; i < snapshot->nr_regions; i++) {
		at = (uintptr_t)addr - (uintptr_t)snapshot->regions[i].start;
		if (at < snapshot->regions[i].size)
			return (uint32_t)at | (uint32_t)i << 28;
	}
	return 0;
}

static bool writes(unsigned int kind)
{
	return kind != MACHINE_LOADS;
}

/* The site that wrote there last in this run; 0: none. */
static uint32_t last_writer(const struct feedback *feedback,
			    const struct engine *engine,
			    const struct access *access)
{
	uint32_t place = place_of(engine, access->addr);
	const struct feedback_writer *writer =
		&feedback->writers[hash_word(0, place) % FEEDBACK_WRITERS];

	return writer->run == feedback->run && writer->place == place ?
		       writer->site :
		       0;
}

static void communication(struct feedback *feedback,
			  const struct engine *engine,
			  const struct access *access)
{
	uint32_t place = place_of(engine, access->addr);
	uint32_t site = engine->current->m.site->hash;
	struct feedback_writer *writer =
		&feedback->writers[hash_word(0, place) % FEEDBACK_WRITERS];

	if (writer->run == feedback->run && writer->place == place &&
	    writer->task != access->task)
		feature(feedback, hash_word(writer->site, site));
	if (writes(access->kind))
		*writer = (struct feedback_writer){ feedback->run, place, site,
						    (uint8_t)access->task };
}

/* A task that is stopped in front of an access. */
static bool stopped(const struct engine *engine, const struct task *task)
{
	return task->inside && task->point && task != engine->current &&
	       task->m.site && task->m.addr;
}

static bool overlap(const volatile void *a, unsigned int a_size,
		    const volatile void *b, unsigned int b_size)
{
	return (uintptr_t)a < (uintptr_t)b + b_size &&
	       (uintptr_t)b < (uintptr_t)a + a_size;
}

static void races(struct feedback *feedback, const struct engine *engine,
		  const struct access *access)
{
	uint32_t site = engine->current->m.site->hash;
	int i;

	for (i = 0; i < PROGRAM_TASKS; i++) {
		const struct task *task = &engine->tasks[i];

		if (stopped(engine, task) &&
		    overlap(task->m.addr, task->m.site->size, access->addr,
			    access->size) &&
		    (writes(task->m.site->kind) || writes(access->kind)))
			feature(feedback,
				hash_word(hash_word(task->m.site->hash, 'R'),
					  site));
	}
}

/*
 * A store that others do not see yet and what is made before they do; a load of
 * the past and the store that it passes over.
 */
static void reorderings(struct feedback *feedback, const struct engine *engine,
			const struct access *access)
{
	const struct weak_task *self = &engine->weak.tasks[access->task];
	const struct weak_open *open = &engine->weak.open;
	uint32_t site = engine->current->m.site->hash;
	unsigned int i;

	for (i = 0; i < self->nr_notes; i++)
		feature(feedback,
			hash_word(hash_word(self->notes[i].site->hash, 'D'),
				  site));
	if (open->back && open->site == engine->current->m.site)
		feature(feedback,
			hash_word(hash_word(site, 'S'),
				  last_writer(feedback, engine, access)));
}

static void feedback_access(struct observer *observer,
			    const struct engine *engine,
			    const struct access *access)
{
	struct feedback *feedback = feedback_of(observer);

	if (engine->hands_off || !access->addr)
		return;
	if (engine->weak.on &&
	    (engine->weak.nr_pending || engine->weak.open.back))
		reorderings(feedback, engine, access);
	communication(feedback, engine, access);
	races(feedback, engine, access);
}

/* -------------------------------------------------------------- page life */

static void page_moments(struct feedback *feedback,
			 const struct engine *engine, unsigned long pfn,
			 uint32_t event)
{
	struct target_place place;
	int i;

	for (i = 0; i < PROGRAM_TASKS; i++) {
		const struct task *task = &engine->tasks[i];

		if (!stopped(engine, task) || !engine->target->describe)
			continue;
		engine->target->describe(task->m.addr, &place);
		if (place.thing && !strcmp(place.thing, "page") &&
		    place.instance == (int)pfn)
			feature(feedback,
				hash_word(hash_word(task->m.site->hash, 'M'),
					  event));
	}
}

static void page_event(struct feedback *feedback, const struct engine *engine,
		       unsigned long pfn, uint32_t event)
{
	struct feedback_life *life = &feedback->lives[pfn];

	if (life->run != feedback->run)
		*life = (struct feedback_life){ feedback->run, 0 };
	life->events = (life->events << 10 | event) & 0x3fffffff;
	feature(feedback, hash_word(hash_word('L', life->events), 'L'));
	page_moments(feedback, engine, pfn, event);
}

static void feedback_pages(struct observer *observer,
			   const struct engine *engine, unsigned long pfn,
			   unsigned int order, bool alloc)
{
	struct feedback *feedback = feedback_of(observer);
	const struct task *task = engine->current;
	uint32_t event = 1U << 9 | (uint32_t)alloc << 8 | (order & 7) << 5;
	uint32_t operation = 0;
	unsigned long i;

	if (engine->hands_off)
		return;
	if (task->inside && task->op < task->list->nr)
		operation = task->list->ops[task->op].op & 0xf;
	for (i = 0; i < 1UL << order; i++)
		page_event(feedback, engine, pfn + i,
			   event | operation | (i ? 1U << 4 : 0));
}

void feedback_init(struct feedback *feedback, uint8_t *map)
{
	memset(feedback, 0, sizeof(*feedback));
	feedback->map = map;
	feedback->observer = (struct observer){
		.reset = feedback_reset,
		.access = feedback_access,
		.pages = feedback_pages,
	};
}
