/* SPDX-License-Identifier: MIT */
/*
 * dying.h: dying: a child process that meets a finding, as a fuzz target does,
 * and what it says.
 *
 * A stack follows, as under a fuzzing engine: the sanitizer's; without one, the
 * frame that all findings of a fuzz target share.
 */
#ifndef SANITIZERS_TEST_DYING_H
#define SANITIZERS_TEST_DYING_H

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checker.h"
#include "report.h"

#define DYING_WORDS 16384

extern void sanitizer_print_stack_trace(void) __asm__(
	"__sanitizer_print_stack_trace") __attribute__((weak));

static inline void dying_stack(int number)
{
	static const char frame[] = "    #8 0x1 in LLVMFuzzerTestOneInput "
				    "/src/fuzz/page_cache_fuzzer.c:36:3\n";

	if (sanitizer_print_stack_trace)
		sanitizer_print_stack_trace();
	else if (write(STDERR_FILENO, frame, sizeof(frame) - 1) < 0)
		_exit(1);
	signal(number, SIG_DFL);
	raise(number);
}

static inline void die_of(const struct finding *finding)
{
	const struct rlimit no_core = { 0, 0 };

	signal(SIGABRT, dying_stack);
	setrlimit(RLIMIT_CORE, &no_core);
	finding_assert(finding);
}

/* The same, by way of these two ends, which are closed. */
static inline int dying_words_by(const struct finding *finding, int ends[2],
				 char words[DYING_WORDS])
{
	size_t length = 0;
	ssize_t got;
	pid_t child;
	int status;

	child = fork();
	if (!child) {
		dup2(ends[1], STDERR_FILENO);
		close(ends[0]);
		close(ends[1]);
		die_of(finding);
	}
	assert_true(child > 0);
	close(ends[1]);
	while ((got = read(ends[0], words + length,
			   DYING_WORDS - 1 - length)) > 0)
		length += (size_t)got;
	words[length] = '\0';
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

/* What a child that met @finding says. Returns: its wait status. */
static inline int dying_words(const struct finding *finding,
			      char words[DYING_WORDS])
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	return dying_words_by(finding, ends, words);
}

/* How those who sort crashes read it. */
static inline void dying_report(const struct finding *finding,
				struct report *report)
{
	char words[DYING_WORDS];

	dying_words(finding, words);
	assert_true(report_parse(words, strlen(words), report));
}

#endif
