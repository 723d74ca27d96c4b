/* SPDX-License-Identifier: MIT */
/*
 * pagerace.c: the command for people: its verbs, and which one was meant.
 */
#include <stdio.h>
#include <string.h>

#include "called.h"
#include "command.h"

static const struct command *const commands[] = {
	&command_run,	 &command_show, &command_encode,
	&command_decode, &command_list, &command_bench,
	&command_explore, &command_minimize, &command_triage, &command_keep,
	&command_fidelity, &command_determinism, &command_coverage,
	&command_campaign,
};

#define NR_COMMANDS (sizeof(commands) / sizeof(commands[0]))

static void usage(FILE *out)
{
	size_t i;

	fprintf(out, "usage: %s COMMAND [option...] [FILE...]\n\n",
		called_name());
	for (i = 0; i < NR_COMMANDS; i++)
		fprintf(out, "  %-11s %s\n", commands[i]->name,
			commands[i]->about);
	fprintf(out,
		"\n  %s COMMAND --help says more. Files are bytes or "
		"text; pagerace can tell.\n"
		"  %s --version names the input format.\n",
		called_name(), called_name());
}

int main(int argc, char **argv)
{
	size_t i;

	if (argc < 2) {
		usage(stderr);
		return EXIT_TROUBLE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") ||
	    !strcmp(argv[1], "help")) {
		usage(stdout);
		return EXIT_EXPECTED;
	}
	if (!strcmp(argv[1], "--version")) {
		printf("pagerace, input format %d\n", PROGRAM_FORMAT);
		return EXIT_EXPECTED;
	}
	for (i = 0; i < NR_COMMANDS; i++)
		if (!strcmp(argv[1], commands[i]->name))
			return commands[i]->run(argc - 1, argv + 1);
	complain(NULL, "no command %s; try: %s --help", argv[1], called_as());
	return EXIT_TROUBLE;
}
