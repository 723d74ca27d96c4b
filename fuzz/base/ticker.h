/* SPDX-License-Identifier: MIT */
/*
 * ticker.h: a ticker: how far long work has come, on standard error.
 *
 * A terminal has one line that changes; a log gets a line every few seconds.
 */
#ifndef FUZZ_TICKER_H
#define FUZZ_TICKER_H

#include <stdbool.h>

struct ticker {
	double begin, shown; /* seconds, of a clock that never goes back */
	bool terminal;
	bool dirty; /* there is a line to be wiped out */
};

void ticker_begin(struct ticker *ticker);
/* Is it time to say something? */
bool ticker_due(const struct ticker *ticker);
__attribute__((format(printf, 2, 3))) void ticker_say(struct ticker *ticker,
						       const char *format, ...);
/* Wipe out what stands there. Returns: seconds since the beginning. */
double ticker_end(struct ticker *ticker);

/* "1,234,567" */
const char *ticker_number(unsigned long number, char text[32]);

#endif
