/* SPDX-License-Identifier: MIT */
/* report.c: see report.h. */
#include "report.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define LINE_MAX_READ 1024 /* letters of a line that are looked at */

struct reader {
	struct report *report;
	int lines; /* of the state; REPORT_LINES: no more are wanted */
};

/* What stands in a line, and the type that it means. */
struct meaning {
	const char *part;
	const char *type;
};

/* The first that fits counts. */
static const struct meaning undefined[] = {
	{ "division by zero", "Divide-by-zero" },
	{ "outside the range of representable", "Float-cast-overflow" },
	{ "implicit conversion from type", "Implicit-conversion" },
	{ "to incorrect function type", "Incorrect-function-pointer-type" },
	{ "out of bounds for type", "Index-out-of-bounds" },
	{ "not a valid value for type 'bool'", "Invalid-bool-value" },
	{ "which is not a valid argument", "Invalid-builtin-use" },
	{ "misaligned address", "Misaligned-address" },
	{ "end of a value-returning function", "No-return-value" },
	{ "which is declared to never be null", "Invalid-null-argument" },
	{ "load of null pointer", "Null-dereference READ" },
	{ "access within null pointer", "Null-dereference" },
	{ "store to null pointer", "Null-dereference WRITE" },
	{ "insufficient space for an object", "Object-size" },
	{ "of unsigned offset", "Pointer-overflow" },
	{ "pointer index expression with base", "Pointer-overflow" },
	{ "applying non-zero offset", "Pointer-overflow" },
	{ "applying zero offset", "Pointer-overflow" },
	{ "declared to never return null", "Invalid-null-return" },
	{ "shift", "Undefined-shift" },
	{ "an unreachable program point", "Unreachable code" },
	{ "unsigned integer overflow", "Unsigned-integer-overflow" },
	{ "variable length array bound", "Non-positive-vla-bound-value" },
	{ "not a valid value for type", "Invalid-enum-value" },
	{ "integer overflow", "Integer-overflow" },
	{ "cannot be represented in type", "Integer-overflow" },
	{ NULL, NULL },
};

/* Of libFuzzer; each takes the place of nothing but an earlier none. */
static const struct meaning engine[] = {
	{ "ERROR: libFuzzer: deadly signal", "Fatal-signal" },
	{ "ERROR: libFuzzer: fuzz target exited", "Unexpected-exit" },
	{ "fuzz target overwrites its const", "Overwrites-const-input" },
	{ NULL, NULL },
};

/* Of whoever: stronger than what was read before. */
static const struct meaning limits[] = {
	{ "ERROR: libFuzzer: timeout", "Timeout" },
	{ "ERROR: libFuzzer: out-of-memory", "Out-of-memory" },
	{ "Sanitizer: out of memory", "Out-of-memory" },
	{ "Sanitizer: allocation-size-too-big", "Out-of-memory" },
	{ "Sanitizer: requested allocation size", "Out-of-memory" },
	{ "rss limit exhausted", "Out-of-memory" },
	{ NULL, NULL },
};

/* Stacks of where memory came from are no part of where it crashed. */
static const char *const stops[] = {
	"Direct leak of", "Uninitialized value was stored to memory at",
	"allocated by thread", "created by main thread at",
	"located in stack of thread", "previously allocated by", NULL,
};

static const struct meaning *meaning_of(const struct meaning *table,
					const char *line)
{
	for (; table->part; table++)
		if (strstr(line, table->part))
			return table;
	return NULL;
}

/* -------------------------------------------------------------------- state */

static bool begins_number(const char *text, const char *at)
{
	return at == text || !strchr(":.0123456789", at[-1]);
}

/* Copy @from without what differs between two runs of one bug. */
static void neutral(char *to, size_t max, const char *from)
{
	const char *text = from;
	size_t at = 0, length;

	while (*from && at + 1 < max) {
		const char *word = NULL;

		length = strspn(from, "0123456789.");
		if (from[0] == '0' && from[1] == 'x' &&
		    strspn(from + 2, "0123456789abcdefABCDEF") >= 4) {
			length = 2 + strspn(from + 2, "0123456789abcdefABCDEF");
			word = "ADDRESS";
		} else if (length >= 4 && begins_number(text, from) &&
			   !isalpha((unsigned char)from[length])) {
			word = "NUMBER";
		}
		if (word)
			at += (size_t)snprintf(to + at, max - at, "%s", word);
		else
			to[at++] = *from, length = 1;
		from += length;
	}
	to[at < max ? at : max - 1] = '\0';
}

static void add_line(struct reader *reader, const char *text)
{
	char *line;

	if (reader->lines >= REPORT_LINES)
		return;
	line = reader->report->state[reader->lines++];
	neutral(line, REPORT_LETTERS + 1, text);
}

static void begin(struct reader *reader, const char *type)
{
	struct report *report = reader->report;

	memset(report->state, 0, sizeof(report->state));
	reader->lines = 0;
	snprintf(report->type, sizeof(report->type), "%s", type);
}

/* The letters up to one of @ends, "heap_Use" as "Heap-use". */
static void begin_word(struct reader *reader, const char *text,
		       const char *ends)
{
	char type[REPORT_TYPE_MAX], *at;

	snprintf(type, sizeof(type), "%.*s", (int)strcspn(text, ends), text);
	for (at = type; *at; at++)
		*at = *at == '_' ? '-' : (char)tolower((unsigned char)*at);
	for (; at > type && at[-1] == ' '; at--)
		at[-1] = '\0';
	*type = (char)toupper((unsigned char)*type);
	begin(reader, type);
}

/* -------------------------------------------------------------------- lines */

static bool is_noise(const char *line)
{
	return strstr(line, "SUMMARY:") || strstr(line, ":DEADLYSIGNAL") ||
	       strstr(line, "WARNING: AddressSanitizer");
}

/* The signal that an assertion ends with says nothing more. */
static bool is_signal(const char *line)
{
	return strstr(line, "Sanitizer: ABRT ") ||
	       strstr(line, "Sanitizer: ILL ") ||
	       strstr(line, "Sanitizer: TRAP ") ||
	       strstr(line, "Sanitizer: breakpoint ");
}

/* "ASSERTION FAILED: id". Returns: the id, or NULL. */
static const char *assertion(const char *line)
{
	static const char *const words[] = { "ASSERTION FAILED: ",
					     "ASSERTION FAILURE: ",
					     "ASSERT FAILED: ",
					     "ASSERT FAILURE: ", "panic: " };
	size_t i;

	while (isspace((unsigned char)*line))
		line++;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strncasecmp(line, words[i], strlen(words[i])))
			return line + strlen(words[i]);
	return NULL;
}

/* glibc's "...: Assertion `EXPRESSION' failed." */
static bool read_glibc_assertion(struct reader *reader, const char *line)
{
	const char *start = strstr(line, ": Assertion `");
	const char *end = start ? strstr(start, "' failed.") : NULL;
	char text[REPORT_LINE_MAX];

	if (!end)
		return false;
	start += strlen(": Assertion `");
	snprintf(text, sizeof(text), "%.*s", (int)(end - start), start);
	begin(reader, "ASSERT");
	add_line(reader, text);
	return true;
}

/* "ERROR: AddressSanitizer: TYPE on address 0x..." */
static bool read_address(struct reader *reader, const char *line)
{
	const char *error = strstr(line, "ERROR: ");
	const char *type = error ? strstr(error, "Sanitizer: ") : NULL;
	const char *on = type ? strstr(type, " on ") : NULL;
	char text[REPORT_TYPE_MAX];

	if (!on)
		return false;
	type += strlen("Sanitizer: ");
	if (strstr(line, "SEGV on unknown address"))
		begin(reader, "UNKNOWN");
	else if (strstr(line, "double-free on"))
		begin(reader, "Heap-double-free");
	else if (!strncmp(type, "attempting free on", 18))
		begin(reader, "Invalid-free");
	else if (!strncmp(type, "FPE ", 4))
		begin(reader, "Floating-point-exception");
	else {
		snprintf(text, sizeof(text), "%.*s", (int)(on - type), type);
		begin_word(reader, text, "");
	}
	return true;
}

/* "WARNING: MemorySanitizer: TYPE", "ThreadSanitizer: TYPE (pid=7)" */
static bool read_warning(struct reader *reader, const char *line)
{
	const char *at = strstr(line, "WARNING: MemorySanitizer: ");

	if (!at)
		at = strstr(line, "WARNING: ThreadSanitizer: ");
	if (!at)
		return false;
	begin_word(reader, strstr(at, "Sanitizer: ") + 11, "(:");
	return true;
}

/* "READ of size 4 at 0x...", and what a bad address was wanted for */
static bool read_access(struct reader *reader, const char *line)
{
	char *type = reader->report->type, word[16], access[32];
	const char *at = strstr(line, "signal is caused by a ");
	unsigned int size, i;

	if (at && !strcmp(type, "UNKNOWN")) {
		if (sscanf(at, "signal is caused by a %15s memory", word) == 1 &&
		    strcmp(word, "UNKNOWN"))
			snprintf(type + 7, REPORT_TYPE_MAX - 7, " %s", word);
		return true;
	}
	if (!*type || !strncmp(type, "UNKNOWN", 7) ||
	    sscanf(line, " %15s of size %u at", word, &size) != 2)
		return false;
	for (i = 0; word[i]; i++)
		word[i] = (char)toupper((unsigned char)word[i]);
	snprintf(access, sizeof(access), size > 16 ? " %s {*}" : " %s %u", word,
		 size);
	snprintf(type + strlen(type), REPORT_TYPE_MAX - strlen(type), "%s",
		 access);
	return true;
}

static bool read_undefined(struct reader *reader, const char *line)
{
	const char *reason = strstr(line, ": runtime error: ");
	const struct meaning *meaning;

	if (!reason || *reader->report->type)
		return false;
	meaning = meaning_of(undefined, reason);
	begin(reader, meaning ? meaning->type : "UNKNOWN");
	return true;
}

static bool read_leak(struct reader *reader, const char *line)
{
	const char *type = reader->report->type;

	if (!strncmp(line, "Direct leak of ", 15) &&
	    (!*type || !strcmp(type, "Indirect-leak")))
		begin(reader, "Direct-leak");
	else if (!strncmp(line, "Indirect leak of ", 17) && !*type)
		begin(reader, "Indirect-leak");
	else
		return false;
	return true;
}

static bool read_engine(struct reader *reader, const char *line)
{
	const struct meaning *meaning = meaning_of(limits, line);

	if (!meaning && !*reader->report->type)
		meaning = meaning_of(engine, line);
	if (meaning)
		begin(reader, meaning->type);
	return meaning != NULL;
}

static void read_frame(struct reader *reader, const char *line)
{
	char name[REPORT_LINE_MAX];
	const char *const *stop;

	if (!*reader->report->type)
		return;
	for (stop = stops; *stop && reader->lines; stop++)
		if (strstr(line, *stop))
			reader->lines = REPORT_LINES;
	if (report_frame(line, name, sizeof(name)))
		add_line(reader, name);
}

static void read_line(struct reader *reader, const char *line)
{
	const char *id = assertion(line);

	if (is_noise(line) ||
	    (is_signal(line) && !strcmp(reader->report->type, "ASSERT")))
		return;
	if (id) {
		begin(reader, "ASSERT");
		add_line(reader, id);
		return;
	}
	if (!read_glibc_assertion(reader, line) &&
	    !read_address(reader, line) && !read_warning(reader, line) &&
	    !read_undefined(reader, line) && !read_leak(reader, line) &&
	    !read_engine(reader, line) && !read_access(reader, line))
		read_frame(reader, line);
}

bool report_parse(const char *text, size_t size, struct report *report)
{
	struct reader reader = { .report = report };
	const char *end = text + size;
	char line[LINE_MAX_READ];

	memset(report, 0, sizeof(*report));
	while (text < end) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		size_t length = (size_t)((stop ? stop : end) - text);

		snprintf(line, sizeof(line), "%.*s", (int)length, text);
		read_line(&reader, line);
		text += length + 1;
	}
	if (*report->type && !*report->state[0])
		snprintf(report->state[0], REPORT_LINE_MAX, "NULL");
	return *report->type;
}
