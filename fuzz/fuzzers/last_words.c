/* SPDX-License-Identifier: MIT */
/* last_words.c: see last_words.h. */
#include "last_words.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "called.h"
#include "deadly.h"
#include "finding_id.h"
#include "trace.h"

__attribute__((format(printf, 2, 3))) static void say(char *text,
						       const char *format, ...)
{
	size_t at = strlen(text);
	va_list args;

	at += (size_t)snprintf(text + at, LAST_WORDS_MAX - at, "pagerace: ");
	va_start(args, format);
	if (at < LAST_WORDS_MAX)
		vsnprintf(text + at, LAST_WORDS_MAX - at, format, args);
	va_end(args);
}

static void say_step(const struct trace *trace, unsigned int at,
		     const char *lead, char *text)
{
	const struct step *step;
	char words[TRACE_TEXT];

	if (at >= trace->record->nr)
		return;
	step = &trace->record->steps[at];
	trace_step(trace, step, words, sizeof(words));
	say(text, "%s: task%u op%u: %s\n", lead, step->task, step->op, words);
}

static void say_how(const struct variant *variant, char *text)
{
	char command[PATH_MAX];

	if (*variant->sibling)
		called_beside(variant->sibling, command);
	else
		strcpy(command, "pagerace");
	say(text, "to see it: %s show --target %s --revert %s FILE\n", command,
	    variant->target->name, variant->revert);
}

void last_words(const struct engine *engine, const struct record *record,
		const struct variant *variant, char text[LAST_WORDS_MAX])
{
	const struct finding *finding = &engine->verdict.finding;
	char promise[CHECKER_PROMISE_MAX], pages[TRACE_TEXT];
	struct trace trace;

	*text = '\0';
	trace_init(&trace, engine, record, false);
	say(text, "broken: %s\n",
	    checker_promise(finding->checker, engine->target, promise));
	if (finding->page >= 0)
		say(text, "in question: %s %d\n", trace_class(&trace, "page"),
		    finding->page);
	if (trace_handed_out_as(&trace))
		say(text, "handed out as %u %s\n", trace_handed_out_as(&trace),
		    trace_pages(&trace, pages));
	say_step(&trace, trace.step_a, "in conflict", text);
	say_step(&trace, trace.step_b, "and", text);
	say_how(variant, text);
}

/* The last access that the task made, or record->nr. */
static unsigned int last_step(const struct record *record, int task)
{
	unsigned int i = record->nr;

	while (i--)
		if (record->steps[i].task == task &&
		    record->steps[i].kind == STEP_ACCESS)
			return i;
	return record->nr;
}

void last_words_of_death(const struct engine *engine,
			 const struct record *record,
			 const struct variant *variant, const siginfo_t *info,
			 char text[LAST_WORDS_MAX])
{
	const struct touched touched = deadly_touched(info);
	const struct task *task = engine->current;
	unsigned int last;
	char words[TRACE_TEXT], name[TRACE_NAME];
	struct trace trace = { .engine = engine, .record = record };

	*text = '\0';
	if (!engine->target || !task)
		return;
	say(text, "%s: %s op%u\n", finding_id_of_signal(info->si_signo),
	    trace_task((unsigned int)task->m.id, name), task->op);
	trace_touched(&trace, &touched, words, sizeof(words));
	if (*words)
		say(text, "touched: %s\n", words);
	if (record) {
		last = last_step(record, task->m.id);
		say_step(&trace, last, "after", text);
		if (task->m.site &&
		    (last == record->nr ||
		     record->steps[last].site != task->m.site)) {
			trace_site(&trace, task->m.site, words, sizeof(words));
			say(text, "in front of: %s\n", words);
		}
	}
	say_how(variant, text);
}
