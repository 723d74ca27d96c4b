/* SPDX-License-Identifier: MIT */
/* command.c: see command.h. */
#include "command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sites.h"
#include "slip.h"

static bool has_site(const struct target *target, uint32_t hash)
{
	const struct site *site;

	for (site = target->sites; site < target->sites_end; site++)
		if (site->name_hash == hash || site->function_hash == hash)
			return true;
	return false;
}

static void say_no_site(const struct input *input, unsigned int i,
			const struct target *target)
{
	char place[INPUT_PLACE_MAX], hint[SLIP_MAX];
	const char *name = input->source.sites[i];

	complain(input_place(input, input->source.switches[i], place),
		 "switch %u names no site of %s: %s%s", i + 1, target->name,
		 name, slip_site(name, target, hint));
}

/* Of plain accesses it is known when they are visited; of a revert, if it is here. */
static bool sites_are_known(const struct input *input,
			    const struct target *target)
{
	const char *revert = input->head.revert;

	return !*input->head.build &&
	       (!*revert || targets_find(target->name, revert));
}

/* A site that no variant of the target has is a slip of the pen. */
static bool sites_exist(const struct input *input, const struct target *target)
{
	const struct variant *variant;
	unsigned int i;

	if (!sites_are_known(input, target))
		return true;
	for (i = 0; i < input->program.nr_switches; i++) {
		uint32_t site = input->program.switches[i].site;
		bool found = !site;

		for (variant = variants; variant->target; variant++)
			if (!strcmp(variant->target->name, target->name))
				found |= has_site(variant->target, site);
		if (found)
			continue;
		say_no_site(input, i, target);
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

bool command_is_program(const struct options *options)
{
	const struct variant *variant = targets_find(options->target, NULL);

	return variant && variant->target->threads;
}

bool command_input(struct input *input, const char *path,
		   const struct options *options)
{
	if (!path) {
		const struct variant *own = targets_find(options->target, NULL);

		*input = (struct input){ .path = own->target->name,
					 .text = true };
		snprintf(input->head.target, sizeof(input->head.target), "%s",
			 own->target->name);
		program_clear(&input->program);
		return true;
	}
	if (!input_load(input, path))
		return false;
	if (!input->text && !options->quiet)
		complain(path, "as bytes");
	return true;
}

/* Where a word stands that is @line of the text, if no option says it. */
static const char *place_of(const struct input *input, unsigned int line,
			    const char *option, char place[INPUT_PLACE_MAX])
{
	return input ? input_place(input, option ? 0 : line, place) : NULL;
}

static void say_no_target(const struct input *input,
			  const struct options *options, const char *target)
{
	char place[INPUT_PLACE_MAX], hint[SLIP_MAX];

	complain(place_of(input, input ? input->source.target : 0,
			  options->target, place),
		 "no target %s%s", target, slip_target(target, hint));
}

static void say_no_revert(const struct input *input,
			  const struct options *options, const char *target,
			  const char *revert)
{
	char place[INPUT_PLACE_MAX], hint[SLIP_MAX];

	if (!target || !*target)
		target = variants[0].target->name;
	complain(place_of(input, input ? input->source.revert : 0,
			  options->revert, place),
		 "no revert %s of %s%s", revert, target,
		 slip_revert(revert, target, hint));
}

const struct variant *input_variant(struct input *input,
				    const struct options *options)
{
	const char *target = options->target, *revert = options->revert;
	const struct variant *variant;

	if (input && !target)
		target = input->head.target;
	if (input && !revert)
		revert = input->head.revert;
	if (!targets_find(target, NULL)) {
		say_no_target(input, options, target);
		return NULL;
	}
	variant = targets_find(target, revert);
	sites_init_all();
	if (!variant)
		say_no_revert(input, options, target, revert);
	else if (input && (!sites_exist(input, variant->target) ||
			   !input_fit(input, variant->target)))
		return NULL;
	return variant && has_points(variant->target) ? variant : NULL;
}

bool command_beside(const char *name, char path[PATH_MAX])
{
	char self[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (length < 0)
		return false;
	self[length] = '\0';
	*strrchr(self, '/') = '\0';
	return snprintf(path, PATH_MAX, "%s/%s", self, name) < PATH_MAX;
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

unsigned int command_jobs(const struct options *options, unsigned int max)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);

	if (options->jobs)
		return (unsigned int)options->jobs;
	if (cpus < 1)
		return 1;
	return cpus < (long)max ? (unsigned int)cpus : max;
}
