/* SPDX-License-Identifier: MIT */
/*
 * input_fit.c: an input that asks for what its target lacks: bytes are fitted,
 * of text the first line that does it is named.
 */
#include <stdarg.h>
#include <stdio.h>

#include "fit.h"
#include "input.h"
#include "operation.h"
#include "plural_noun.h"

struct misfit {
	const struct input *input;
	const struct target *target;
	const struct program *fitted;
	bool found;
};

/* What stands in no line of the text, its author did not ask for. */
__attribute__((format(printf, 3, 4))) static void
found(struct misfit *misfit, unsigned int line, const char *format, ...)
{
	va_list args;

	if (misfit->found || !line)
		return;
	misfit->found = true;
	fprintf(stderr, "%s:%u: %s ", misfit->input->path, line,
		misfit->target->name);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

static void look_at_config(struct misfit *misfit)
{
	const struct target_config *wanted = &misfit->input->program.config;
	const struct target_config *fitted = &misfit->fitted->config;
	const struct text_source *lines = &misfit->input->source;
	char pages[TEXT_WORD_MAX];

	if (wanted->pages != fitted->pages)
		found(misfit, lines->pages, "has at least %u %s", fitted->pages,
		      plural_noun(target_page_name(misfit->target), pages,
				  sizeof(pages)));
	if (wanted->pcp_high != fitted->pcp_high ||
	    wanted->pcp_batch != fitted->pcp_batch)
		found(misfit, lines->pcp, "has no per-CPU lists");
	if (wanted->fanout_shift != fitted->fanout_shift)
		found(misfit, lines->fanout, "has no tree nodes");
}

static void look_at_list(struct misfit *misfit,
			 const struct program_list *wanted,
			 const struct program_list *fitted,
			 const unsigned int *lines)
{
	unsigned int i;

	for (i = 0; i < wanted->nr; i++)
		if (wanted->ops[i].order != fitted->ops[i].order)
			found(misfit, lines[i], "has no blocks of order %u",
			      wanted->ops[i].order);
		else if (wanted->ops[i].compound != fitted->ops[i].compound)
			found(misfit, lines[i], "has no compound blocks");
		else if (wanted->ops[i].file != fitted->ops[i].file &&
			 !misfit->target->more_files)
			found(misfit, lines[i], "has one file");
		else if (wanted->ops[i].file != fitted->ops[i].file)
			found(misfit, lines[i], "has no file for %s",
			      operation_word(wanted->ops[i].op,
					     misfit->target));
		else if (wanted->ops[i].index != fitted->ops[i].index ||
			 wanted->ops[i].count != fitted->ops[i].count)
			found(misfit, lines[i], "has other numbers for %s",
			      operation_word(wanted->ops[i].op,
					     misfit->target));
}

static void look_at_tasks(struct misfit *misfit)
{
	const struct text_source *lines = &misfit->input->source;
	const struct program *wanted = &misfit->input->program;
	const struct program *fitted = misfit->fitted;
	unsigned int task;

	for (task = 0; task < PROGRAM_TASKS; task++) {
		if (wanted->tasks[task].irq != fitted->tasks[task].irq)
			found(misfit, lines->irq[task], "takes no interrupts");
		look_at_list(misfit, &wanted->tasks[task], &fitted->tasks[task],
			     lines->ops[task]);
	}
}

bool input_fit(struct input *input, const struct target *target)
{
	struct program fitted = input->program;
	struct misfit misfit = { input, target, &fitted, false };

	if (!fit_program(&fitted, target))
		return true;
	if (input->text) {
		look_at_config(&misfit);
		look_at_list(&misfit, &input->program.setup, &fitted.setup,
			     input->source.setup);
		look_at_tasks(&misfit);
	}
	if (!misfit.found)
		input->program = fitted;
	return !misfit.found;
}
