/* SPDX-License-Identifier: MIT */
/* trace_verdict.c: below the table: what was found, and how it came. */
#include <string.h>

#include "history_text.h"
#include "operation.h"
#include "plural.h"
#include "trace.h"

/* What follows @lead, wrapped and hanging behind it. */
static void print_led(const char *lead, const char *text, FILE *out)
{
	const unsigned int margin = (unsigned int)strlen(lead);

	fputs(lead, out);
	trace_wrap(out, 0, TRACE_WIDTH - margin, 0, margin, text);
}

static void print_conflict(const struct trace *trace, unsigned int at,
			   const char *lead, FILE *out)
{
	const struct step *step = &trace->record->steps[at];
	char text[TRACE_TEXT], line[3 * TRACE_TEXT], name[TRACE_NAME];
	char callback[TRACE_TEXT];

	trace_step(trace, step, text, sizeof(text));
	trace_doing(trace, at, callback, sizeof(callback));
	if (step->task == TASK_RCU)
		snprintf(line, sizeof(line), "rcu, in %s: %s", callback, text);
	else if (trace->engine->target->threads)
		snprintf(line, sizeof(line), "%s: %s",
			 trace_task(step->task, name), text);
	else
		snprintf(line, sizeof(line), "%s op%u %s: %s",
			 trace_task(step->task, name), step->op,
			 operation_name(step->operation, trace->engine->target),
			 text);
	print_led(lead, line, out);
}

static void print_why(const struct trace *trace, FILE *out)
{
	static const char lead[] = "        why: ";
	const unsigned int margin = sizeof(lead) - 1;
	char text[TRACE_WHY], *more;

	trace_why(trace, text, sizeof(text));
	more = strstr(text, "; ");
	if (more)
		*more = '\0';
	fputs(lead, out);
	trace_wrap(out, 0, TRACE_WIDTH - margin, 0, margin, text);
	if (more)
		trace_wrap(out, margin, TRACE_WIDTH - margin, 0, 0, more + 2);
}

/* " (page 3, handed out as 2 pages)", which explains much */
static void add_block(const struct trace *trace, char *text, size_t max)
{
	const struct finding *finding = &trace->engine->verdict.finding;
	const char *page = trace_class(trace, "page");
	unsigned int block = trace_handed_out_as(trace);
	char pages[TRACE_TEXT];

	if (finding->page >= 0 && block)
		snprintf(text, max, " (%s %d, handed out as %u %s)", page,
			 finding->page, block, trace_pages(trace, pages));
}

/* "page-loss: page 1 is in nobody's books in the end; ..." */
static void print_failure(const struct trace *trace, FILE *out)
{
	const struct finding *finding = &trace->engine->verdict.finding;
	char text[TRACE_TEXT + TRACE_WHY];
	size_t at;

	trace_finding(finding, text, TRACE_TEXT);
	at = strlen(text);
	at += (size_t)snprintf(text + at, sizeof(text) - at, ": ");
	trace_failure(trace, text + at, sizeof(text) - at);
	fputs(trace->colour ? "\033[1;31m" : "", out);
	trace_wrap(out, 0, TRACE_WIDTH, 0, 4, text);
	fputs(trace->colour ? "\033[0m" : "", out);
}

/* "bug-in-" is all that begin so. */
static bool is_called(const char *id, const char *word)
{
	size_t length = strlen(word);

	return length && word[length - 1] == '-' ? !strncmp(id, word, length) :
						   !strcmp(id, word);
}

/* What the target says of its own word @id; NULL: nothing. */
static const char *own_promise(const struct target *target, const char *id)
{
	unsigned int i;

	for (i = 0; i < TARGET_PROMISES_MAX && target->promises[i].id; i++)
		if (is_called(id, target->promises[i].id))
			return target->promises[i].promise;
	return NULL;
}

void trace_promise(const struct trace *trace, char *text, size_t max)
{
	const struct target *target = trace->engine->target;
	const struct finding *finding = &trace->engine->verdict.finding;
	char promise[CHECKER_PROMISE_MAX];

	if (finding->checker->id == finding->id || finding->where)
		snprintf(text, max, "%s",
			 checker_promise(finding->checker, target, promise));
	else if (own_promise(target, finding->id))
		snprintf(text, max, "%s", own_promise(target, finding->id));
	else
		snprintf(text, max, "%s's own \"%s\"", target->name,
			 finding->id);
}

static void print_broken(const struct trace *trace, FILE *out)
{
	char text[3 * TRACE_TEXT] = "broken: ";
	size_t at = strlen(text);

	trace_promise(trace, text + at, TRACE_TEXT);
	at = strlen(text);
	add_block(trace, text + at, TRACE_TEXT);
	trace_wrap(out, 0, TRACE_WIDTH, 0, 4, text);
}

static void print_finding(const struct trace *trace, FILE *out)
{
	const struct finding *finding = &trace->engine->verdict.finding;
	char what[TRACE_TEXT];

	if (!finding->checker) {
		fprintf(out, "clean: every promise was kept\n");
		return;
	}
	print_failure(trace, out);
	print_broken(trace, out);
	history_print(trace->engine, out);
	trace_touched(trace, &finding->touched, what, sizeof(what));
	if (*what)
		print_led("touched: ", what, out);
	if (deciding_is(trace->deciding)) {
		trace_print_deciding(trace, out);
		return;
	}
	if (trace_has_conflict(trace)) {
		print_conflict(trace, trace->step_a, "in conflict: ", out);
		print_conflict(trace, trace->step_b, "        and: ", out);
		print_why(trace, out);
	}
	trace_print_deciding(trace, out);
}

/* "3 operations of which 1 set-up"; of a program with threads those. */
static void count_operations(const struct trace *trace, char *text, size_t max)
{
	const struct program *program = trace->engine->program;
	unsigned int i, threads = 0;

	if (!trace->engine->target->threads) {
		snprintf(text, max, "%u operations of which %u set-up",
			 program_nr_ops(program), program->setup.nr);
		return;
	}
	for (i = 0; i < PROGRAM_TASKS; i++)
		threads += trace->engine->tasks[i].lives;
	snprintf(text, max, "%u thread%s", threads, plural(threads));
}

void trace_print_verdict(const struct trace *trace, FILE *out)
{
	const struct verdict *verdict = &trace->engine->verdict;
	char text[TRACE_TEXT], operations[TRACE_TEXT / 4];

	print_finding(trace, out);
	count_operations(trace, operations, sizeof(operations));
	snprintf(text, sizeof(text), "%u preemption%s, %s, %lu access points",
		 verdict->preemptions, plural(verdict->preemptions), operations,
		 engine_points(trace->engine));
	trace_wrap(out, 0, TRACE_WIDTH, 0, 4, text);
}
