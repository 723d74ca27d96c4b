/* SPDX-License-Identifier: MIT */
/*
 * worker_crash.c: what a worker's child died of, as an outcome: from its report,
 * if it wrote one, or else from the signal. See worker.h.
 */
#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "finding_id.h"
#include "report.h"
#include "worker_board.h"

/* A deadly signal: a story means it alike with a sanitizer and without. */
static const struct {
	int nr;
	const char *said; /* by a sanitizer */
} signals[] = {
	{ SIGSEGV, "Sanitizer: SEGV " },     { SIGBUS, "Sanitizer: BUS " },
	{ SIGFPE, "Sanitizer: FPE " },	     { SIGILL, "Sanitizer: ILL " },
	{ SIGABRT, "Sanitizer: ABRT " },     { SIGTRAP, "Sanitizer: TRAP " },
	{ SIGVTALRM, "Sanitizer: VTALRM " }, /* deadly.h */
};

static const char *const reporters[][2] = {
	{ "AddressSanitizer: ", "address" },
	{ "MemorySanitizer: ", "memory" },
	{ "ThreadSanitizer: ", "thread" },
	{ ": runtime error: ", "undefined" },
};

#define NR(array) (sizeof(array) / sizeof((array)[0]))

static void set(char word[TEXT_WORD_MAX], const char *text)
{
	snprintf(word, TEXT_WORD_MAX, "%s", text);
}

/* "Heap-use-after-free READ 4" -> "heap-use-after-free" */
static void set_type(const char *type, struct outcome *outcome)
{
	size_t length = strcspn(type, "\n{"), i;
	static const char *const cuts[] = { " READ", " WRITE" };

	for (i = 0; i < NR(cuts); i++) {
		const char *cut = strstr(type, cuts[i]);

		if (cut && (size_t)(cut - type) < length)
			length = (size_t)(cut - type);
	}
	if (length >= sizeof(outcome->id))
		length = sizeof(outcome->id) - 1;
	for (i = 0; i < length; i++)
		outcome->id[i] = type[i] == ' ' ? '-' : (char)tolower(type[i]);
	outcome->id[length] = '\0';
}

/* A report says it: what, and by whose word. */
static void name_report(const char *report, const char *type,
			struct outcome *outcome)
{
	size_t i;

	for (i = 0; i < NR(signals); i++)
		if (strstr(report, signals[i].said)) {
			set(outcome->id, finding_id_of_signal(signals[i].nr));
			return;
		}
	set_type(type, outcome);
	for (i = 0; i < NR(reporters); i++)
		if (strstr(report, reporters[i][0])) {
			set(outcome->sanitizer, reporters[i][1]);
			return;
		}
}

/* Nobody wrote a report: the signal says what, its handler where. */
static void name_signal(const char *report, int status, struct outcome *outcome)
{
	const char *line = strstr(report, WORKER_SIGNAL_LINE);
	int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;

	set(outcome->id, finding_id_of_signal(signal));
	if (line)
		sscanf(line + strlen(WORKER_SIGNAL_LINE), "%95s",
		       outcome->where);
}

/* "... on address 0x602000000010 at pc", "SEGV on unknown address (pc" */
static void find_touched(const char *report, struct touched *touched)
{
	static const char names[] = " address ", no_memory[] = "(pc ";
	const char *at = strstr(report, " on unknown address ");
	unsigned long long addr;

	if (!at)
		at = strstr(report, " on address ");
	if (!at)
		return;
	at = strstr(at, names) + strlen(names);
	if (sscanf(at, "0x%llx", &addr) == 1)
		*touched = (struct touched){ TOUCHED_ADDRESS,
					     (void *)(uintptr_t)addr };
	else if (!strncmp(at, no_memory, strlen(no_memory)))
		touched->kind = TOUCHED_NO_MEMORY;
}

void crash_outcome(const char *text, int status, struct outcome *outcome)
{
	struct report report;

	outcome->crashed = true;
	outcome->page = TARGET_NO_PAGE;
	if (!report_parse(text, strlen(text), &report)) {
		name_signal(text, status, outcome);
		return;
	}
	name_report(text, report.type, outcome);
	find_touched(text, &outcome->touched);
	snprintf(outcome->where, sizeof(outcome->where), "%s", report.state[0]);
}
