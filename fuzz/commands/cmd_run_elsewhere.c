/* SPDX-License-Identifier: MIT */
/*
 * cmd_run_elsewhere.c: a story on a target that it was not made for: its
 * operations, and a schedule that is found anew.
 */
#include "cmd_run_elsewhere.h"

#include <stdio.h>
#include <string.h>

#include "leftovers_text.h"
#include "plural.h"
#include "refind.h"
#include "sites.h"
#include "ticker.h"

#define TEXT_MAX (32 * 1024)

static const char *home(const struct input *input)
{
	return *input->head.target ? input->head.target :
				     variants[0].target->name;
}

bool run_is_elsewhere(const struct input *input, const struct options *options)
{
	bool other = options->target && strcmp(options->target, home(input));

	return input->text && !options->policy && (other || options->anew);
}

const struct variant *run_elsewhere_variant(const struct input *input,
					    const struct options *options)
{
	const struct variant *own = targets_find(input->head.target,
						 input->head.revert);
	struct options there = *options;
	struct input bare = *input; /* of sites that nobody has there */

	bare.program.nr_switches = 0;
	if (!there.revert && own && *own->alias &&
	    targets_find(there.target, own->alias))
		there.revert = own->alias;
	return input_variant(&bare, &there);
}

static void say_progress(const struct refind *refind, void *arg)
{
	struct ticker *ticker = arg;

	if (ticker_due(ticker))
		ticker_say(ticker, "%s: %lu schedules, at most %u preemptions "
			   "now", refind->expect, refind->tried,
			   refind->bound);
}

/* What it came to, in a line. */
static void print_result(const struct refind *refind, const struct input *input,
			 const struct variant *variant, unsigned int adapted,
			 bool met)
{
	const char *id = refind->found ? refind->outcome.id : "clean";

	printf("%s: %s", input->path, id);
	if (!met)
		printf(", expected %s", refind->expect);
	else if (strcmp(id, refind->expect))
		printf(", its own word for %s", refind->expect);
	if (!met && !refind->found && *refind->other)
		printf(" (there was %s)", refind->other);
	if (strcmp(home(input), variant->target->name))
		printf("; its schedule is for %s: on %s", home(input),
		       variant->target->name);
	else
		printf("; looked for anew:");
	if (adapted & ADAPTED_BATCHES)
		printf(", with lru_drain behind add");
	if (adapted & ADAPTED_INDICES)
		printf(", with indices for %u slots a node",
		       1U << variant->target->fanout_shift);
	printf("%s ", adapted ? "," : "");
	if (refind->found)
		printf("one with %u preemption%s was found in %lu schedules\n",
		       refind->outcome.preemptions,
		       plural(refind->outcome.preemptions), refind->tried);
	else if (refind->exhaustive)
		printf("none with at most %u preemption%s ends otherwise, "
		       "%lu tried\n",
		       refind->bound, plural(refind->bound), refind->tried);
	else
		printf("%lu were tried, with at most %u preemption%s\n",
		       refind->tried, refind->bound, plural(refind->bound));
}

/* Of the schedule that was found, if there is one. */
static void print_digest(const struct refind *refind,
			 const struct program *found)
{
	struct outcome outcome = { .crashed = true };

	if (refind->found)
		worker_run(refind->worker, found, WORKER_DIGEST, &outcome);
	if (outcome.crashed)
		printf("-------- ");
	else
		printf("%08x ", outcome.digest);
}

/* What the new target cannot do of it. Without a schedule nothing interrupts. */
static void say_left(const struct refind *refind, const struct input *input,
		     const struct variant *variant)
{
	struct outcome outcome = { .crashed = true };
	int i;

	worker_run(refind->worker, &input->program, WORKER_LEFT, &outcome);
	for (i = 0; i < PROGRAM_TASKS && !refind->found; i++)
		if (input->program.tasks[i].irq)
			memset(outcome.left.ops[i], LEFT_NOT,
			       sizeof(outcome.left.ops[i]));
	if (!outcome.crashed)
		leftovers_say(&outcome.left, input, variant->target);
}

/* The story as one of its new target. */
static bool write_story(const struct refind *refind, const struct input *input,
			const struct variant *variant, const char *path)
{
	struct text_head head = input->head;
	static char text[TEXT_MAX];
	size_t size;

	snprintf(head.target, sizeof(head.target), "%s", variant->target->name);
	snprintf(head.revert, sizeof(head.revert), "%s", variant->revert);
	snprintf(head.expect, sizeof(head.expect), "%s",
		 refind->found ? refind->outcome.id : "clean");
	size = text_print(&head, &input->program, sites_names(variant->target),
			  text, sizeof(text));
	ensure(size);
	return output_rescue(path, text, size);
}

/* Returns: the exit code. */
static int say(const struct refind *refind, struct input *input,
	       const struct variant *variant, unsigned int adapted,
	       const struct options *options)
{
	bool met = refind->found == (strcmp(refind->expect, "clean") != 0);

	if (refind->found) {
		input->program.nr_switches =
			(uint8_t)refind->outcome.nr_taken;
		memcpy(input->program.switches, refind->outcome.taken,
		       sizeof(input->program.switches));
	}
	if (options->digest)
		print_digest(refind, &input->program);
	if (!options->quiet || !met) {
		say_left(refind, input, variant);
		print_result(refind, input, variant, adapted, met);
	}
	if (options->output &&
	    !write_story(refind, input, variant, options->output))
		return EXIT_TROUBLE;
	return met ? EXIT_EXPECTED : EXIT_UNEXPECTED;
}

int run_elsewhere(struct player *player, const struct variant *variant,
		  struct input *input, const char *expect,
		  const struct options *options)
{
	struct refind refind_it = {
		.expect = expect,
		.preemptions = 1 + refind_preemptions(&input->program),
		.limit = options->schedules,
		.progress = say_progress,
	};
	const struct variant *own = targets_find(input->head.target, NULL);
	struct ticker ticker;
	int result = EXIT_TROUBLE;
	unsigned int adapted;
	bool whole;

	if (!strcmp(expect, "clean") && strcmp(variant->revert, "none")) {
		complain(input->path, "clean by its schedule alone, which is "
			 "for %s", home(input));
		return EXIT_TROUBLE;
	}
	if (!output_is_possible(options->output))
		return EXIT_TROUBLE;
	adapted = refind_adapt(&input->program, own ? own->target : NULL,
			       variant->target);
	if (adapted & ADAPTED_BATCHES)
		memset(&input->source, 0, sizeof(input->source));
	ticker_begin(&ticker);
	refind_it.arg = &ticker;
	refind_it.worker = worker_open(&player->engine, &player->record,
				       variant->target, command_stop());
	whole = refind(&refind_it, &input->program);
	ticker_end(&ticker);
	if (whole)
		result = say(&refind_it, input, variant, adapted, options);
	else
		complain(input->path, "interrupted after %lu schedules",
			 refind_it.tried);
	worker_close(refind_it.worker);
	return result;
}
