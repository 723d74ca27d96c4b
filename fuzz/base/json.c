/* SPDX-License-Identifier: MIT */
/* json.c: see json.h. */
#include "json.h"

#include <stdint.h>

/* ---------------------------------------------------------------- strings */

/* Bytes that follow a UTF-8 lead byte; -1: it is none. */
static int utf8_tail(unsigned char lead)
{
	if (lead < 0x80)
		return 0;
	if (lead >= 0xc2 && lead < 0xe0)
		return 1;
	if (lead >= 0xe0 && lead < 0xf0)
		return 2;
	return lead >= 0xf0 && lead < 0xf5 ? 3 : -1;
}

/* Overlong, a surrogate, or beyond U+10FFFF? */
static bool is_bad_second(unsigned char lead, unsigned char second)
{
	return (lead == 0xe0 && second < 0xa0) ||
	       (lead == 0xed && second >= 0xa0) ||
	       (lead == 0xf0 && second < 0x90) ||
	       (lead == 0xf4 && second >= 0x90);
}

/* Length of the character at @text; 0: it is no UTF-8. */
static int utf8_length(const unsigned char *text)
{
	int tail = utf8_tail(*text), i;

	if (tail < 0 || (tail && is_bad_second(text[0], text[1])))
		return 0;
	for (i = 1; i <= tail; i++)
		if ((text[i] & 0xc0) != 0x80)
			return 0;
	return tail + 1;
}

static void put_character(FILE *out, const unsigned char *text, int length)
{
	if (!length)
		fputs("\\ufffd", out);
	else if (*text == '"' || *text == '\\')
		fprintf(out, "\\%c", *text);
	else if (*text == '\n')
		fputs("\\n", out);
	else if (*text < 0x20 || *text == '<' || *text == 0x7f)
		fprintf(out, "\\u%04x", *text);
	else
		fwrite(text, 1, (size_t)length, out);
}

static void put_string(FILE *out, const char *value)
{
	const unsigned char *text = (const unsigned char *)value;

	fputc('"', out);
	while (*text) {
		int length = utf8_length(text);

		put_character(out, text, length);
		text += length ? length : 1;
	}
	fputc('"', out);
}

/* ----------------------------------------------------------------- values */

static void begin(struct json *json, const char *key)
{
	if (json->comma)
		fputc(',', json->out);
	json->comma = true;
	if (!key)
		return;
	put_string(json->out, key);
	fputc(':', json->out);
}

void json_open(struct json *json, const char *key, char bracket)
{
	begin(json, key);
	fputc(bracket, json->out);
	json->comma = false;
}

void json_close(struct json *json, char bracket)
{
	fputc(bracket, json->out);
	json->comma = true;
}

void json_string(struct json *json, const char *key, const char *value)
{
	begin(json, key);
	if (value)
		put_string(json->out, value);
	else
		fputs("null", json->out);
}

void json_number(struct json *json, const char *key, long value)
{
	begin(json, key);
	fprintf(json->out, "%ld", value);
}

void json_bool(struct json *json, const char *key, bool value)
{
	begin(json, key);
	fputs(value ? "true" : "false", json->out);
}

void json_line(struct json *json)
{
	if (json->comma)
		fputc(',', json->out);
	json->comma = false;
	fputc('\n', json->out);
}
