/* SPDX-License-Identifier: MIT */
/* trace.c: what a step, an operation, a value says; see trace.h. */
#include "trace.h"

#include <string.h>

#include "sites.h"

/* ------------------------------------------------------------------ steps */

const char *trace_test(const struct step *step)
{
	const char *accessor = step->site->accessor;
	const bool stays = step->old == step->new;

	if (step->site->kind != MACHINE_RMWS)
		return "";
	if (strstr(accessor, "test_and_set"))
		return stays ? " (was set)" : " (was clear)";
	if (strstr(accessor, "test_and_clear"))
		return stays ? " (was clear)" : " (was set)";
	if (strstr(accessor, "unless") || strstr(accessor, "not_zero"))
		return stays ? " (failed)" : " (succeeded)";
	if (!strstr(accessor, "cmpxchg") && !strstr(accessor, "compare_ex"))
		return "";
	return stays ? " (changed nothing)" : " (succeeded)";
}

/* How the step's values read: " 2 -> 1", " is page 0", " = 0". */
static void print_change(const struct trace *trace, const struct step *step,
			 char *text, size_t max)
{
	char old[TRACE_VALUE], new[TRACE_VALUE];

	if (step->dead) {
		snprintf(text, max, ", given back");
		return;
	}
	trace_step_value(trace, step, step->old, old, sizeof(old));
	trace_step_value(trace, step, step->new, new, sizeof(new));
	switch (step->site->kind) {
	case MACHINE_LOADS:
		snprintf(text, max, " is %s", new);
		break;
	case MACHINE_STORES:
		snprintf(text, max, " = %s", new);
		break;
	case MACHINE_RMWS:
		if (!strcmp(old, new))
			snprintf(text, max, " stays %s%s", new,
				 trace_test(step));
		else
			snprintf(text, max, " %s -> %s%s", old, new,
				 trace_test(step));
		break;
	case MACHINE_TRYLOCKS:
		snprintf(text, max, step->old ? ": busy" : ": taken");
		break;
	default:
		*text = '\0';
	}
}

void trace_step(const struct trace *trace, const struct step *step, char *text,
		size_t max)
{
	const struct site *site = step->site;
	bool lock = site->kind == MACHINE_LOCKS ||
		    site->kind == MACHINE_TRYLOCKS ||
		    site->kind == MACHINE_UNLOCKS;
	char where[TRACE_PLACE] = "", change[2 * TRACE_VALUE + 8] = "";
	int at;

	if (step->addr) {
		trace_step_place(trace, step, where, sizeof(where));
		print_change(trace, step, change, sizeof(change));
	}
	at = snprintf(text, max, "%.60s:", site->function);
	if (site->kind == MACHINE_FENCES && trace->engine->target->threads &&
	    *site->expr) /* as the program's line has it */
		at += snprintf(text + at, max - at, " %.60s", site->expr);
	else if (lock || !step->addr)
		at += snprintf(text + at, max - at, " %.30s", site->accessor);
	if (step->addr)
		at += snprintf(text + at, max - at, " %s%s", where, change);
	ensure((size_t)at < max);
	if ((trace->verbose || trace_decides(trace, step)) && site->line)
		snprintf(text + at, max - at, " [%s:%u]", site_file(site),
			 site->line);
}

/* A load or store that the source does not mark. */
static bool is_plain(const struct site *site)
{
	return site->order == MACHINE_PLAIN && site->size;
}

/* Is the function's name enough to say where? */
static bool is_only_site(const struct trace *trace, const struct site *site)
{
	const struct target *target = trace->engine->target;
	const struct site *other;

	for (other = target->sites; other < target->sites_end; other++)
		if (other->function_hash == site->function_hash &&
		    other->hash != site->hash)
			return false;
	return true;
}

void trace_site(const struct trace *trace, const struct site *site, char *text,
		size_t max)
{
	bool only = is_only_site(trace, site);

	if (is_plain(site)) {
		snprintf(text, max, "%s: %s(%s)", site->function,
			 site->accessor, site->expr);
		return;
	}
	snprintf(text, max, "%s%s%s", site->function, only ? "" : ": ",
		 only ? "" : site->accessor);
}

unsigned int trace_begin(const struct record *record, unsigned int at)
{
	const struct step *step = &record->steps[at];

	while (at && (record->steps[at].task != step->task ||
		      record->steps[at].kind != STEP_BEGIN))
		at--;
	return at;
}

unsigned int trace_end(const struct record *record, unsigned int at)
{
	const struct step *step = &record->steps[at];

	while (at < record->nr && (record->steps[at].task != step->task ||
				   record->steps[at].kind != STEP_END))
		at++;
	return at;
}

const char *trace_task(unsigned int task, char *name)
{
	if (task == TASK_RCU)
		snprintf(name, TRACE_NAME, "rcu");
	else if (task == TASK_BOOT)
		snprintf(name, TRACE_NAME, "epilogue");
	else
		snprintf(name, TRACE_NAME, "task%u", task);
	return name;
}

void trace_finding(const struct finding *finding, char *text, size_t max)
{
	bool placed = finding->where && *finding->where;

	snprintf(text, max, "%s%s%s", finding->id, placed ? " in " : "",
		 placed ? finding->where : "");
}

/* So much of a word for which there is no room: to behind a joint of it. */
static size_t part_of_word(const char *text, size_t left)
{
	size_t length = left;

	while (length > 1 && !strchr("_/|", text[length - 1]))
		length--;
	return length > 1 ? length : left;
}

void trace_wrap(FILE *out, unsigned int margin, unsigned int room,
		unsigned int indent, unsigned int hang, const char *text)
{
	unsigned int first = indent;

	while (*text) {
		size_t left = room - indent, length = strlen(text);

		if (length > left) {
			length = left;
			while (length && text[length] != ' ')
				length--;
			if (!length)
				length = part_of_word(text, left);
		}
		fprintf(out, "%*s%.*s\n", (int)(margin + indent), "",
			(int)length, text);
		text += length;
		while (*text == ' ')
			text++;
		indent = first + hang;
	}
}
