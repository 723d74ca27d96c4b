/* SPDX-License-Identifier: MIT */
/* tell.h: a tale: words put behind each other, as far as there is room. */
#ifndef FUZZ_TELL_H
#define FUZZ_TELL_H

#include <stdarg.h>
#include <stdio.h>

struct tale {
	char *text;
	size_t length, max;
};

static inline struct tale tale_into(char *text, size_t max)
{
	*text = '\0';
	return (struct tale){ text, 0, max };
}

__attribute__((format(printf, 2, 3))) static inline void
tell(struct tale *tale, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	tale->length += (size_t)vsnprintf(tale->text + tale->length,
					  tale->max - tale->length, format,
					  args);
	va_end(args);
	if (tale->length >= tale->max)
		tale->length = tale->max - 1;
}

#endif
