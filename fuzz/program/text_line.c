/* SPDX-License-Identifier: MIT */
/* text_line.c: see text_line.h. */
#include "text_line.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool line_fail(struct line *line, const char *format, ...)
{
	char message[256];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	snprintf(line->error, line->error_size, "line %u: %s", line->number,
		 message);
	return false;
}

bool word_blank(char c)
{
	return c == ' ' || c == '\t';
}

struct word word_between(const char *start, const char *end)
{
	while (start < end && word_blank(*start))
		start++;
	while (start < end && word_blank(end[-1]))
		end--;
	return (struct word){ start, end - start };
}

bool word_is(struct word word, const char *string)
{
	return word.length == strlen(string) &&
	       !memcmp(word.text, string, word.length);
}

bool word_cut(struct word *word, const char *prefix)
{
	size_t length = strlen(prefix);

	if (word->length < length || memcmp(word->text, prefix, length))
		return false;
	word->text += length;
	word->length -= length;
	return true;
}

int word_number(struct word word, const char *prefix, int max)
{
	int value = 0;
	size_t i;

	if (!word_cut(&word, prefix) || !word.length)
		return -1;
	for (i = 0; i < word.length && value <= max; i++) {
		if (word.text[i] < '0' || word.text[i] > '9')
			return -1;
		value = value * 10 + (word.text[i] - '0');
	}
	return value <= max ? value : -1;
}

struct word line_word(struct line *line)
{
	struct word word = word_between(line->at, line->end);

	line->at = word.text;
	while (line->at < line->end && !word_blank(*line->at))
		line->at++;
	word.length = line->at - word.text;
	return word;
}

struct word line_rest(struct line *line)
{
	struct word word = word_between(line->at, line->end);

	line->at = line->end;
	return word;
}

bool line_copy(struct line *line, char *to)
{
	struct word word = line_word(line);

	if (!word.length)
		return line_unexpected(line, word);
	if (word.length >= TEXT_WORD_MAX)
		return line_fail(line, "\"%.*s...\" is too long (at most %d)",
				 SHOW(word), TEXT_WORD_MAX - 1);
	memcpy(to, word.text, word.length);
	to[word.length] = '\0';
	return true;
}

bool line_unexpected(struct line *line, struct word word)
{
	if (!word.length)
		return line_fail(line, "missing word at the end");
	return line_fail(line, "unexpected word \"%.*s\"", SHOW(word));
}

bool line_done(struct line *line)
{
	struct word word = line_word(line);

	return !word.length || line_unexpected(line, word);
}

int line_number(struct line *line, struct word word, const char *what, int min,
		int max)
{
	int value = word_number(word, "", max);

	if (value >= min)
		return value;
	if (word.length)
		line_fail(line, "%s out of range %d..%d: \"%.*s\"", what, min,
			  max, SHOW(word));
	else
		line_fail(line, "missing %s (%d..%d)", what, min, max);
	return -1;
}

int line_power(struct line *line, const char *what, int min, int max)
{
	struct word word = line_word(line);
	int number = line_number(line, word, what, min, max);

	if (number < 0 || !(number & (number - 1)))
		return number;
	line_fail(line, "%s: \"%.*s\" is not a power of two", what, SHOW(word));
	return -1;
}

int line_task(struct line *line, bool rcu)
{
	struct word word = line_word(line);
	int task = word_number(word, "task", PROGRAM_TASKS - 1);

	if (rcu && word_is(word, "rcu"))
		return TASK_RCU;
	if (task < 0 && !word.length)
		line_fail(line, "missing task");
	else if (task < 0)
		line_fail(line, "unknown task \"%.*s\" (task0 to task7%s)",
			  SHOW(word), rcu ? ", rcu" : "");
	return task;
}
