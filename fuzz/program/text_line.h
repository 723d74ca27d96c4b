/* SPDX-License-Identifier: MIT */
/*
 * text_line.h: a line of text: its words, its numbers, what is wrong with it.
 * Private to the parser of text.
 *
 * Words are separated by blanks; they point into the text and end nowhere, so
 * they carry their length. line_... functions that return false or -1 have put
 * "line N: message" into the caller's buffer.
 */
#ifndef FUZZ_TEXT_LINE_H
#define FUZZ_TEXT_LINE_H

#include "program.h"

/* Length 0: there was none. */
struct word {
	const char *text;
	size_t length;
};

struct line {
	const char *at, *end; /* what is left of it */
	unsigned int number; /* from 1 */
	char *error;
	size_t error_size;
	const struct target *target; /* as the text says; NULL: it does not */
};

/* Arguments for "%.*s": as much of a word as a message should show. */
#define SHOW(w) (int)((w).length < 40 ? (w).length : 40), (w).text

/* Is it a space or a tab? */
bool word_blank(char c);
/* What stands from @start to @end, without the blanks around it. */
struct word word_between(const char *start, const char *end);
bool word_is(struct word word, const char *string);
/* If @word begins with @prefix, cut that off. */
bool word_cut(struct word *word, const char *prefix);
/* Returns: the N of a word that is @prefix and N, up to @max; else -1. */
int word_number(struct word word, const char *prefix, int max);

/* Take the next word off the line; all that is left of it. */
struct word line_word(struct line *line);
struct word line_rest(struct line *line);
/* Returns: @word as a number, or -1. @what: its name in the message. */
int line_number(struct line *line, struct word word, const char *what, int min,
		int max);
/* Take a word into @to, a string of TEXT_WORD_MAX. Returns: false if there is none. */
bool line_copy(struct line *line, char *to);
/* Take a power of two. Returns: -1 after a failure. */
int line_power(struct line *line, const char *what, int min, int max);
/* Take a task's name, or "rcu" if @rcu. Returns: its number, or -1. */
int line_task(struct line *line, bool rcu);
/* Returns: false if something is left. */
bool line_done(struct line *line);

/* Complain. Returns: false, so that a caller can return it. */
__attribute__((format(printf, 2, 3))) bool
line_fail(struct line *line, const char *format, ...);
bool line_unexpected(struct line *line, struct word word);

/* Returns: false if it holds a byte that no text has. */
bool line_is_text(struct line *line);

/* The first line, of text that ends at @end, see text_first.c. */
bool line_first(struct line *line, const char *end);
/*
 * An operation: @gives: the word before "=", if any; @name: its own; what
 * follows is on the line. See text_op.c.
 */
bool line_op(struct line *line, struct word gives, struct word name,
	     struct program_op *op);
/*
 * What follows "switch" or "preempt", "delay", "stale"; @site: its SITE, if it has
 * one, see text_switch.c.
 */
bool line_switch(struct line *line, enum entry_kind kind,
		 struct program_switch *entry, struct word *site);

#endif
