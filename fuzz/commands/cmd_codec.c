/* SPDX-License-Identifier: MIT */
/*
 * cmd_codec.c: pagerace encode and pagerace decode: text to bytes and back.
 */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "leftovers_text.h"
#include "sites.h"
#include "worker.h"

#define TEXT_MAX (64 * 1024)

/* Load the one operand. Returns: below 0: exit with -1 - that. */
static int load(const struct command *command, int argc, char **argv,
		const char *known, struct options *options, struct input *input)
{
	int at = options_parse(command, argc, argv, known, options);

	if (at < 0)
		return at;
	if (at + 1 != argc) {
		complain(NULL, "%s: one file", command->name);
		return -1 - EXIT_TROUBLE;
	}
	return command_input(input, argv[at], options) ? 0 : -1 - EXIT_TROUBLE;
}

static bool names_sites(const struct program *program)
{
	unsigned int i;

	for (i = 0; i < program->nr_switches; i++)
		if (program->switches[i].site)
			return true;
	return false;
}

/* Text may be of a target that is not here; then nobody knows what that has. */
static bool fit(struct input *input, const struct options *options)
{
	const struct variant *variant = targets_find(
		options->target ? options->target : input->head.target, NULL);

	return !variant || input_fit(input, variant->target);
}

/*
 * Switches by site become switches by point: those of a run, in a child, as it may
 * crash: those up to there.
 */
static bool resolve(struct input *input, const struct options *options)
{
	const struct variant *variant = input_variant(input, options);
	struct outcome outcome;
	struct player *player;
	struct worker *worker;

	if (!variant)
		return false;
	player = player_open();
	worker = worker_open(&player->engine, &player->record, variant->target,
			     NULL);
	worker_run(worker, &input->program, WORKER_LEFT, &outcome);
	worker_close(worker);
	leftovers_say(&outcome.left, input, variant->target);
	if (outcome.nr_taken > PROGRAM_SWITCHES) {
		complain(input->path, "more than %d switches",
			 PROGRAM_SWITCHES);
		return false;
	}
	input->program.nr_switches = (uint8_t)outcome.nr_taken;
	memcpy(input->program.switches, outcome.taken, sizeof(outcome.taken));
	return true;
}

static int encode(int argc, char **argv)
{
	static struct input input;
	uint8_t bytes[PROGRAM_BYTES_MAX];
	struct options options;
	size_t size;
	int result = load(&command_encode, argc, argv, "tro", &options, &input);

	if (result < 0)
		return -1 - result;
	if (!fit(&input, &options) ||
	    (names_sites(&input.program) && !resolve(&input, &options)))
		return EXIT_TROUBLE;
	size = program_encode(&input.program, bytes, sizeof(bytes));
	if (!size) {
		complain(input.path, "too large for the byte format");
		return EXIT_TROUBLE;
	}
	return output_write(options.output, bytes, size) ? EXIT_EXPECTED :
							   EXIT_TROUBLE;
}

const struct command command_encode = {
	.name = "encode",
	.about = "Turn a program into bytes, as a fuzzing engine takes them.",
	.usage = "[option...] FILE",
	.help = "  -o, --output FILE  not to standard output\n"
		"  --target NAME, --revert NAME|none\n"
		"                     what to run if a switch names a site\n",
	.run = encode,
};

static void set(char *to, const char *from)
{
	if (from)
		snprintf(to, TEXT_WORD_MAX, "%s", from);
}

static int decode(int argc, char **argv)
{
	static struct input input;
	static char text[TEXT_MAX];
	const struct variant *variant;
	struct options options;
	size_t size;
	int result =
		load(&command_decode, argc, argv, "troew", &options, &input);

	if (result < 0)
		return -1 - result;
	variant = input_variant(&input, &options);
	if (!variant)
		return EXIT_TROUBLE;
	set(input.head.target, options.target);
	set(input.head.revert, variant->revert);
	set(input.head.expect, options.expect);
	if (options.why)
		snprintf(input.head.why, sizeof(input.head.why), "%s",
			 options.why);
	size = text_print(&input.head, &input.program,
			  sites_names(variant->target), text, sizeof(text));
	ensure(size);
	return output_write(options.output, text, size) ? EXIT_EXPECTED :
							  EXIT_TROUBLE;
}

const struct command command_decode = {
	.name = "decode",
	.about = "Turn a program into text, as people and git read it.",
	.usage = "[option...] FILE",
	.help = "  -o, --output FILE   not to standard output\n"
		"  --target NAME, --revert NAME|none, --expect ID, --why TEXT\n"
		"                      what the text is to say\n",
	.run = decode,
};
