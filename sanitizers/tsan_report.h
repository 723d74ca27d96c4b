/* SPDX-License-Identifier: MIT */
/*
 * tsan_report.h: how often ThreadSanitizer has reported so far, and what it passes over:
 * races that the target knows of (known_races.h).
 *
 * In a fuzz target the first report ends the process. Elsewhere the run goes on
 * to the finding that it may have, and whoever played it asks here. Each report has a
 * line in front of it, that says it in the words of such a row; and so has, in a fuzz
 * target, what is passed over, the first time.
 */
#ifndef SANITIZERS_TSAN_REPORT_H
#define SANITIZERS_TSAN_REPORT_H

#include "target.h"

/* Defined, with any value, where a report shall end the process. */
extern const int sanitizers_halt __attribute__((weak));

/* From now on it is @target that runs. */
void tsan_report_of(const struct target *target);
/* From now on nothing is passed over. */
void tsan_report_known(void);
/* Reports in this process. TSan reports two stacks once. Without it: 0. */
unsigned int tsan_reports(void);

#endif
