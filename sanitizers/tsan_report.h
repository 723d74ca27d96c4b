/* SPDX-License-Identifier: MIT */
/*
 * tsan_report.h: how often ThreadSanitizer has reported so far.
 *
 * In a fuzz target the first report ends the process. Elsewhere the run goes on
 * to the finding that it may have, and whoever played it asks here.
 */
#ifndef SANITIZERS_TSAN_REPORT_H
#define SANITIZERS_TSAN_REPORT_H

/* Defined, with any value, where a report shall end the process. */
extern const int sanitizers_halt __attribute__((weak));

/* Reports in this process. TSan reports an address once. Without it: 0. */
unsigned int tsan_reports(void);

#endif
