/* SPDX-License-Identifier: MIT */
/*
 * options.c: the options of all commands, a row each.
 */
#include <errno.h>
#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "called.h"
#include "command.h"

enum option_kind {
	TEXT, /* const char * */
	NUMBER, /* unsigned long */
	FLAG, /* bool, without a value */
};

struct row {
	const char *name;
	char letter; /* a command names what it takes by letters */
	enum option_kind kind;
	size_t at; /* in struct options */
};

static const struct row rows[] = {
	{ "target", 't', TEXT, offsetof(struct options, target) },
	{ "revert", 'r', TEXT, offsetof(struct options, revert) },
	{ "output", 'o', TEXT, offsetof(struct options, output) },
	{ "expect", 'e', TEXT, offsetof(struct options, expect) },
	{ "why", 'w', TEXT, offsetof(struct options, why) },
	{ "policy", 'p', TEXT, offsetof(struct options, policy) },
	{ "seed", 's', NUMBER, offsetof(struct options, seed) },
	{ "runs", 'n', NUMBER, offsetof(struct options, runs) },
	{ "verbose", 'v', FLAG, offsetof(struct options, verbose) },
	{ "digest", 'd', FLAG, offsetof(struct options, digest) },
	{ "quiet", 'q', FLAG, offsetof(struct options, quiet) },
	{ "json", 'J', TEXT, offsetof(struct options, json) },
	{ "perfetto", 'P', TEXT, offsetof(struct options, perfetto) },
	{ "html", 'H', TEXT, offsetof(struct options, html) },
	{ "name", 'N', TEXT, offsetof(struct options, name) },
	{ "corpus", 'C', TEXT, offsetof(struct options, corpus) },
	{ "force", 'F', FLAG, offsetof(struct options, force) },
	{ "preemptions", 'k', NUMBER, offsetof(struct options, preemptions) },
	{ "jobs", 'j', NUMBER, offsetof(struct options, jobs) },
	{ "prefix", 'x', NUMBER, offsetof(struct options, prefix) },
	{ "state", 'S', TEXT, offsetof(struct options, state) },
	{ "findings", 'D', TEXT, offsetof(struct options, findings) },
	{ "against", 'A', TEXT, offsetof(struct options, against) },
	{ "programs", 'M', NUMBER, offsetof(struct options, programs) },
	{ "time", 'T', NUMBER, offsetof(struct options, time) },
	{ "schedules", 'L', NUMBER, offsetof(struct options, schedules) },
};

#define NR_ROWS (sizeof(rows) / sizeof(rows[0]))

/* What getopt_long() wants; lower-case letters are short options, too. */
struct tables {
	struct option longs[NR_ROWS + 2];
	char shorts[2 * NR_ROWS + 2];
};

static void tables_init(struct tables *tables)
{
	char *at = tables->shorts;
	size_t i;

	memset(tables, 0, sizeof(*tables));
	for (i = 0; i < NR_ROWS; i++) {
		const struct row *row = &rows[i];

		tables->longs[i] = (struct option){
			.name = row->name,
			.has_arg = row->kind == FLAG ? no_argument :
						       required_argument,
			.val = row->letter,
		};
		if (row->letter < 'a')
			continue;
		*at++ = row->letter;
		if (row->kind != FLAG)
			*at++ = ':';
	}
	tables->longs[NR_ROWS] = (struct option){ "help", no_argument, NULL,
						  'h' };
	*at = 'h';
}

static bool parse_number(const char *text, unsigned long *number)
{
	char *end;

	errno = 0;
	*number = strtoul(text, &end, 10);
	if (*text >= '0' && *text <= '9' && !*end && !errno)
		return true;
	complain(NULL, "not a number: %s", text);
	return false;
}

/* Returns: false if the value is not one. */
static bool option_set(struct options *options, int letter, const char *value)
{
	const struct row *row = rows;
	void *field;

	while (row->letter != letter)
		row++;
	field = (char *)options + row->at;
	switch (row->kind) {
	case TEXT:
		*(const char **)field = value;
		return true;
	case NUMBER:
		return parse_number(value, field);
	default:
		*(bool *)field = true;
		return true;
	}
}

static int command_help(const struct command *command)
{
	printf("usage: %s %s %s\n%s\n%s", called_name(), command->name,
	       command->usage, command->about, command->help);
	return -1 - EXIT_EXPECTED;
}

static int command_misused(const struct command *command)
{
	fprintf(stderr, "usage: %s %s %s\n", called_name(), command->name,
		command->usage);
	return -1 - EXIT_TROUBLE;
}

int options_parse(const struct command *command, int argc, char **argv,
		  const char *known, struct options *options)
{
	struct tables tables;
	int letter;

	tables_init(&tables);
	*options = (struct options){ .seed = 1, .runs = 1, .preemptions = 2,
				     .programs = 10000, .schedules = 200000 };
	while ((letter = getopt_long(argc, argv, tables.shorts, tables.longs,
				     NULL)) != -1) {
		if (letter == 'h')
			return command_help(command);
		if (letter == '?')
			return command_misused(command);
		if (!strchr(known, letter)) {
			complain(NULL, "%s has no option %s", command->name,
				 argv[optind - 1]);
			return command_misused(command);
		}
		if (!option_set(options, letter, optarg))
			return -1 - EXIT_TROUBLE;
	}
	return optind;
}
