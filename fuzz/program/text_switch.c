/* SPDX-License-Identifier: MIT */
/*
 * text_switch.c: a line of a schedule: who loses the CPU, where, to whom; which
 * access is reordered, and how far.
 *
 *	TASK opN begin | point N | before SITE -> TASK
 *	TASK opN point N | before SITE [until N]
 *	TASK opN point N | before SITE [back N]
 *
 * SITE is the name of a function, or of an access point with what it accesses,
 * function:accessor(expr), or the hash of either in hexadecimal; "#k" behind it
 * says the k-th time (from 1).
 */
#include "hash.h"
#include "text_line.h"

#include <string.h>

/* Returns: the hash of a site's name, or the one that it spells; 0: neither. */
static uint32_t site_hash(struct word name)
{
	const char *digits = "0123456789abcdef", *digit;
	uint32_t hash = hash_bytes(HASH_START, name.text, name.length);

	if (!name.length)
		return 0;
	if (*name.text < '0' || *name.text > '9')
		return hash ? hash : 1;
	if (!word_cut(&name, "0x") || name.length > 8)
		return 0;
	for (hash = 0; name.length; name.text++, name.length--) {
		digit = memchr(digits, *name.text, strlen(digits));
		if (!digit)
			return 0;
		hash = hash << 4 | (digit - digits);
	}
	return hash;
}

/* What stands behind the place, by kind of entry. */
static const char *const behind[ENTRY_KINDS] = { "->", "until", "back" };

/* Where the last word is that is behind[@kind]; NULL: there is none. */
static const char *find_behind(const struct line *line, uint8_t kind)
{
	size_t length = strlen(behind[kind]);
	const char *at = line->end;

	while (--at > line->at) {
		if ((size_t)(line->end - at) < length ||
		    memcmp(at, behind[kind], length) || !word_blank(at[-1]))
			continue;
		if (kind == ENTRY_SWITCH || at + length == line->end ||
		    word_blank(at[length]))
			return at;
	}
	return NULL;
}

/*
 * NAME#k, up to what stands behind it: a name may hold blanks, "->" and '#'.
 */
static bool site_parse(struct line *line, struct program_switch *entry,
		       struct word *site)
{
	const char *end = find_behind(line, entry->kind), *hash;
	struct word name, nth = { "1", 1 };
	int point;

	if (!end && entry->kind == ENTRY_SWITCH)
		return line_fail(line, "missing \"-> task\"");
	if (!end)
		end = line->end;
	name = word_between(line->at, end);
	line->at = end;

	for (hash = name.text + name.length; hash > name.text; hash--)
		if (hash[-1] == '#')
			break;
	if (hash > name.text) {
		nth = word_between(hash, name.text + name.length);
		name = word_between(name.text, hash - 1);
	}
	point = line_number(line, nth, "occurrence", 1, UINT16_MAX);
	entry->point = point;
	entry->site = site_hash(name);
	*site = name;
	if (point < 0)
		return false;
	return entry->site ||
	       line_fail(line, "no site: \"%.*s\"", SHOW(name));
}

/* begin, point N or before SITE */
static bool where_parse(struct line *line, struct program_switch *entry,
			struct word *site)
{
	struct word word = line_word(line);
	int point = 0;

	if (word_is(word, "before"))
		return site_parse(line, entry, site);
	if (word_is(word, "point"))
		point = line_number(line, line_word(line), "point",
				    entry->kind != ENTRY_SWITCH, UINT16_MAX);
	else if (entry->kind != ENTRY_SWITCH)
		return line_fail(line, "expected point or before: \"%.*s\"",
				 SHOW(word));
	else if (!word_is(word, "begin"))
		return line_fail(line, "expected begin, point or before: "
				       "\"%.*s\"", SHOW(word));
	entry->point = point;
	entry->site = 0;
	return point >= 0;
}

/* -> TASK */
static int next_parse(struct line *line)
{
	struct word word = line_word(line);

	if (word_is(word, "->"))
		return line_task(line, true);
	line_fail(line, "expected \"->\": \"%.*s\"", SHOW(word));
	return -1;
}

/* [until N] or [back N] */
static int times_parse(struct line *line, uint8_t kind)
{
	struct word word = line_word(line);
	bool stale = kind == ENTRY_STALE;

	if (!word.length)
		return stale;
	if (word_is(word, behind[kind]))
		return line_number(line, line_word(line), behind[kind], stale,
				   stale ? PROGRAM_BACK_MAX :
					   PROGRAM_UNTIL_MAX);
	line_fail(line, "expected \"%s\": \"%.*s\"", behind[kind], SHOW(word));
	return -1;
}

bool line_switch(struct line *line, enum entry_kind kind,
		 struct program_switch *entry, struct word *site)
{
	int task = line_task(line, true), op, next;
	struct word word;

	if (task < 0)
		return false;
	word = line_word(line);
	op = word_number(word, "op", UINT8_MAX);
	if (op < 0)
		return line_fail(line, "expected op0 to op255: \"%.*s\"",
				 SHOW(word));
	entry->kind = kind;
	if (!where_parse(line, entry, site))
		return false;
	next = kind == ENTRY_SWITCH ? next_parse(line) :
				      times_parse(line, kind);
	entry->task = task;
	entry->op = op;
	entry->next = next;
	return next >= 0;
}
