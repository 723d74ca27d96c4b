/* SPDX-License-Identifier: MIT */
/* ticker.c: see ticker.h. */
#include "ticker.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "clock.h"

#define EVERY_TERMINAL 0.2 /* seconds */
#define EVERY_LOG 5.0

void ticker_begin(struct ticker *ticker)
{
	ticker->begin = ticker->shown = clock_seconds();
	ticker->terminal = isatty(STDERR_FILENO);
	ticker->dirty = false;
}

bool ticker_due(const struct ticker *ticker)
{
	double every = ticker->terminal ? EVERY_TERMINAL : EVERY_LOG;

	return clock_seconds() - ticker->shown >= every;
}

void ticker_say(struct ticker *ticker, const char *format, ...)
{
	va_list args;

	ticker->shown = clock_seconds();
	fputs(ticker->terminal ? "\r\033[K" : "", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	if (!ticker->terminal)
		fputc('\n', stderr);
	fflush(stderr);
	ticker->dirty = ticker->terminal;
}

double ticker_end(struct ticker *ticker)
{
	if (ticker->dirty)
		fputs("\r\033[K", stderr);
	ticker->dirty = false;
	return clock_seconds() - ticker->begin;
}

const char *ticker_number(unsigned long number, char text[32])
{
	char digits[32];
	size_t nr = (size_t)snprintf(digits, sizeof(digits), "%lu", number);
	size_t i, at = 0;

	for (i = 0; i < nr; i++) {
		if (i && (nr - i) % 3 == 0)
			text[at++] = ',';
		text[at++] = digits[i];
	}
	text[at] = '\0';
	return text;
}
