/* SPDX-License-Identifier: MIT */
/* leftovers_text.c: see leftovers_text.h. */
#include "leftovers_text.h"

#include <stdio.h>
#include <string.h>

#include "complain.h"
#include "operation.h"
#include "sites.h"

#define NAMED_MAX 4 /* of bytes, in a line */

/* --------------------------------------------------------------------- why */

static void task_name(unsigned int task, char name[8])
{
	if (task == TASK_RCU)
		snprintf(name, 8, "rcu");
	else if (task == TASK_BOOT)
		snprintf(name, 8, "setup");
	else
		snprintf(name, 8, "task%u", task % PROGRAM_TASKS);
}

static void say_op_why(enum leftover why, const struct program_op *op,
		       const struct target *target, struct leftover_item *item)
{
	const struct target_own *own = target_own(target, op->op);
	char letter = operation_letter(operation_info(op->op)->takes);
	size_t max = sizeof(item->why);

	if (why == LEFT_LACKED)
		snprintf(item->why, max, "%.32s has no such operation",
			 target->name);
	else if (why == LEFT_EMPTY && own)
		snprintf(item->why, max, "h%u is no %.32s", op->takes,
			 own->takes);
	else if (why == LEFT_EMPTY)
		snprintf(item->why, max, "%c%u is empty", letter, op->takes);
	else if (why == LEFT_SPARED)
		snprintf(item->why, max, "it makes no allocation %u", op->fail);
	else if (why == LEFT_ILLEGAL && own)
		snprintf(item->why, max, "others have h%u in hand", op->takes);
	else if (why == LEFT_ILLEGAL)
		snprintf(item->why, max, "no reference may be taken on %c%u",
			 letter, op->takes);
	else
		snprintf(item->why, max, "no switch calls the interrupt");
}

/* What @task lacks. Returns: false if it lacks nothing. */
static bool say_lack(const struct program *program, unsigned int task,
		     unsigned int op, struct leftover_item *item)
{
	unsigned int nr;

	if (task >= PROGRAM_TASKS)
		return false;
	nr = program->tasks[task].nr;
	if (nr > op)
		return false;
	if (nr)
		snprintf(item->why, sizeof(item->why),
			 "task%u has %u operation%s", task, nr,
			 nr == 1 ? "" : "s");
	else
		snprintf(item->why, sizeof(item->why),
			 "task%u has no operation", task);
	return true;
}

static void say_switch_why(enum leftover why, const struct program *program,
			   const struct program_switch *entry,
			   struct leftover_item *item)
{
	size_t max = sizeof(item->why);
	char task[8], next[8];

	task_name(entry->task, task);
	task_name(entry->next, next);
	if (say_lack(program, entry->task, entry->op, item))
		return;
	if (why == LEFT_AHEAD)
		snprintf(item->why, max, "the run had ended");
	else if (why == LEFT_UNMET)
		snprintf(item->why, max, "%s did not come there%s", task,
			 entry->site && entry->point > 1 ? " so often" : "");
	else if (entry->kind != ENTRY_SWITCH)
		snprintf(item->why, max, "the memory model has none there");
	else if (entry->next == TASK_RCU)
		snprintf(item->why, max, "no callback was due");
	else if (!say_lack(program, entry->next, 0, item))
		snprintf(item->why, max, "%s could not run there", next);
}

/* --------------------------------------------------------------------- each */

/* Where they go. */
struct showing {
	const struct program *program;
	const struct target *target;
	void (*each)(const struct leftover_item *item, void *arg);
	void *arg;
};

/* Programs have the target's words for its own operations, and for no others. */
static const struct target *words_of(const struct showing *to, unsigned int op)
{
	return target_own(to->target, op) ? to->target : NULL;
}

/* @lines: NULL if there are none. */
static void each_op(const struct showing *to, int task,
		    const struct program_list *list, const uint8_t *left,
		    const unsigned int *lines)
{
	unsigned int i;

	for (i = 0; i < list->nr; i++) {
		struct leftover_item item = { .task = task,
					      .op = i,
					      .line = lines ? lines[i] : 0 };

		if (!left[i])
			continue;
		if (left[i] == LEFT_SPARED)
			text_print_fail(&list->ops[i], item.text,
					sizeof(item.text));
		else
			text_print_op(&list->ops[i],
				      words_of(to, list->ops[i].op), item.text,
				      sizeof(item.text));
		say_op_why(left[i], &list->ops[i], to->target, &item);
		to->each(&item, to->arg);
	}
}

static void each_switch(const struct showing *to, const uint8_t *left,
			const unsigned int *lines)
{
	unsigned int i;

	for (i = 0; i < to->program->nr_switches; i++) {
		const struct program_switch *entry = &to->program->switches[i];
		struct leftover_item item = {
			.is_switch = true,
			.number = i + 1,
			.task = entry->task,
			.op = entry->op,
			.line = lines ? lines[i] : 0,
		};

		if (!left[i])
			continue;
		text_print_switch(entry, sites_names(to->target), item.text,
				  sizeof(item.text));
		say_switch_why(left[i], to->program, entry, &item);
		to->each(&item, to->arg);
	}
}

void leftovers_each(const struct leftovers *left, const struct program *program,
		    const struct text_source *source,
		    const struct target *target,
		    void (*each)(const struct leftover_item *item, void *arg),
		    void *arg)
{
	const struct showing to = { program, target, each, arg };
	int i;

	each_op(&to, TASK_BOOT, &program->setup, left->setup,
		source ? source->setup : NULL);
	for (i = 0; i < PROGRAM_TASKS; i++)
		each_op(&to, i, &program->tasks[i], left->ops[i],
			source ? source->ops[i] : NULL);
	each_switch(&to, left->switches, source ? source->switches : NULL);
}

/* ---------------------------------------------------------------- complaining */

static void say_item(const struct leftover_item *item, void *arg)
{
	static const char *const words[ENTRY_KINDS] = { "switch", "delay",
							"stale" };
	const struct input *input = arg;
	char place[INPUT_PLACE_MAX], task[8];

	input_place(input, item->line, place);
	task_name((unsigned int)item->task, task);
	if (item->is_switch)
		complain(place, "%s %u of %u was not met: %s (%s)",
			 words[input->program.switches[item->number - 1].kind],
			 item->number, input->program.nr_switches, item->text,
			 item->why);
	else
		complain(place, "%s op%u was passed over: %s (%s)", task,
			 item->op, item->text, item->why);
}

/* Of bytes: how many of each kind, and the first few. */
struct tally {
	unsigned int nr[2];
	char names[2]
		  [(NAMED_MAX + 1) * sizeof(((struct leftover_item *)0)->text)];
};

static void count_item(const struct leftover_item *item, void *arg)
{
	struct tally *tally = arg;
	char *names = tally->names[item->is_switch], task[8];
	size_t at = strlen(names), max = sizeof(tally->names[0]) - at;

	if (tally->nr[item->is_switch]++ >= NAMED_MAX)
		return;
	task_name((unsigned int)item->task, task);
	if (item->is_switch)
		snprintf(names + at, max, "%s%s", at ? ", " : "", item->text);
	else
		snprintf(names + at, max, "%s%s op%u %s", at ? ", " : "", task,
			 item->op, item->text);
}

static void say_tally(const struct tally *tally, const struct input *input)
{
	static const char *const words[] = { "operations passed over",
					     "switches not met" };
	const unsigned int all[] = { program_nr_ops(&input->program),
				     input->program.nr_switches };
	int i;

	for (i = 0; i < 2; i++)
		if (tally->nr[i])
			complain(input->path, "%u of %u %s: %s%s", tally->nr[i],
				 all[i], words[i], tally->names[i],
				 tally->nr[i] > NAMED_MAX ? ", ..." : "");
}

void leftovers_say(const struct leftovers *left, const struct input *input,
		   const struct target *target)
{
	struct input to = *input;
	struct tally tally = { .nr = { 0, 0 } };

	if (input->text) {
		leftovers_each(left, &input->program, &input->source, target,
			       say_item, &to);
		return;
	}
	leftovers_each(left, &input->program, NULL, target, count_item, &tally);
	say_tally(&tally, input);
}
