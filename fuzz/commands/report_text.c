/* SPDX-License-Identifier: MIT */
/* report_text.c: see report_text.h. */
#include "report_text.h"

#include <stdarg.h>
#include <string.h>

#include "called.h"
#include "plural.h"

#define LINE 1024

/* As long a line as it is in Markdown, wrapped in a mail. */
__attribute__((format(printf, 3, 4))) static void line(FILE *out, bool mail,
						       const char *format, ...)
{
	char text[LINE + TRACE_WHY], *at;
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	while ((at = strchr(text, '\n')))
		*at = ' ';
	if (mail)
		trace_wrap(out, 0, TRACE_WIDTH, 0,
			   strncmp(text, "- ", 2) ? 0 : 2, text);
	else
		fprintf(out, "%s\n", text);
}

static void heading(FILE *out, bool mail, const char *text)
{
	if (mail)
		fprintf(out, "\n%s\n\n", text);
	else
		fprintf(out, "\n## %s\n\n", text);
}

/* "linux as it is", "core, revert late-head-read" */
static const char *variant_words(const struct variant *variant, char *text,
				 size_t max)
{
	if (!strcmp(variant->revert, "none"))
		snprintf(text, max, "%s as it is", variant->target->name);
	else
		snprintf(text, max, "%s, revert %s", variant->target->name,
			 variant->revert);
	return text;
}

/* Open in another configuration, which the code under test was changed to be like. */
#define OPEN_ELSEWHERE "OPEN, CODE CHANGED: "

/*
 * What a variant is without may be no repair, but what keeps others from its finding:
 * its about says so, by its first word.
 */
static const char *const states[][2] = {
	{ "OPEN: ", "The finding is open" },
	{ OPEN_ELSEWHERE, "The finding is open" },
	{ "KNOWN: ", "The finding is known, and this lacks the repair" },
};

/* Which of them it is; NULL: neither, its code was changed. */
static const char *const *state_of(const struct variant *variant)
{
	size_t i;

	for (i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (!strncmp(variant->about, states[i][0],
			     strlen(states[i][0])))
			return states[i];
	return NULL;
}

static bool is_changed(const struct variant *variant)
{
	return !strncmp(variant->about, OPEN_ELSEWHERE, strlen(OPEN_ELSEWHERE));
}

/* "Linux 6.1.192, unmodified", of a target as it is. */
static const char *code_of(const struct report_text *report, char *text,
			   size_t max)
{
	const char *code =
		targets_find(report->variant->target->name, NULL)->about;
	const char *end = strstr(code, ", unmodified");

	if (is_changed(report->variant) && end)
		snprintf(text, max, "%.*s, changed", (int)(end - code), code);
	else
		snprintf(text, max, "%s", code);
	return text;
}

/* --------------------------------------------------------------------- parts */

/* Part by part, as who is at work changes. */
static void put_happened(char *why, bool mail, FILE *out)
{
	char *part = *why ? why : NULL, *end;

	if (part)
		line(out, mail, "What happened:");
	for (; part; part = end) {
		end = strstr(part, "; ");
		if (end) {
			*end = '\0';
			end += 2;
		}
		line(out, mail, "- %s%s", part, end ? ";" : ".");
	}
	if (*why)
		fputc('\n', out);
}

static void put_what(const struct report_text *report, bool mail, FILE *out)
{
	const struct trace *trace = &report->show->trace;
	const char *const *state = state_of(report->variant);
	char why[TRACE_WHY], promise[LINE / 2], name[LINE], code[LINE / 2];

	trace_promise(trace, promise, sizeof(promise));
	if (state)
		line(out, mail,
		     "A schedule of %s (%s) ends in %s. Broken: %s. %s: %s.",
		     trace->engine->target->name,
		     code_of(report, code, sizeof(code)), report->expect,
		     promise, state[1],
		     report->variant->about + strlen(state[0]));
	else
		line(out, mail, "A schedule of %s (%s) ends in %s. Broken: %s.",
		     variant_words(report->variant, name, sizeof(name)),
		     report->variant->about, report->expect, promise);
	if (*report->why)
		line(out, mail, "The story says: %s.", report->why);
	trace_why(trace, why, sizeof(why));
	fputc('\n', out);
	put_happened(why, mail, out);
	trace_failure(trace, why, sizeof(why));
	line(out, mail, "%s: %s.", report->expect, why);
}

static void put_notes(const struct report_text *report, bool mail, FILE *out)
{
	const char *body = report->notes.body;

	if (!body || !*body)
		return;
	heading(out, mail,
		"What this run does not show: read, or tried elsewhere");
	fputs(body, out);
}

static void put_run(const struct report_text *report, bool mail, FILE *out)
{
	heading(out, mail, "The run");
	if (!mail)
		fputs("```\n", out);
	trace_print(&report->show->trace, out);
	if (!mail)
		fputs("```\n", out);
	fputc('\n', out);
	line(out, mail, "%sTo play it again: %s run story.prog",
	     deciding_is(report->show->trace.deciding) ?
		     "Rows with a number are the steps of that deciding "
		     "order. " :
		     "",
	     called_name());
}

/* Of the same code, run by a harness that keeps away from the finding. */
static bool is_kept_away(const struct report_text *report,
			 const struct variant *variant)
{
	return state_of(report->variant) && variant != report->variant &&
	       variant->target ==
		       targets_find(report->variant->target->name, NULL)->target;
}

static void put_own(const struct report_text *report, bool mail, FILE *out)
{
	const struct verdict *verdict = &report->show->trace.engine->verdict;
	char name[LINE], code[LINE / 2];

	if (state_of(report->variant))
		snprintf(name, sizeof(name), "%s (%s)",
			 report->variant->target->name,
			 code_of(report, code, sizeof(code)));
	else
		variant_words(report->variant, name, sizeof(name));
	line(out, mail, "- %s: %s, by the schedule above, %u preemption%s",
	     name, report->expect, verdict->preemptions,
	     plural(verdict->preemptions));
}

static void put_other(const struct report_text *report,
		      const struct asked *asked, bool mail, FILE *out)
{
	char name[LINE], words[LINE];

	if (is_kept_away(report, asked->variant))
		snprintf(name, sizeof(name),
			 "the same code, where the harness keeps away from "
			 "this");
	else
		variant_words(asked->variant, name, sizeof(name));
	line(out, mail, "- %s: %s", name,
	     asked_words(asked, words, sizeof(words)));
}

static void put_asked(const struct report_text *report, bool mail, FILE *out)
{
	unsigned int i, others = 0;

	heading(out, mail, "Where it shows, and where not");
	put_own(report, mail, out);
	for (i = 0; i < report->nr; i++) {
		put_other(report, &report->asked[i], mail, out);
		others += !is_kept_away(report, report->asked[i].variant);
	}
	fputc('\n', out);
	if (state_of(report->variant))
		line(out, mail,
		     "So that other findings can be searched for, the harness "
		     "keeps away from known ones; what it does then is left "
		     "out here, which is called revert %s. %s",
		     report->variant->revert,
		     is_changed(report->variant) ?
			     "It changes the code under test, too, as the "
			     "notes above say." :
			     "No line of the code under test was changed.");
	if (others)
		line(out, mail,
		     "Others were asked with schedules found anew, and are "
		     "those of this build that need the same repair.");
}

static void put_fix(const struct report_text *report, bool mail, FILE *out)
{
	const struct asked *fixed = &report->fixed;
	char name[LINE], words[LINE];

	if (!fixed->variant)
		return;
	heading(out, mail, "The fix");
	variant_words(fixed->variant, name, sizeof(name));
	asked_words(fixed, words, sizeof(words));
	if (fixed->found)
		line(out, mail, "%s does not mend it: %s.", name, words);
	else
		line(out, mail, "%s: %s ends in a finding.", name, words);
}

static void put_memory(const struct trace *trace, bool mail, FILE *out)
{
	unsigned int nr = trace_reorderings(trace);

	if (nr)
		line(out, mail,
		     "- Memory is weak: accesses are reordered as the "
		     "source's orders allow, here %u; others of them are made "
		     "in their order.",
		     nr);
	else
		line(out, mail,
		     "- Memory is sequentially consistent; a CPU reorders "
		     "nothing.");
}

/* Of what the target has. */
static void put_program(const struct trace *trace, bool mail, FILE *out)
{
	const struct program *program = trace->engine->program;
	const struct target *target = trace->engine->target;
	char pages[TRACE_TEXT], text[TRACE_TEXT + 64] = "";
	size_t at = 0;

	if (!target->threads)
		at = (size_t)snprintf(text, sizeof(text), ": %u operations",
				      program_nr_ops(program));
	if (trace_has_pages(trace))
		snprintf(text + at, sizeof(text) - at, ", %u %s",
			 program->config.pages, trace_pages(trace, pages));
	line(out, mail,
	     "- The program is what it is%s; time does not pass, nothing "
	     "else runs.",
	     text);
}

static void put_assumed(const struct report_text *report, bool mail, FILE *out)
{
	const struct trace *trace = &report->show->trace;
	const struct plain_place *places = trace->engine->target->plain_places;

	heading(out, mail, "What the simulation assumes");
	put_memory(trace, mail, out);
	line(out, mail,
	     "- A task loses its CPU in front of accesses, locks and "
	     "fences that the source marks%s.",
	     places && places->symbol ? ", and of plain accesses" : "");
	put_program(trace, mail, out);
	line(out, mail,
	     "- What was not tried is not known: the numbers above "
	     "say what was.");
}

void report_page(const struct report_text *report, char *name)
{
	const char *revert = report->variant->revert;
	bool fixed = !strcmp(revert, "none");

	snprintf(name, REPORT_PAGE, "%s%s%s-%s.html",
		 report->variant->target->name, fixed ? "" : "-",
		 fixed ? "" : revert, report->expect);
}

static void put_files(const struct report_text *report, bool mail, FILE *out)
{
	char page[REPORT_PAGE];

	report_page(report, page);
	heading(out, mail, "Files");
	line(out, mail, "- story.prog: the program with its schedule, as text");
	line(out, mail, "- %s: the run, to step through in a browser", page);
	line(out, mail, "- run.json: all steps, for scripts");
}

static void put_all(const struct report_text *report, bool mail, FILE *out)
{
	put_what(report, mail, out);
	put_notes(report, mail, out);
	put_run(report, mail, out);
	put_asked(report, mail, out);
	put_fix(report, mail, out);
	put_assumed(report, mail, out);
	put_files(report, mail, out);
}

void report_markdown(const struct report_text *report, FILE *out)
{
	char name[LINE];

	if (*report->notes.title)
		fprintf(out, "# %s\n\n", report->notes.title);
	else
		fprintf(out, "# %s: %s\n\n", report->expect,
			variant_words(report->variant, name, sizeof(name)));
	put_all(report, false, out);
}

void report_mail(const struct report_text *report, FILE *out)
{
	char name[LINE];

	if (*report->notes.title)
		fprintf(out, "Subject: %s\n\n", report->notes.title);
	else
		fprintf(out, "Subject: %s: %s\n\n",
			variant_words(report->variant, name, sizeof(name)),
			report->expect);
	put_all(report, true, out);
}
