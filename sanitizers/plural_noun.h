/* SPDX-License-Identifier: MIT */
/*
 * plural_noun.h: several of what a target calls a page: "pages", "entries", "boxes".
 * By English rules; exceptions have none ("leafs").
 */
#ifndef SANITIZERS_PLURAL_NOUN_H
#define SANITIZERS_PLURAL_NOUN_H

#include <stdio.h>
#include <string.h>

/* Into @text, of @size bytes. Returns: that. */
static inline const char *plural_noun(const char *noun, char *text, size_t size)
{
	size_t length = strlen(noun);
	char last = length ? noun[length - 1] : '\0';
	char before = length > 1 ? noun[length - 2] : '\0';
	const char *end = "s";

	if (last == 'y' && before && !strchr("aeiou", before)) {
		length--;
		end = "ies";
	} else if (last && (strchr("sxz", last) ||
			    (last == 'h' && before && strchr("cs", before)))) {
		end = "es";
	}
	snprintf(text, size, "%.*s%s", (int)length, noun, end);
	return text;
}

#endif
