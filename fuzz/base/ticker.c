/* SPDX-License-Identifier: MIT */
/* ticker.c: see ticker.h. */
#include "ticker.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define EVERY_TERMINAL 0.2 /* seconds */
#define EVERY_LOG 5.0

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void ticker_begin(struct ticker *ticker)
{
	ticker->begin = ticker->shown = seconds();
	ticker->terminal = isatty(STDERR_FILENO);
	ticker->dirty = false;
}

bool ticker_due(const struct ticker *ticker)
{
	double every = ticker->terminal ? EVERY_TERMINAL : EVERY_LOG;

	return seconds() - ticker->shown >= every;
}

void ticker_say(struct ticker *ticker, const char *format, ...)
{
	va_list args;

	ticker->shown = seconds();
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
	return seconds() - ticker->begin;
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
