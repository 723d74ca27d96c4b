/* SPDX-License-Identifier: MIT */
/*
 * trace_spell.c: what a place and a value are called.
 *
 * The target's own words come first (spell_place, spell_value), then what
 * describe() says, then the number; a value that may be an address and is no
 * place of the target's gets a letter, in the order of steps.
 */
#include <stdarg.h>
#include <string.h>

#include "plural_noun.h"
#include "trace.h"

#define SMALL (1U << 16) /* nobody's address: vm.mmap_min_addr */
#define ADDRESS_BITS 48

/* ------------------------------------------------------------------ words */

struct words {
	struct target_words words; /* first */
	char *text;
	size_t at, max;
};

__attribute__((format(printf, 2, 3))) static void
words_add(struct target_words *target_words, const char *format, ...)
{
	struct words *words = (struct words *)(void *)target_words;
	va_list args;
	int more;

	va_start(args, format);
	more = vsnprintf(words->text + words->at, words->max - words->at,
			 format, args);
	va_end(args);
	words->at += (size_t)more;
	if (words->at >= words->max)
		words->at = words->max - 1;
}

static struct words words_into(char *text, size_t max)
{
	*text = '\0';
	return (struct words){ { words_add }, text, 0, max };
}

/* ----------------------------------------------------------------- places */

struct target_place trace_place(const struct trace *trace,
				const volatile void *addr)
{
	struct target_place place = { NULL, -1, "", -1 };

	if (trace->engine->target->describe && addr)
		trace->engine->target->describe(addr, &place);
	return place;
}

bool trace_has_pages(const struct trace *trace)
{
	const struct target *target = trace->engine->target;

	return target->free_blocks || target->count || target->cache_entry;
}

const char *trace_class(const struct trace *trace, const char *class)
{
	return strcmp(class, "page") ? class :
				       target_page_name(trace->engine->target);
}

const char *trace_pages(const struct trace *trace, char *text)
{
	return plural_noun(trace_class(trace, "page"), text, TRACE_TEXT);
}

void trace_place_text(const struct trace *trace,
		      const struct target_place *place, char *text, size_t max)
{
	int at;

	if (!place->thing) {
		snprintf(text, max, "memory");
		return;
	}
	at = snprintf(text, max, "%s", trace_class(trace, place->thing));
	if (place->instance >= 0)
		at += snprintf(text + at, max - at, " %d", place->instance);
	if (!strcmp(place->field, "at")) { /* bytes into it */
		if (place->element > 0)
			snprintf(text + at, max - at, "+%d", place->element);
		return;
	}
	if (*place->field)
		at += snprintf(text + at, max - at, " %s", place->field);
	if (place->element >= 0)
		snprintf(text + at, max - at, "[%d]", place->element);
}

/* Returns: false if the target has no word for it. */
static bool spell_address(const struct trace *trace, const volatile void *addr,
			  char *text, size_t max)
{
	const struct target *target = trace->engine->target;
	struct words words = words_into(text, max);

	if (target->spell_place)
		target->spell_place(addr, &words.words);
	return words.at;
}

bool trace_has_name(const struct trace *trace, const struct step *step)
{
	char text[TRACE_PLACE];

	return step->addr &&
	       (trace_place(trace, step->addr).thing ||
		spell_address(trace, step->addr, text, sizeof(text)));
}

/* "task0's stack". Returns: false if it is on none. */
static bool spell_stack(const struct trace *trace, uint64_t addr, char *text,
			size_t max)
{
	unsigned int i;

	for (i = 0; i < ENGINE_TASKS; i++) {
		const struct fiber *fiber = &trace->engine->tasks[i].fiber;
		char name[TRACE_NAME];

		if (addr - (uintptr_t)fiber->stack >= fiber->size)
			continue;
		snprintf(text, max, "%s's stack", trace_task(i, name));
		return true;
	}
	return false;
}

/* The name of a helper, or of a local variable? That says what it was for, no place. */
static bool is_word(const char *expr)
{
	return !expr[strspn(expr, "abcdefghijklmnopqrstuvwxyz"
				  "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789")];
}

/* By what the source calls it: "&wait->flags on task0's stack", "task0's stack (list_splice)". */
static void spell_nameless(const struct trace *trace, const struct step *step,
			   char *text, size_t max)
{
	const struct site *site = step->site;
	char stack[TRACE_NAME + 16];
	bool on =
		spell_stack(trace, (uintptr_t)step->addr, stack, sizeof(stack));

	if (on && is_word(site->expr))
		snprintf(text, max, "%s (%s)", stack,
			 *site->expr ? site->expr : site->accessor);
	else
		snprintf(text, max, "%s%s%s",
			 *site->expr ? site->expr : site->accessor,
			 on ? " on " : "", on ? stack : "");
}

void trace_step_place(const struct trace *trace, const struct step *step,
		      char *text, size_t max)
{
	const struct target_place place = trace_place(trace, step->addr);

	if (spell_address(trace, step->addr, text, max))
		return;
	if (place.thing)
		trace_place_text(trace, &place, text, max);
	else
		spell_nameless(trace, step, text, max);
}

/* ----------------------------------------------------------------- values */

/* One of the target's places, or the task's stack? Returns: false: neither. */
static bool spell_pointer(const struct trace *trace, uint64_t value, char *text,
			  size_t max)
{
	const volatile void *addr = (const volatile void *)(uintptr_t)value;
	const struct target_place place = trace_place(trace, addr);

	if (place.thing && place.instance >= 0) {
		snprintf(text, max, "%s %d", trace_class(trace, place.thing),
			 place.instance);
		return true;
	}
	if (spell_address(trace, addr, text, max))
		return true;
	if (place.thing) {
		snprintf(text, max, "%s", trace_class(trace, place.thing));
		return true;
	}
	return spell_stack(trace, value, text, max);
}

bool trace_is_pointer(const struct trace *trace, const struct step *step)
{
	char text[TRACE_VALUE];

	return step->new >= SMALL && step->site->size == 8 &&
	       spell_pointer(trace, step->new, text, sizeof(text));
}

/* The same with a tag in front of it: "page 3, tag 5". */
static bool spell_tagged(const struct trace *trace, uint64_t value, char *text,
			 size_t max)
{
	const uint64_t tag = value >> ADDRESS_BITS;

	value &= (1ULL << ADDRESS_BITS) - 1;
	if (!tag || value < SMALL || !spell_pointer(trace, value, text, max))
		return false;
	snprintf(text + strlen(text), max - strlen(text), ", tag %u",
		 (unsigned int)tag);
	return true;
}

/* Small, or as small below zero, or too short for an address. */
static bool spell_number(uint64_t value, unsigned int size, char *text,
			 size_t max)
{
	const uint64_t mask = size < 8 ? (1ULL << 8 * size) - 1 : UINT64_MAX;

	value &= mask;
	if (value < SMALL)
		snprintf(text, max, "%u", (unsigned int)value);
	else if (value > mask - SMALL)
		snprintf(text, max, "-%u", (unsigned int)(mask - value + 1));
	else if (size < 8)
		snprintf(text, max, "%u", (unsigned int)value);
	else
		return false;
	return true;
}

/* The same, or the same field of another one of its kind. */
static bool are_alike(const struct trace *trace, const struct step *a,
		      const struct step *b)
{
	struct target_place at, to;

	if (a->addr == b->addr)
		return true;
	at = trace_place(trace, a->addr);
	to = trace_place(trace, b->addr);
	return at.thing && to.thing && *at.field && strcmp(at.field, "at") &&
	       !strcmp(at.thing, to.thing) && !strcmp(at.field, to.field);
}

/* Did a pointer ever stand where @step was, or where it is called the same? */
static bool held_a_pointer(const struct trace *trace, const struct step *step)
{
	const struct record *record = trace->record;
	char text[TRACE_VALUE];
	unsigned int i;

	for (i = 0; step->site->size == 8 && i < record->nr; i++) {
		const struct step *other = &record->steps[i];

		if (other->kind == STEP_ACCESS && other->site->size == 8 &&
		    other->new >= SMALL &&are_alike(trace, step, other) &&
		    spell_pointer(trace, other->new, text, sizeof(text)))
			return true;
	}
	return false;
}

/* Returns: false if it would be an address. @size 0: of no place. */
static bool spell_plainly(const struct trace *trace, uint64_t value,
			  unsigned int size, char *text, size_t max)
{
	if (!size)
		size = 8;
	return (value >= SMALL && size == 8 &&
		spell_pointer(trace, value, text, max)) ||
	       spell_number(value, size, text, max) ||
	       spell_tagged(trace, value, text, max);
}

static bool spell(const struct trace *trace, const struct step *step,
		  uint64_t value, char *text, size_t max)
{
	const struct target *target = trace->engine->target;
	struct words words = words_into(text, max);

	if (target->spell_value)
		target->spell_value(step->addr, step->site->size, value,
				    &words.words);
	if (words.at)
		return true;
	if (!value && held_a_pointer(trace, step)) {
		snprintf(text, max, "NULL");
		return true;
	}
	return spell_plainly(trace, value, step->site->size, text, max);
}

static void spell_letter(const struct trace *trace, uint64_t value, char *text,
			 size_t max)
{
	unsigned int i;

	for (i = 0; i < trace->nr_nameless; i++)
		if (trace->nameless[i] == value)
			break;
	if (i < trace->nr_nameless)
		snprintf(text, max, "value %c", (int)('A' + i));
	else
		snprintf(text, max, "another value");
}

void trace_value(const struct trace *trace, uint64_t value, char *text,
		 size_t max)
{
	if (!spell_plainly(trace, value, 0, text, max))
		spell_letter(trace, value, text, max);
}

void trace_step_value(const struct trace *trace, const struct step *step,
		      uint64_t value, char *text, size_t max)
{
	char place[TRACE_PLACE];

	if (!spell(trace, step, value, text, max))
		spell_letter(trace, value, text, max);
	trace_step_place(trace, step, place, sizeof(place));
	if (!strcmp(text, place)) /* the head of an empty list */
		snprintf(text, max, "itself");
}

static void note_nameless(struct trace *trace, const struct step *step,
			  uint64_t value)
{
	char text[TRACE_VALUE];
	unsigned int i;

	if (value < SMALL || spell(trace, step, value, text, sizeof(text)))
		return;
	for (i = 0; i < trace->nr_nameless; i++)
		if (trace->nameless[i] == value)
			return;
	if (trace->nr_nameless < TRACE_NAMELESS)
		trace->nameless[trace->nr_nameless++] = value;
}

void trace_find_nameless(struct trace *trace)
{
	const struct record *record = trace->record;
	unsigned int i;

	trace->nr_nameless = 0;
	for (i = 0; i < record->nr; i++) {
		const struct step *step = &record->steps[i];

		if (step->kind != STEP_ACCESS || !step->addr || step->dead)
			continue;
		note_nameless(trace, step, step->old);
		note_nameless(trace, step, step->new);
	}
}
