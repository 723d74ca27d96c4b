/* SPDX-License-Identifier: MIT */
/*
 * json.h: JSON, written as it comes.
 *
 * What is written is always well-formed as long as what was opened is closed:
 * commas are put where they belong, control characters and '<' are escaped (so
 * that the text may stand inside a script element), and bytes that are no UTF-8
 * become U+FFFD.
 *
 * In an array @key is NULL.
 */
#ifndef FUZZ_JSON_H
#define FUZZ_JSON_H

#include <stdbool.h>
#include <stdio.h>

struct json {
	FILE *out;
	bool comma; /* something stands before what comes next */
};

/* @bracket: '{' or '['; json_close() takes the other. */
void json_open(struct json *json, const char *key, char bracket);
void json_close(struct json *json, char bracket);
/* NULL is null. */
void json_string(struct json *json, const char *key, const char *value);
void json_number(struct json *json, const char *key, long value);
void json_bool(struct json *json, const char *key, bool value);
/* What comes next stands on a line of its own. */
void json_line(struct json *json);

#endif
