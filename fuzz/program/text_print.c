/* SPDX-License-Identifier: MIT */
/*
 * text_print.c: program to text.
 *
 * Promises:
 *  1. One program, one text: directives in a fixed order, in columns; what has
 *     its default value is left out, but for pages, pcp and fanout, and of
 *     these what the target lacks.
 *  2. text_parse() reads it back to the same program.
 *  3. It says in which build its sites and points mean something: in this one.
 *
 * See: FORMATS.md (grammar), text_parse.c (the other way).
 */
#include "build.h"
#include "operation.h"
#include "program.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct printer {
	char *text;
	size_t length, max; /* length: wanted, though it may not fit */
};

__attribute__((format(printf, 2, 3))) static void
put(struct printer *out, const char *format, ...)
{
	size_t left = out->length < out->max ? out->max - out->length : 0;
	va_list args;

	va_start(args, format);
	out->length += vsnprintf(left ? out->text + out->length : NULL, left,
				 format, args);
	va_end(args);
}

static void put_keyword(struct printer *out, const char *keyword)
{
	put(out, "%-8s ", keyword);
}

/* A line for each line of @string; none for an empty one. */
static void put_strings(struct printer *out, const char *keyword,
			const char *string)
{
	size_t length;

	for (; *string; string += length + (string[length] == '\n')) {
		length = strcspn(string, "\n");
		if (!length)
			continue;
		put_keyword(out, keyword);
		put(out, "%.*s\n", (int)length, string);
	}
}

/* @target: NULL, nobody knows what it has. */
static void put_config(struct printer *out, const struct target_config *config,
		       const struct target *target)
{
	bool pcp = !target || target->percpu || config->pcp_high ||
		   config->pcp_batch > 1;
	bool fanout = !target || target->tree ||
		      config->fanout_shift != PROGRAM_FANOUT_SHIFT;

	if (target && target->threads)
		return;
	put_keyword(out, "pages");
	put(out, "%u\n", config->pages);
	if (pcp) {
		put_keyword(out, "pcp");
		put(out, "high=%u batch=%u\n", config->pcp_high,
		    config->pcp_batch);
	}
	if (fanout) {
		put_keyword(out, "fanout");
		put(out, "%u\n", 1U << config->fanout_shift);
	}
}

static void put_homes(struct printer *out, const struct program_list *tasks)
{
	unsigned int task;

	for (task = 0; task < PROGRAM_TASKS; task++) {
		if (tasks[task].cpu == task % MACHINE_CPUS)
			continue;
		put_keyword(out, "cpu");
		put(out, "task%u %u\n", task, tasks[task].cpu);
	}
	for (task = 0; task < PROGRAM_TASKS; task++) {
		if (!tasks[task].irq)
			continue;
		put_keyword(out, "irq");
		put(out, "task%u\n", task);
	}
}

static void put_fail(struct printer *out, const struct program_op *op)
{
	put(out, "fail=%u%s", op->fail, op->fail_on ? "+" : "");
}

int text_print_fail(const struct program_op *op, char *text, size_t max)
{
	struct printer out = { text, 0, max };

	put_fail(&out, op);
	return (int)out.length;
}

/* The numbers that it reads; nobody knows how many: all of them. */
static void put_own(struct printer *out, const struct program_op *op,
		    const struct target *target)
{
	bool known = target && target_own(target, op->op);
	struct program_op own = *op;
	unsigned int i, nr = TARGET_OWN_ARGUMENTS;

	if (known)
		nr = operation_nr_own(target, op->op);
	for (i = 0; i < nr; i++)
		put(out, " %u", *operation_own(&own, i));
}

static void put_op(struct printer *out, const struct program_op *op,
		   const char *name, const struct target *target)
{
	const struct operation_info *info = operation_info(op->op);

	if (op->gives != NO_HANDLE)
		put(out, "%c%u = ", operation_letter(info->gives), op->gives);
	put(out, "%s", name);
	if (op->takes != NO_HANDLE)
		put(out, " %c%u", operation_letter(info->takes), op->takes);
	if (info->arguments & ARG_INDEX)
		put(out, " %u", op->index);
	if (info->arguments & ARG_OWN)
		put_own(out, op, target);
	if (op->file && (!target || target->more_files))
		put(out, " file=%u", op->file);
	if (!(info->arguments & ARG_OWN) && op->count > 1)
		put(out, " count=%u", op->count);
	if (op->order)
		put(out, " order=%u", op->order);
	if (op->compound)
		put(out, " compound");
	if (op->fail) {
		put(out, " ");
		put_fail(out, op);
	}
}

int text_print_op(const struct program_op *op, const struct target *target,
		  char *text, size_t max)
{
	struct printer out = { text, 0, max };

	put_op(&out, op, operation_name(op->op, target), target);
	return (int)out.length;
}

static void put_list(struct printer *out, const char *whose,
		     const struct program_list *list,
		     const struct target *target)
{
	unsigned int i;

	for (i = 0; i < list->nr; i++) {
		put_keyword(out, whose);
		put_op(out, &list->ops[i],
		       operation_word(list->ops[i].op, target), target);
		put(out, "\n");
	}
}

static void put_task(struct printer *out, unsigned int task)
{
	if (task == TASK_RCU)
		put(out, "rcu");
	else
		put(out, "task%u", task);
}

/* The access point's name if @hash is of one, the function's if of that. */
static void put_site(struct printer *out, struct text_names names,
		     uint32_t hash)
{
	char name[TEXT_NAME_MAX];

	if (names.write && names.write(names.target, hash, name, sizeof(name)))
		put(out, "%s", name);
	else
		put(out, "0x%08x", hash);
}

static void put_entry(struct printer *out, struct text_names names,
		      const struct program_switch *entry)
{
	put_task(out, entry->task);
	put(out, " op%u ", entry->op);
	if (entry->site) {
		put(out, "before ");
		put_site(out, names, entry->site);
		put(out, "#%u", entry->point);
	} else if (entry->point) {
		put(out, "point %u", entry->point);
	} else {
		put(out, "begin");
	}
	if (entry->kind == ENTRY_STALE) {
		put(out, " back %u", entry->next);
	} else if (entry->kind == ENTRY_SWITCH) {
		put(out, " -> ");
		put_task(out, entry->next);
	} else if (entry->next) {
		put(out, " until %u", entry->next);
	}
}

int text_print_switch(const struct program_switch *entry,
		      struct text_names names, char *text, size_t max)
{
	struct printer out = { text, 0, max };

	put_entry(&out, names, entry);
	return (int)out.length;
}

static void put_switch(struct printer *out, struct text_names names,
		       const struct program_switch *entry)
{
	static const char *const words[ENTRY_KINDS] = {
		[ENTRY_DELAY] = "delay", [ENTRY_STALE] = "stale"
	};

	put_keyword(out, words[entry->kind] ? words[entry->kind] :
			 entry->point	    ? "preempt" :
					      "switch");
	put_entry(out, names, entry);
	put(out, "\n");
}

size_t text_print(const struct text_head *head, const struct program *program,
		  struct text_names names, char *text, size_t max)
{
	struct printer out = { .text = text, .max = max };
	char whose[] = "task0";
	unsigned int i;

	put(&out, "pagerace 1\n");
	put_strings(&out, "target", head->target);
	put_strings(&out, "revert", head->revert);
	put_strings(&out, "expect", head->expect);
	put_strings(&out, "sanitizer", head->sanitizer);
	put_strings(&out, "build", BUILD_PLAIN);
	put_strings(&out, "why", head->why);
	put_config(&out, &program->config, names.target);
	put_homes(&out, program->tasks);
	put_list(&out, "setup", &program->setup, names.target);
	for (i = 0; i < PROGRAM_TASKS; i++) {
		whose[4] = '0' + i;
		put_list(&out, whose, &program->tasks[i], names.target);
	}
	for (i = 0; i < program->nr_switches; i++)
		put_switch(&out, names, &program->switches[i]);
	return out.length < max ? out.length : 0;
}
