/* SPDX-License-Identifier: MIT */
/* quote.c: see quote.h. */
#include "quote.h"

#include <stdio.h>
#include <string.h>

static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "0123456789_-./,:=+@%";

static void put(const char *piece, char *to, size_t max, size_t *at)
{
	*at += (size_t)snprintf(*at < max ? to + *at : NULL,
				*at < max ? max - *at : 0, "%s", piece);
}

size_t quote_path(const char *path, char *to, size_t max)
{
	const char *quote = *path && !path[strspn(path, plain)] ? "" : "'";
	size_t at = 0;

	put(quote, to, max, &at);
	if (*path == '-' && path[1])
		put("./", to, max, &at);
	for (; *path; path++) {
		const char letter[] = { *path, '\0' };

		put(*path == '\'' ? "'\\''" : letter, to, max, &at);
	}
	put(quote, to, max, &at);
	return at;
}
