/* SPDX-License-Identifier: MIT */
/*
 * command.h: what the commands of pagerace share: options and exit codes.
 *
 * Exit codes: 0 as expected, 1 not, 2 trouble (and nothing was written).
 */
#ifndef FUZZ_COMMAND_H
#define FUZZ_COMMAND_H

#include <limits.h>
#include <signal.h>

#include "complain.h"
#include "input.h"
#include "output.h"
#include "player.h"
#include "targets.h"

enum command_exit {
	EXIT_EXPECTED = 0,
	EXIT_UNEXPECTED = 1,
	EXIT_TROUBLE = 2,
};

struct command {
	const char *name;
	const char *about; /* in one line */
	const char *usage; /* what follows the name */
	const char *help; /* the options, a line each; or "" */
	int (*run)(int argc, char **argv);
};

extern const struct command command_run, command_show, command_encode,
	command_decode, command_list, command_bench, command_explore,
	command_minimize;

extern const struct command command_triage, command_keep, command_fidelity,
	command_determinism, command_coverage, command_campaign, command_hunt,
	command_pairs, command_systematic, command_report;

#define OPTIONS_SCHEDULES 200000 /* if --schedules is not given */

/* What all commands may be given. Strings are the caller's. */
struct options {
	const char *target; /* --target NAME; NULL: the input's, or core */
	const char *revert; /* --revert NAME|none; NULL: the input's */
	const char *output; /* -o FILE */
	const char *expect; /* --expect ID */
	const char *why; /* --why TEXT */
	const char *name; /* --name STORY */
	const char *corpus; /* --corpus DIR */
	const char *against; /* --against TARGET[:REVERT] */
	const char *json; /* --json OUT */
	const char *perfetto; /* --perfetto OUT */
	const char *html; /* --html OUT */
	const char *policy; /* --policy NAME */
	unsigned long seed; /* --seed N */
	unsigned long runs; /* --runs N */
	unsigned long from; /* --from N; from 1 */
	unsigned long depth; /* --depth N */
	unsigned long seeds; /* --seeds N */
	unsigned long limit; /* --limit N */
	unsigned long programs; /* --programs N */
	unsigned long schedules; /* --schedules N */
	unsigned long preemptions; /* --preemptions K */
	unsigned long reorderings; /* --reorderings R */
	bool all; /* --all */
	unsigned long jobs; /* --jobs N; 0: one a CPU */
	unsigned long prefix; /* --prefix N */
	const char *state; /* --state FILE */
	const char *findings; /* --findings DIR */
	unsigned long time; /* --time SECONDS; 0: until it is stopped */
	const char *fuzzer; /* --fuzzer BINARY */
	const char *builds; /* --builds NAME:SHARE,... */
	const char *clean; /* --clean FILE */
	const char *memory; /* --memory sc|weak; NULL: as the target asks for */
	unsigned long stop_at; /* --stop-at STEP; 0: nowhere */
	const char *notes; /* --notes FILE */
	const char *fixed_by; /* --fixed-by REVERT|none */
	const char *vmlinux; /* --vmlinux FILE */
	unsigned long long
		given; /* a bit for each option that was, by its letter */
	bool verbose; /* --verbose */
	bool quick; /* --quick */
	bool digest; /* --digest */
	bool quiet; /* --quiet */
	bool fork; /* --fork */
	bool anew; /* --anew */
	bool force; /* --force */
	bool gates; /* --gates */
	bool known_races; /* --known-races */
};

/*
 * Parse "@argv[0] [option...] [operand...]". @known: the letters of those
 * options that the command takes (see options.c). Returns: the index of the
 * first operand; below 0: stop and exit with -1 - that.
 */
int options_parse(const struct command *command, int argc, char **argv,
		  const char *known, struct options *options);

/*
 * Read a program; one in bytes is said to be one, but for --quiet. @path NULL:
 * what is under test is a program itself, and plays on without any switch.
 * Returns: false, having said why.
 */
bool command_input(struct input *input, const char *path,
		   const struct options *options);
/* Is the target that is asked for, or the first, a program with threads? */
bool command_is_program(const struct options *options);
/* Was the option of that letter given? */
static inline bool options_given(const struct options *options, char letter)
{
	return options->given >> (letter - 'A') & 1;
}

/*
 * What the options and the input ask for; the input is fitted to it. Returns:
 * NULL, having said why.
 */
const struct variant *input_variant(struct input *input,
				    const struct options *options);

/* Processes: as the options say, or one a CPU, @max at most. */
unsigned int command_jobs(const struct options *options, unsigned int max);

/*
 * The file @name where this command lies, wherever it was moved to. Returns: false
 * if nobody knows.
 */
bool command_beside(const char *name, char path[PATH_MAX]);

/* From now on SIGINT and SIGTERM only make this non-zero. */
const volatile sig_atomic_t *command_stop(void);

#endif
