/* SPDX-License-Identifier: MIT */
/*
 * defaults.c: options that sanitizers start with; the environment overrides.
 *
 * A runtime calls its function before anything of ours is set up, its own
 * shadow included, so these may not be instrumented. They are not weak: the
 * runtimes have weak ones, and come first on the linker's command line.
 *
 * atexit_sleep_ms=0: TSan would wait a second at each exit for races of other
 *   threads; there are none, tasks are fibers.
 * exitcode=77: what libFuzzer exits with as well. 0, 1 and 2 are taken: they
 *   are answers of the pagerace command; its own, where TSan lets it go on.
 * halt_on_error=1: what comes after a first report need not be true, and the
 *   first names the finding. That is the rule without it too, but not where
 *   the compiler was told to recover, and not of TSan. There it holds for fuzz
 *   targets; a program that is replayed goes on to its finding (tsan_report.h).
 * print_stacktrace=1: without its stack an undefined behaviour has a type and
 *   no place; who sorts crashes would take all of one type for one.
 * report_signal_unsafe=0: libFuzzer prints and allocates in its handlers.
 * second_deadlock_stack=1: both stacks of a lock order that was turned round.
 */
#include "tsan_glue.h"
#include "tsan_report.h"

#ifdef __clang__
#define UNINSTRUMENTED __attribute__((disable_sanitizer_instrumentation))
#else
#define UNINSTRUMENTED                                                         \
	__attribute__((no_sanitize_address, no_sanitize_thread,                \
		       no_sanitize_undefined))
#endif

/* Gcc's runtimes are shared objects: they must be able to see these. */
#define DEFAULTS(function, text)                                               \
	const char *function(void);                                            \
	UNINSTRUMENTED __attribute__((used, visibility("default")))            \
	const char *function(void)                                             \
	{                                                                      \
		return text;                                                   \
	}

DEFAULTS(__asan_default_options, "exitcode=77:halt_on_error=1")
DEFAULTS(__msan_default_options, "exitcode=77:halt_on_error=1")
/* TSan's runtime has UBSan in it, whose exit code counts for both. */
DEFAULTS(__ubsan_default_options,
	 TSAN_ON && !&sanitizers_halt ?
		 "exitcode=0:print_stacktrace=1" :
		 "exitcode=77:halt_on_error=1:print_stacktrace=1")
#define TSAN_OPTIONS                                                           \
	"atexit_sleep_ms=0:report_signal_unsafe=0:second_deadlock_stack=1:"
DEFAULTS(__tsan_default_options, &sanitizers_halt ?
	 TSAN_OPTIONS "halt_on_error=1:exitcode=77" :
	 TSAN_OPTIONS "halt_on_error=0:exitcode=0")
