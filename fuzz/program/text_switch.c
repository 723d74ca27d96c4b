/* SPDX-License-Identifier: MIT */
/*
 * text_switch.c: a line of a schedule: who loses the CPU, where, to whom.
 *
 *	TASK opN begin | point N | before SITE -> TASK
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

/* NAME#k, up to the last arrow: a name may hold blanks, "->" and '#'. */
static bool site_parse(struct line *line, struct program_switch *entry,
		       struct word *site)
{
	const char *arrow = line->end, *hash;
	struct word name, nth = { "1", 1 };
	int point;

	do {
		if (--arrow <= line->at)
			return line_fail(line, "missing \"-> task\"");
	} while (line->end - arrow < 2 || memcmp(arrow, "->", 2) ||
		 !word_blank(arrow[-1]));
	name = word_between(line->at, arrow);
	line->at = arrow;

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
		point = line_number(line, line_word(line), "point", 0,
				    UINT16_MAX);
	else if (!word_is(word, "begin"))
		return line_fail(line, "expected begin, point or before: "
				       "\"%.*s\"", SHOW(word));
	entry->point = point;
	entry->site = 0;
	return point >= 0;
}

/* TASK opN WHERE -> TASK */
bool line_switch(struct line *line, struct program_switch *entry,
		 struct word *site)
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
	if (!where_parse(line, entry, site))
		return false;
	word = line_word(line);
	if (!word_is(word, "->"))
		return line_fail(line, "expected \"->\": \"%.*s\"", SHOW(word));
	next = line_task(line, true);
	entry->task = task;
	entry->op = op;
	entry->next = next;
	return next >= 0;
}
