/* SPDX-License-Identifier: MIT */
/*
 * trace_moment.c: a moment of a run: free lists, cache and pages in nobody's
 * books, from the timeline. In order of pages: what order a list had is not
 * kept.
 */
#include <string.h>

#include "trace.h"

#define BLOCKS_MAX 16 /* of one list; more are counted */
#define MARGIN 4
#define LINE_MAX_LENGTH 2048

struct line {
	char text[LINE_MAX_LENGTH];
	size_t length;
};

static void add(struct line *line, const char *what, int number)
{
	if (line->length + 32 < sizeof(line->text))
		line->length += (size_t)snprintf(line->text + line->length,
						 32, what, number);
}

static void end(struct line *line, FILE *out)
{
	trace_wrap(out, MARGIN, TRACE_WIDTH - MARGIN, 0, MARGIN, line->text);
	line->length = 0;
}

/* Is it the first of a block of @order on the list of @cpu, -1: the buddy's? */
static bool is_block(const struct page_state *state, int page, int cpu,
		     unsigned int order)
{
	uint8_t list = cpu < 0 ? PAGE_FREE : PAGE_PERCPU;

	return state->facts & list && state->order == order &&
	       state->cpu == cpu && state->head == page;
}

/* " order 2: 8 12"; nothing if the list is empty. Returns: blocks on it. */
static unsigned int add_list(struct line *line, const struct page_state *states,
			     unsigned int pages, int cpu, unsigned int order,
			     const char *between)
{
	unsigned int page, nr = 0;

	for (page = 0; page < pages; page++) {
		if (!is_block(&states[page], (int)page, cpu, order))
			continue;
		if (!nr) {
			add(line, between, 0);
			add(line, "order %d:", (int)order);
		}
		if (nr++ < BLOCKS_MAX)
			add(line, " %d", (int)page);
	}
	if (nr > BLOCKS_MAX)
		add(line, " and %d more", (int)(nr - BLOCKS_MAX));
	return nr;
}

static void print_lists(const struct page_state *states, unsigned int pages,
			int cpu, FILE *out)
{
	struct line line = { .length = 0 };
	unsigned int order, nr = 0;

	if (cpu < 0)
		add(&line, "free:", 0);
	else
		add(&line, "per-CPU %d:", cpu);
	for (order = 0; order <= TARGET_ORDER_MAX; order++)
		nr += add_list(&line, states, pages, cpu, order,
			       nr ? " | " : " ");
	if (!nr && cpu < 0)
		add(&line, " nothing", 0);
	if (nr || cpu < 0)
		end(&line, out);
}

static void print_cache(const struct page_state *states, unsigned int pages,
			FILE *out)
{
	struct line line = { .length = 0 };
	unsigned int index, page, nr = 0;

	add(&line, "cache:", 0);
	for (index = 0; index < TARGET_INDEX_MAX; index++) {
		for (page = 0; page < pages; page++) {
			if (!(states[page].facts & PAGE_CACHED) ||
			    states[page].index != index)
				continue;
			add(&line, nr++ ? " | %d" : " %d", (int)index);
			add(&line, " -> page %d", (int)page);
		}
	}
	if (!nr)
		add(&line, " empty", 0);
	end(&line, out);
}

static void print_nowhere(const struct page_state *states, unsigned int pages,
			  FILE *out)
{
	struct line line = { .length = 0 };
	unsigned int page, nr = 0;

	add(&line, "in nobody's books:", 0);
	for (page = 0; page < pages; page++)
		if (!states[page].facts && nr++ < BLOCKS_MAX)
			add(&line, " %d", (int)page);
	if (nr > BLOCKS_MAX)
		add(&line, " and %d more", (int)(nr - BLOCKS_MAX));
	if (nr)
		end(&line, out);
}

void trace_moment(const struct trace *trace, unsigned int at, FILE *out)
{
	struct page_state states[TARGET_PAGES_MAX];
	unsigned int pages;
	int cpu;

	if (!trace->timeline || !trace->timeline->pages)
		return;
	pages = trace->timeline->pages;
	timeline_all_at(trace->timeline, at + 1, states);
	for (cpu = -1; cpu < MACHINE_CPUS; cpu++)
		print_lists(states, pages, cpu, out);
	if (trace->engine->target->cache_entry)
		print_cache(states, pages, out);
	print_nowhere(states, pages, out);
}
