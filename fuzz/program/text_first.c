/* SPDX-License-Identifier: MIT */
/*
 * text_first.c: the first line of text, "pagerace 1": is it there, and what is
 * there in its place?
 */
#include <string.h>

#include "nearest.h"
#include "text_line.h"

#define MAGIC "pagerace "
#define FIRST MAGIC "1"

bool text_sniff(const char *data, size_t size)
{
	return size >= strlen(MAGIC) && !memcmp(data, MAGIC, strlen(MAGIC));
}

/* Bytes of the letter at @at, if it is none of ASCII; 0: it is no UTF-8. */
static size_t letter_length(const unsigned char *at, size_t left)
{
	size_t length = *at >= 0xf0 ? 4 : *at >= 0xe0 ? 3 : 2, i;

	if (*at < 0xc2 || *at > 0xf4 || left < length)
		return 0;
	for (i = 1; i < length; i++)
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	return length;
}

bool text_is_printable(const char *data, size_t size)
{
	const unsigned char *at = (const unsigned char *)data;
	size_t length;

	for (; size; at += length, size -= length) {
		length = *at < 0x80 ? 1 : letter_length(at, size);
		if (!length || *at == 0x7f ||
		    (*at < ' ' && !memchr("\t\n\v\f\r", *at, 5)))
			return false;
	}
	return true;
}

bool line_is_text(struct line *line)
{
	const char *c;

	for (c = line->at; c < line->end; c++)
		if ((unsigned char)*c < ' ' && *c != '\t')
			return line_fail(line, "byte 0x%02x is no text", *c);
	return true;
}

/* In which line does FIRST stand, behind blank ones and comments? 0: none. */
static unsigned int where_it_stands(const char *at, const char *end)
{
	unsigned int number = 1;
	const char *newline;

	for (; at < end; at = newline + 1, number++) {
		struct word word;

		newline = memchr(at, '\n', (size_t)(end - at));
		if (!newline)
			newline = end;
		word = word_between(at, newline);
		if (word.length && word.text[word.length - 1] == '\r')
			word.length--;
		if (word_is(word, FIRST))
			return number;
		if (word.length && *word.text != '#')
			return 0;
	}
	return 0;
}

static bool is_misspelt(struct word word)
{
	struct nearest nearest;

	nearest_begin(&nearest, word.text, word.length);
	nearest_offer(&nearest, FIRST);
	nearest_offer(&nearest, "pagerace");
	return nearest.name;
}

/* It is not there. Returns: false. */
static bool say_what_is(struct line *line, const char *end)
{
	static const char mark[] = "\xef\xbb\xbf",
			  expected[] = "expected \"" FIRST "\"";
	struct word word = word_between(line->at, line->end);
	unsigned int stands = where_it_stands(line->at, end);

	if (line->at == end)
		return line_fail(line, "%s, and there is nothing", expected);
	if (!text_is_printable(line->at, line->end - line->at))
		return line_fail(line, "%s, found bytes that are no text",
				 expected);
	if (stands == 1)
		return line_fail(line, "%s, found blanks before it", expected);
	if (stands)
		return line_fail(line,
				 "%s, which stands in line %u: nothing "
				 "may stand before it",
				 expected, stands);
	if (word_cut(&word, mark))
		return line_fail(line, "%s, found a byte order mark", expected);
	if (!word.length)
		return line_fail(line, "%s, found an empty line", expected);
	return line_fail(line, "%s, found \"%.*s\"%s", expected, SHOW(word),
			 is_misspelt(word) ? "; is it misspelt?" : "");
}

bool line_first(struct line *line, const char *end)
{
	struct word version;

	if (!text_sniff(line->at, line->end - line->at))
		return say_what_is(line, end);
	if (!line_is_text(line))
		return false;
	line->at += strlen(MAGIC);
	version = line_word(line);
	if (!word_is(version, "1"))
		return line_fail(line, "version \"%.*s\": only 1 is known",
				 SHOW(version));
	return line_done(line);
}
