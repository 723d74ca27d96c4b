/* SPDX-License-Identifier: MIT */
/*
 * deadly.h: deadly signals: the last words of a process that a run kills.
 *
 * A handler on a stack of its own says them, and then the signal does what it
 * does. Where a sanitizer or an engine has a handler already, that one stays.
 *
 * A run that does not come to an access point any more is ended by nobody else:
 * it is killed by SIGVTALRM after DEADLY_SECONDS of the process's own time. No
 * run that ends takes a tenth of that. (TSan lets nobody in between: there it
 * hangs.)
 */
#ifndef FUZZ_DEADLY_H
#define FUZZ_DEADLY_H

#include <signal.h>

#include "checker.h"

#define DEADLY_SECONDS 5

/* The access that @info is about. Async-signal-safe. */
struct touched deadly_touched(const siginfo_t *info);
/*
 * @say: async-signal-safe; NULL: nothing is said. @runs: how many have begun so
 * far.
 */
void deadly_catch(void (*say)(const siginfo_t *info),
		  const unsigned long *runs);

#endif
