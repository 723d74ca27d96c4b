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
#include "chance.h"
#include "command.h"
#include "finding_id.h"
#include "nearest.h"

enum option_kind {
	TEXT, /* const char * */
	NUMBER, /* unsigned long */
	COUNT, /* the same, from 1 */
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
	{ "runs", 'n', COUNT, offsetof(struct options, runs) },
	{ "from", 'G', COUNT, offsetof(struct options, from) },
	{ "depth", 'K', COUNT, offsetof(struct options, depth) },
	{ "seeds", 'E', COUNT, offsetof(struct options, seeds) },
	{ "limit", 'I', COUNT, offsetof(struct options, limit) },
	{ "verbose", 'v', FLAG, offsetof(struct options, verbose) },
	{ "quick", 'R', FLAG, offsetof(struct options, quick) },
	{ "digest", 'd', FLAG, offsetof(struct options, digest) },
	{ "quiet", 'q', FLAG, offsetof(struct options, quiet) },
	{ "json", 'J', TEXT, offsetof(struct options, json) },
	{ "perfetto", 'P', TEXT, offsetof(struct options, perfetto) },
	{ "html", 'H', TEXT, offsetof(struct options, html) },
	{ "name", 'N', TEXT, offsetof(struct options, name) },
	{ "corpus", 'C', TEXT, offsetof(struct options, corpus) },
	{ "force", 'F', FLAG, offsetof(struct options, force) },
	{ "preemptions", 'k', NUMBER, offsetof(struct options, preemptions) },
	{ "reorderings", 'W', NUMBER, offsetof(struct options, reorderings) },
	{ "all", 'U', FLAG, offsetof(struct options, all) },
	{ "jobs", 'j', NUMBER, offsetof(struct options, jobs) },
	{ "prefix", 'x', NUMBER, offsetof(struct options, prefix) },
	{ "state", 'S', TEXT, offsetof(struct options, state) },
	{ "findings", 'D', TEXT, offsetof(struct options, findings) },
	{ "against", 'A', TEXT, offsetof(struct options, against) },
	{ "programs", 'M', COUNT, offsetof(struct options, programs) },
	{ "time", 'T', NUMBER, offsetof(struct options, time) },
	{ "fuzzer", 'Z', TEXT, offsetof(struct options, fuzzer) },
	{ "schedules", 'L', COUNT, offsetof(struct options, schedules) },
	{ "builds", 'B', TEXT, offsetof(struct options, builds) },
	{ "fork", 'O', FLAG, offsetof(struct options, fork) },
	{ "anew", 'V', FLAG, offsetof(struct options, anew) },
	{ "clean", 'Y', TEXT, offsetof(struct options, clean) },
	{ "fixed-by", 'X', TEXT, offsetof(struct options, fixed_by) },
	{ "stop-at", '^', COUNT, offsetof(struct options, stop_at) },
	{ "notes", '_', TEXT, offsetof(struct options, notes) },
	{ "memory", 'Q', TEXT, offsetof(struct options, memory) },
	{ "gates", '[', FLAG, offsetof(struct options, gates) },
	{ "known-races", '@', FLAG, offsetof(struct options, known_races) },
	{ "vmlinux", ']', TEXT, offsetof(struct options, vmlinux) },
};

#define NR_ROWS (sizeof(rows) / sizeof(rows[0]))

/* What getopt_long() wants; lower-case letters are short options, too. */
struct tables {
	struct option longs[NR_ROWS + 2];
	char shorts[2 * NR_ROWS + 3];
};

static void tables_init(struct tables *tables)
{
	char *at = tables->shorts;
	size_t i, j;

	memset(tables, 0, sizeof(*tables));
	*at++ = ':'; /* a missing value is told from an unknown option */
	for (i = 0; i < NR_ROWS; i++) {
		const struct row *row = &rows[i];

		for (j = 0; j < i; j++)
			ensure(rows[j].letter != row->letter);
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

static bool parse_number(const struct row *row, const char *text,
			 unsigned long *number)
{
	char *end;

	errno = 0;
	*number = strtoul(text, &end, 10);
	if (*text >= '0' && *text <= '9' && !*end && !errno &&
	    (*number || row->kind != COUNT))
		return true;
	complain(NULL, "--%s: not a number%s: %s", row->name,
		 row->kind == COUNT ? " from 1" : "", text);
	return false;
}

/* What no finding is called would be expected in vain. */
static bool parse_text(const struct row *row, const char *text,
		       const char **field)
{
	char why[256];

	*field = text;
	if (row->letter != 'e' ||
	    finding_id_is_possible(text, why, sizeof(why)))
		return true;
	complain(NULL, "--%s: %s", row->name, why);
	return false;
}

/* Returns: false if the value is not one. */
static bool option_set(struct options *options, const struct row *row,
		       const char *value)
{
	void *field = (char *)options + row->at;

	options->given |= 1ull << (row->letter - 'A');
	switch (row->kind) {
	case TEXT:
		return parse_text(row, value, field);
	case NUMBER:
	case COUNT:
		return parse_number(row, value, field);
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

static const struct row *row_of(int letter)
{
	const struct row *row = rows;

	while (row < rows + NR_ROWS && row->letter != letter)
		row++;
	return row < rows + NR_ROWS ? row : NULL;
}

/* @word is none of @known, which the command takes. */
static void say_unknown(const struct command *command, const char *word,
			const char *known)
{
	char names[NR_ROWS][32];
	struct nearest nearest;
	size_t i;

	nearest_begin(&nearest, word, strcspn(word, "="));
	nearest_offer(&nearest, "--help");
	for (i = 0; i < NR_ROWS; i++) {
		snprintf(names[i], sizeof(names[i]), "--%s", rows[i].name);
		if (strchr(known, rows[i].letter))
			nearest_offer(&nearest, names[i]);
	}
	complain(NULL, "%s has no option %s%s", command->name, word,
		 nearest_hint(&nearest));
}

/* What getopt_long() could not make sense of; @letter: what it said. */
static void say_misused(const struct command *command, int letter,
			const char *word, const char *known)
{
	const char unknown[] = { '-', (char)optopt, '\0' };

	if (letter == ':')
		complain(NULL, "%s: %s wants a value", command->name, word);
	else if (!strncmp(word, "--", 2) && optopt)
		complain(NULL, "%s: %.*s takes no value", command->name,
			 (int)strcspn(word, "="), word);
	else
		say_unknown(command, optopt ? unknown : word, known);
}

/* One option. Returns: false, having said why not. */
static bool option_take(const struct command *command, const struct row *row,
			const char *known, unsigned long long *seen,
			struct options *options)
{
	unsigned long long bit = 1ull << (row - rows);
	char word[32];

	if (!strchr(known, row->letter)) {
		snprintf(word, sizeof(word), "--%s", row->name);
		say_unknown(command, word, known);
		command_misused(command);
		return false;
	}
	if (*seen & bit && row->kind != FLAG) {
		complain(NULL, "%s: --%s is given twice", command->name,
			 row->name);
		return false;
	}
	*seen |= bit;
	return option_set(options, row, optarg);
}

int options_parse(const struct command *command, int argc, char **argv,
		  const char *known, struct options *options)
{
	struct tables tables;
	unsigned long long seen = 0;
	int letter;

	tables_init(&tables);
	opterr = 0;
	*options = (struct options){ .seed = 1,
				     .runs = 1,
				     .from = 1,
				     .depth = PCT_DEPTH,
				     .preemptions = 2,
				     .programs = 10000,
				     .schedules = OPTIONS_SCHEDULES };
	while ((letter = getopt_long(argc, argv, tables.shorts, tables.longs,
				     NULL)) != -1) {
		if (letter == 'h')
			return command_help(command);
		if (letter == '?' || letter == ':') {
			say_misused(command, letter, argv[optind - 1], known);
			return command_misused(command);
		}
		if (!option_take(command, row_of(letter), known, &seen,
				 options))
			return -1 - EXIT_TROUBLE;
	}
	return optind;
}
