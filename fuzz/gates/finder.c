/* SPDX-License-Identifier: MIT */
/* finder.c: a place for a gate; see finder.h, gates.h. */
#include "finder.h"

#include <string.h>

#include "code.h"

/* A function's entry that may be a gate: call @call of the chain of step @step. */
struct entry {
	unsigned int step, call;
	unsigned int
		entries; /* of the function, in the whole run; 0: none found */
};

static const struct chain *chain_at(struct finder *it, unsigned int at)
{
	return chain_of(it->chains, it->record, at);
}

/* From which call on the chain of access @at began behind the one before. */
static unsigned int first_fresh(struct finder *it, unsigned int at)
{
	unsigned int before = finder_before(it, at);

	if (before == at)
		return 0;
	if (!chain_at(it, before)->known || !chain_at(it, at)->known)
		return chain_at(it, at)->nr; /* what began there nobody knows */
	return chain_shared(chain_at(it, before), chain_at(it, at));
}

/* How often @function is entered up to step @end; of @task, or of all if it is -1. */
static unsigned int count_entries(struct finder *it, const char *function,
				  int task, unsigned int from, unsigned int end)
{
	unsigned int at, i, nr = 0;

	for (at = from; at < end && at < it->record->nr; at++) {
		const struct step *step = &it->record->steps[at];
		const struct chain *chain;

		if (step->setup || step->kind != STEP_ACCESS ||
		    (task >= 0 && step->task != task))
			continue;
		chain = chain_at(it, at);
		for (i = first_fresh(it, at); i < chain->nr; i++)
			nr += !strcmp(chain->call[i].function, function);
	}
	return nr;
}

/* ---------------------------------------------------------------- an entry */

/* Has the kernel an entry of it, that is come by at this call? */
static bool has_entry(struct finder *it, const struct chain *chain,
		      unsigned int call)
{
	const char *function = chain->call[call].function;
	const struct symbol *symbol;
	unsigned int same, i;

	if (!it->symbols)
		return !chain->call[call].inlined;
	symbol = symbols_find(it->symbols, function, &same);
	it->gates->known |= symbol != NULL;
	if (!symbol || same > 1)
		return false;
	for (i = call; it->lines && i--;) {
		symbol = symbols_find(it->symbols, chain->call[i].function,
				      &same);
		if (symbol && same < 2)
			return !code_inlines(it->lines, symbol, function);
	}
	return true;
}

/*
 * May who waits in front of access @at hold up others? Not if it has more locks, or sections
 * that others wait for, than where the story stops it.
 */
static bool is_harmless(const struct finder *it, unsigned int at,
			unsigned int stop)
{
	const struct step *step = &it->record->steps[at];
	const struct step *known = &it->record->steps[stop];

	return !(step->locks & ~known->locks) && step->reads <= known->reads &&
	       step->pinned <= known->pinned;
}

/* Is what others see the same, whether the task stands in front of access @at or @stop? */
static bool sees_the_same(const struct finder *it, unsigned int at,
			  unsigned int stop)
{
	const unsigned int end = at < stop ? stop : at;

	for (at = at < stop ? at : stop; at < end; at = finder_next(it, at))
		if (step_writes(&it->record->steps[at]))
			return false;
	return true;
}

/* Calls of access @at that began behind the one before. */
static void offer(struct finder *it, unsigned int at, struct entry *best)
{
	const struct chain *chain = chain_at(it, at);
	unsigned int i, entries;

	for (i = first_fresh(it, at); i < chain->nr; i++) {
		entries = count_entries(it, chain->call[i].function, -1, 0,
					it->record->nr);
		if (best->entries && entries >= best->entries)
			continue;
		if (has_entry(it, chain, i))
			*best = (struct entry){ at, i, entries };
	}
}

static void take(struct finder *it, const struct entry *entry,
		 struct gate *gate)
{
	const char *function =
		chain_at(it, entry->step)->call[entry->call].function;
	const struct symbol *symbol = NULL;
	unsigned int same;

	if (it->symbols)
		symbol = symbols_find(it->symbols, function, &same);
	snprintf(gate->symbol, sizeof(gate->symbol), "%.*s",
		 symbol ? (int)symbol->length : GATES_SYMBOL - 1,
		 symbol ? symbol->name : function);
	gate->step = entry->step;
	gate->nth = count_entries(it, function, gate->task,
				  trace_begin(it->record, entry->step),
				  entry->step + 1);
}

/* ------------------------------------------------------------------ inside */

/* "mapping_get_entry [mm/filemap.c:1877]" */
static void say_where(struct finder *it, unsigned int at, char *text,
		      size_t max)
{
	const struct step *step = &it->record->steps[at];
	char site[TRACE_TEXT], place[TRACE_TEXT];

	trace_site(it->gates->trace, step->site, site, sizeof(site));
	trace_site_text(step->site, place, sizeof(place));
	snprintf(text, max, "%s in %s", site, place);
}

static void say_places(struct finder *it, const char *where,
		       const struct code_places *places)
{
	char list[TRACE_TEXT] = "";
	size_t length = 0;
	unsigned int i;

	for (i = 0; i < places->nr && i < CODE_PLACES; i++)
		if (length < sizeof(list))
			length += (size_t)snprintf(
				list + length, sizeof(list) - length,
				"%s+0x%llx", i ? ", " : "",
				(unsigned long long)(places->at[i] -
						     places->symbol->address));
	gates_cannot(it->gates,
		     "%s: that line is at %u places of %.*s: one of %.200s",
		     where, places->nr, (int)places->symbol->length,
		     places->symbol->name, list);
}

/* Whose kernel it is shows in those, too. */
static void know_callers(struct finder *it, const struct chain *chain)
{
	unsigned int i, same;

	for (i = 0; it->symbols && i < chain->nr; i++)
		it->gates->known |= symbols_find(it->symbols,
						 chain->call[i].function,
						 &same) != NULL;
}

/* A place in front of access @at. Returns: false, having said why. */
static bool find_inside(struct finder *it, unsigned int at, struct gate *gate)
{
	struct code_places places;
	char where[2 * TRACE_TEXT];

	say_where(it, at, where, sizeof(where));
	if (chain_at(it, at)->harness) {
		gates_cannot(it->gates,
			     "%.200s: that is the harness, and not the kernel",
			     where);
		return false;
	}
	if (!it->lines) {
		know_callers(it, chain_at(it, at));
		gates_cannot(
			it->gates,
			it->symbols ?
				"%.200s: no function is called there that has an entry of its own; an offset needs a vmlinux with debug information" :
				"%.200s: no function is called there; an offset needs --vmlinux",
			where);
		return false;
	}
	code_find(&places, it->symbols, it->lines, chain_at(it, at),
		  it->record->steps[at].site->line);
	it->gates->known |= places.symbol != NULL;
	if (!places.symbol) {
		gates_cannot(it->gates,
			     "%.200s: none of its callers has a symbol", where);
		return false;
	}
	if (places.nr != 1) {
		if (places.nr)
			say_places(it, where, &places);
		else
			gates_cannot(
				it->gates,
				"%.200s: no code of that line is in %.*s as it was compiled",
				where, (int)places.symbol->length,
				places.symbol->name);
		return false;
	}
	gate->nr_bytes = symbols_code(it->symbols, places.at[0], gate->bytes,
				      GATES_BYTES);
	if (!gate->nr_bytes) {
		gates_cannot(
			it->gates,
			"%.200s: the file has debug information, and no code: an offset needs the bytes that stand there",
			where);
		return false;
	}
	snprintf(gate->symbol, sizeof(gate->symbol), "%.*s",
		 (int)places.symbol->length, places.symbol->name);
	gate->inside = true;
	gate->offset = places.at[0] - places.symbol->address;
	gate->step = at;
	return true;
}

/* -------------------------------------------------------------- both gates */

bool finder_stop(struct finder *it, const struct window *window,
		 struct gate *gate)
{
	const unsigned int end = window->b < it->record->nr ? window->b :
							      window->at;
	/* What it stands in front of; or nobody knows, and what it did last. */
	const unsigned int stop = window->next < it->record->nr ? window->next :
								  window->at;
	struct entry best = { 0 };
	char name[TRACE_NAME];
	unsigned int at;

	for (at = finder_next(it, window->a); at <= end && at < it->record->nr;
	     at = finder_next(it, at))
		if (finder_before(it, at) != at && is_harmless(it, at, stop) &&
		    sees_the_same(it, at, stop))
			offer(it, at, &best);
	if (best.entries) {
		take(it, &best, gate);
		return true;
	}
	if (window->next < it->record->nr)
		return find_inside(it, window->next, gate);
	gates_cannot(
		it->gates,
		"order (%u): %s stands where the run ends: no step of its tells where",
		window->order + 1, trace_task(window->task, name));
	return false;
}

/* At which step call @call of access @at began; the first one of its operation, at most. */
static unsigned int began(struct finder *it, unsigned int at, unsigned int call)
{
	unsigned int i = at, before;

	for (;;) {
		before = finder_before(it, i);
		if (before == i || chain_shared(chain_at(it, before),
						chain_at(it, at)) <= call)
			return i;
		i = before;
	}
}

bool finder_go(struct finder *it, const struct window *window,
	       struct gate *gate)
{
	const struct chain *chain;
	struct entry behind = { 0 }, front = { 0 };
	unsigned int at, i, c = window->c;

	if (it->record->steps[c].kind != STEP_ACCESS)
		c = finder_before(it, c);
	if (it->record->steps[c].kind != STEP_ACCESS || c <= window->at) {
		gates_cannot(
			it->gates,
			"order (%u): it is about a whole operation, which made no step: wait for it by hand",
			window->order + 1);
		return false;
	}
	for (at = finder_next(it, c); at < window->next;
	     at = finder_next(it, at))
		if (finder_before(it, at) != at)
			offer(it, at, &behind);
	chain = chain_at(it, c);
	for (i = 0; i < chain->nr; i++) {
		struct entry one = { began(it, c, i), i, 0 };

		if (one.step <= window->at)
			continue;
		one.entries = count_entries(it, chain->call[i].function, -1, 0,
					    it->record->nr);
		if ((!front.entries || one.entries < front.entries) &&
		    has_entry(it, chain, i))
			front = one;
	}
	if (front.entries &&
	    (!behind.entries || front.entries < behind.entries)) {
		take(it, &front, gate);
		gate->linger = GATES_LINGER;
		return true;
	}
	if (behind.entries) {
		take(it, &behind, gate);
		return true;
	}
	gate->linger = GATES_LINGER;
	return find_inside(it, c, gate);
}
