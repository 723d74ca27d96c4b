/* SPDX-License-Identifier: MIT */
/* command.c: see command.h. */
#include "command.h"

#include <stdio.h>
#include <string.h>

#include "called.h"

static bool has_site(const struct target *target, uint32_t hash)
{
	const struct site *site;

	for (site = target->sites; site < target->sites_end; site++)
		if (site->name_hash == hash || site->function_hash == hash)
			return true;
	return false;
}

/* A site that no variant of the target has is a slip of the pen. */
static bool sites_exist(const struct input *input, const char *target)
{
	const struct variant *variant;
	unsigned int i;

	if (*input->head.build) /* its sites are known when they are visited */
		return true;
	for (i = 0; i < input->program.nr_switches; i++) {
		uint32_t site = input->program.switches[i].site;
		bool found = !site;

		for (variant = variants; variant->target; variant++)
			if (!strcmp(variant->target->name, target))
				found |= has_site(variant->target, site);
		if (found)
			continue;
		complain(input->path,
			 "switch %u names no site of %s; try: %s list sites",
			 i + 1, target, called_as());
		return false;
	}
	return true;
}

static bool has_points(const struct target *target)
{
	const char *trouble = targets_trouble(target);

	if (trouble)
		complain(NULL, "target %s %s", target->name, trouble);
	return !trouble;
}

bool command_input(struct input *input, const char *path,
		   const struct options *options)
{
	if (!input_load(input, path))
		return false;
	if (!input->text && !options->quiet)
		complain(path, "as bytes");
	return true;
}

const struct variant *input_variant(const struct input *input,
				    const struct options *options)
{
	const char *target = options->target, *revert = options->revert;
	const struct variant *variant;

	if (input && !target)
		target = input->head.target;
	if (input && !revert)
		revert = input->head.revert;
	if (!targets_find(target, NULL)) {
		complain(input ? input->path : NULL,
			 "no target %s; try: %s list targets", target,
			 called_as());
		return NULL;
	}
	variant = targets_find(target, revert);
	targets_init();
	if (!variant)
		complain(input ? input->path : NULL,
			 "no revert %s of %s; try: %s list reverts", revert,
			 target && *target ? target : variants[0].target->name,
			 called_as());
	else if (input && !sites_exist(input, variant->target->name))
		return NULL;
	return variant && has_points(variant->target) ? variant : NULL;
}

/* A signal handler has nothing else to write to. */
static volatile sig_atomic_t stop;

static void on_signal(int signal)
{
	(void)signal;
	stop = 1;
}

/* No SA_RESTART: what waits for a worker is to wake up. */
const volatile sig_atomic_t *command_stop(void)
{
	const struct sigaction action = { .sa_handler = on_signal };

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	return &stop;
}
