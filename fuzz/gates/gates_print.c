/* SPDX-License-Identifier: MIT */
/* gates_print.c: gates as a recipe has them; see gates.h. */
#include <stdarg.h>
#include <string.h>

#include "gates.h"
#include "operation.h"

#define WIDTH 90

/* "# ", and what goes on behind "#   ". */
__attribute__((format(printf, 2, 3))) static void say(FILE *out,
						      const char *format, ...)
{
	char text[2 * TRACE_TEXT + GATES_SYMBOL];
	const char *word = text;
	va_list arguments;
	size_t column = 1;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	fputc('#', out);
	while (*word) {
		size_t length = strcspn(word, " ");

		if (column > 4 && column + 1 + length > WIDTH) {
			fputs("\n#  ", out);
			column = 3;
		}
		fprintf(out, " %.*s", (int)length, word);
		column += 1 + length;
		word += length;
		word += *word == ' ';
	}
	fputc('\n', out);
}

static const char *interface_of(unsigned int operation, bool *driver)
{
	*driver = false;
	switch (operation) {
#define INTERFACE(name, words)                                                 \
	case OP_##name:                                                        \
		return words;
#define DRIVER(name, words)                                                    \
	case OP_##name:                                                        \
		*driver = true;                                                \
		return words;
#include "interface.def"
	default:
		return NULL;
	}
}

/* Each operation of the program's tasks, and what stands for it. */
static void print_sides(const struct trace *trace, FILE *out)
{
	const struct record *record = trace->record;
	char name[TRACE_NAME], operation[TRACE_TEXT];
	unsigned int i;
	bool driver;

	for (i = 0; i < record->nr; i++) {
		const struct step *step = &record->steps[i];
		const char *words;

		if (step->kind != STEP_BEGIN || step->setup ||
		    step->task >= PROGRAM_TASKS)
			continue;
		words = interface_of(step->operation, &driver);
		trace_operation(trace, step, operation, sizeof(operation));
		if (!words)
			say(out, "%s, %s: nothing stands for it",
			    trace_task(step->task, name), operation);
		else
			say(out, "%s, %s: %s%s", trace_task(step->task, name),
			    operation,
			    driver ? "no system call; in a driver " : "",
			    words);
	}
}

/* ------------------------------------------------------------------ a gate */

static void print_place(const struct gate *gate, FILE *out)
{
	unsigned int i;

	fprintf(out, "%s at=%s", gate->name, gate->symbol);
	if (!gate->inside)
		return;
	fprintf(out, "+0x%lx bytes=", gate->offset);
	for (i = 0; i < gate->nr_bytes; i++)
		fprintf(out, "%02x", gate->bytes[i]);
}

/* Must the gate know who comes? */
static bool is_of_a_cpu(const struct gates *gates, const struct gate *gate)
{
	const struct gate *other;

	if (gate->busy || gate->nth > 1)
		return true;
	for (other = gates->gate; other < gates->gate + gates->nr; other++)
		if (other->waits == gate - gates->gate &&
		    is_of_a_cpu(gates, other))
			return true;
	return false;
}

static void print_gate(const struct gates *gates, const struct gate *gate,
		       FILE *out)
{
	print_place(gate, out);
	if (is_of_a_cpu(gates, gate))
		fprintf(out, " cpu=%u", gate->task);
	if (gate->nth > 1)
		fprintf(out, " nth=%u", gate->nth);
	if (gate->waits < 0)
		return;
	fprintf(out, " waits=%s ms=%d", gates->gate[gate->waits].name,
		GATES_MS);
	if (gate->linger)
		fprintf(out, " linger=%u", gate->linger);
	if (gate->busy && !gate->inside)
		fputs(" busy=1", out);
}

static void say_gate(const struct gates *gates, const struct gate *gate,
		     FILE *out)
{
	char place[TRACE_TEXT];

	trace_site_text(gates->trace->record->steps[gate->step].site, place,
			sizeof(place));
	if (gate->waits >= 0)
		say(out,
		    "%s waits, for order (%u), in front of %s, until %s is passed%s",
		    gate->name, gate->order + 1, place,
		    gates->gate[gate->waits].name,
		    gate->linger ?
			    ", and a while longer, since that is in front of what has to come" :
			    "");
	if (gate->waits >= 0 && gate->busy)
		say(out, "%s: in %s nobody may sleep: it waits busy",
		    gate->name,
		    gate->inside ? "the middle of a function" :
				   "a lock, or an RCU read section");
	if (gate->nth > 1)
		say(out,
		    "%s: the %u. entry in its operation, where the world is small: another one on a machine, maybe",
		    gate->name, gate->nth);
}

static void print_pairs(const struct gates *gates, FILE *out)
{
	unsigned int i;
	bool of_cpus = false;

	for (i = 0; i < gates->nr; i++) {
		say_gate(gates, &gates->gate[i], out);
		of_cpus |= is_of_a_cpu(gates, &gates->gate[i]);
	}
	if (of_cpus)
		say(out,
		    "cpu= tells the sides apart: each has to run on that CPU alone (taskset)");
	fprintf(out, "held=%s\n", gates->gate[0].name);
	for (i = 0; i < gates->nr; i++) {
		fputs(i ? ";\n\t" : "forced=\"", out);
		print_gate(gates, &gates->gate[i], out);
	}
	fputs("\"\n", out);
}

void gates_print(const struct gates *gates, const char *file, FILE *out)
{
	const struct trace *trace = gates->trace;
	char finding[TRACE_TEXT];
	unsigned int i;

	trace_finding(&trace->engine->verdict.finding, finding,
		      sizeof(finding));
	say(out, "gates of %s (%s): target/linux/prove/README.md", file,
	    finding);
	print_sides(trace, out);
	if (!deciding_is(trace->deciding)) {
		if (!gates->nr_cannot)
			say(out, "no gate: deciding orders: none: %s",
			    trace->deciding->none);
		else
			say(out, "not expressed: %s", gates->cannot[0]);
		return;
	}
	say(out, "of %u switch%s inside operations deciding orders need %u",
	    gates->stops, gates->stops == 1 ? "" : "es", gates->needed);
	if (!gates->symbols)
		say(out,
		    "by names alone, as functions are inlined here: say --vmlinux to know which ones that kernel has");
	if (gates->nr)
		print_pairs(gates, out);
	for (i = 0; i < gates->nr_cannot; i++)
		say(out, "not expressed: %s", gates->cannot[i]);
	if (gates->nr)
		say(out,
		    "to be added by hand: whom it is about (arg, pfn, index, ino, map), and a harmless order");
}
