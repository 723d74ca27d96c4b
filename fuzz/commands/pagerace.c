/* SPDX-License-Identifier: MIT */
/*
 * pagerace.c: the command for people: its verbs, and which one was meant.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "called.h"
#include "command.h"
#include "nearest.h"

static const struct command *const commands[] = {
	&command_run,	   &command_show,	&command_encode,
	&command_decode,   &command_list,	&command_bench,
	&command_explore,  &command_minimize,	&command_triage,
	&command_keep,	   &command_fidelity,	&command_determinism,
	&command_coverage, &command_campaign,	&command_hunt,
	&command_pairs,	   &command_systematic, &command_report,
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
		"\n  %s help COMMAND says more. Files are bytes or text; "
		"pagerace can tell.\n"
		"  %s --version names the version and the input format.\n",
		called_name(), called_name());
}

/* Returns: NULL, having said so. */
static const struct command *command_find(const char *name)
{
	struct nearest nearest;
	size_t i;

	nearest_begin(&nearest, name, strlen(name));
	nearest_offer(&nearest, "help");
	for (i = 0; i < NR_COMMANDS; i++) {
		if (!strcmp(name, commands[i]->name))
			return commands[i];
		nearest_offer(&nearest, commands[i]->name);
	}
	if (nearest.name)
		complain(NULL, "no command %s%s", name, nearest_hint(&nearest));
	else
		complain(NULL, "no command %s; try: %s --help", name,
			 called_as());
	return NULL;
}

/* Of all commands, or of the one that @words name. */
static int help(int nr, char **words)
{
	static char option[] = "--help";
	const struct command *command;

	if (!nr) {
		usage(stdout);
		return EXIT_EXPECTED;
	}
	command = command_find(words[0]);
	if (command && nr > 1)
		complain(NULL, "help: one command");
	if (!command || nr > 1)
		return EXIT_TROUBLE;
	return command->run(2, (char *[]){ words[0], option, NULL });
}

static int version(int nr)
{
	if (nr) {
		complain(NULL, "--version takes nothing");
		return EXIT_TROUBLE;
	}
	printf("pagerace %s, input format %d\n", PAGERACE_VERSION,
	       PROGRAM_FORMAT);
	return EXIT_EXPECTED;
}

static int run_command(int argc, char **argv)
{
	const struct command *command;

	if (argc < 2) {
		usage(stderr);
		return EXIT_TROUBLE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") ||
	    !strcmp(argv[1], "help"))
		return help(argc - 2, argv + 2);
	if (!strcmp(argv[1], "--version"))
		return version(argc - 2);
	command = command_find(argv[1]);
	return command ? command->run(argc - 1, argv + 1) : EXIT_TROUBLE;
}

/*
 * Who reads what we print may leave when he has seen enough (| head): the rest
 * goes nowhere, and the exit code is the same as if he had stayed.
 */
int main(int argc, char **argv)
{
	int result;

	signal(SIGPIPE, SIG_IGN);
	result = run_command(argc, argv);
	return output_end() ? result : EXIT_TROUBLE;
}
