/* SPDX-License-Identifier: MIT */
/*
 * trace_moment.c: a moment of a run: free lists, cache and pages in nobody's
 * books, from the timeline. In order of pages: what order a list had is not
 * kept.
 */
#include <stdarg.h>
#include <string.h>

#include "trace.h"

#define BLOCKS_MAX 16 /* of one list; more are counted */
#define MARGIN 4
#define LINE_MAX_LENGTH 2048
#define WORDS_MAX 64 /* added at once; what is longer is cut off */

struct line {
	char text[LINE_MAX_LENGTH];
	size_t length;
};

__attribute__((format(printf, 2, 3))) static void add(struct line *line,
						      const char *format, ...)
{
	va_list args;
	int more;

	if (line->length + WORDS_MAX >= sizeof(line->text))
		return;
	va_start(args, format);
	more = vsnprintf(line->text + line->length, WORDS_MAX, format, args);
	va_end(args);
	line->length += more < WORDS_MAX ? (size_t)more : WORDS_MAX - 1;
}

static void end(struct line *line, FILE *out)
{
	trace_wrap(out, MARGIN, TRACE_WIDTH_VERBOSE - MARGIN, 0, MARGIN,
		   line->text);
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
			     const char *label)
{
	unsigned int page, nr = 0;

	for (page = 0; page < pages; page++) {
		if (!is_block(&states[page], (int)page, cpu, order))
			continue;
		if (!nr)
			add(line, "%s", label);
		if (nr++ < BLOCKS_MAX)
			add(line, " %u", page);
	}
	if (nr > BLOCKS_MAX)
		add(line, " and %u more", nr - BLOCKS_MAX);
	return nr;
}

/* Where all blocks are of one page nobody speaks of orders. */
static void print_lists(const struct trace *trace,
			const struct page_state *states, int cpu, FILE *out)
{
	const struct target *target = trace->engine->target;
	struct line line = { .length = 0 };
	unsigned int order, nr = 0;
	char label[32] = "";

	if (cpu < 0)
		add(&line, "free:");
	else
		add(&line, "per-CPU %d:", cpu);
	for (order = 0; order <= TARGET_ORDER_MAX; order++) {
		if (order || target->order_max)
			snprintf(label, sizeof(label),
				 "%sorder %u:", nr ? " | " : " ", order);
		nr += add_list(&line, states, trace->timeline->pages, cpu,
			       order, label);
	}
	if (!nr && cpu < 0)
		add(&line, " nothing");
	if (nr || cpu < 0)
		end(&line, out);
}

static void print_cache(const struct trace *trace,
			const struct page_state *states, FILE *out)
{
	unsigned int index, page, nr = 0, pages = trace->timeline->pages;
	struct line line = { .length = 0 };

	add(&line, "cache:");
	for (index = 0; index < TARGET_INDEX_MAX; index++) {
		for (page = 0; page < pages; page++) {
			if (!(states[page].facts & PAGE_CACHED) ||
			    states[page].index != index)
				continue;
			add(&line, "%s %lu", nr++ ? " |" : "",
			    target_index(index));
			if (target_file(index))
				add(&line, " of file %lu", target_file(index));
			add(&line, " -> %s %u", trace_class(trace, "page"),
			    page);
		}
	}
	if (!nr)
		add(&line, " empty");
	end(&line, out);
}

static void print_nowhere(const struct page_state *states, unsigned int pages,
			  FILE *out)
{
	struct line line = { .length = 0 };
	unsigned int page, nr = 0;

	add(&line, "in nobody's books:");
	for (page = 0; page < pages; page++)
		if (!states[page].facts && nr++ < BLOCKS_MAX)
			add(&line, " %u", page);
	if (nr > BLOCKS_MAX)
		add(&line, " and %u more", nr - BLOCKS_MAX);
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
		print_lists(trace, states, cpu, out);
	if (trace->engine->target->cache_entry)
		print_cache(trace, states, out);
	print_nowhere(states, pages, out);
}
