/* SPDX-License-Identifier: MIT */
/*
 * cmd_pairs.c: pagerace pairs: every pair of operations in every state, all
 * schedules; then longer programs, grown from those that showed something new.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "operation.h"
#include "plural.h"
#include "suite.h"
#include "sweep.h"

/*
 * Runs of a program: few at first, then, for those that they were too few for,
 * more. Each round goes through the suite, behind the one before, and has as many
 * runs in all as any other, until all have come to their ends.
 */
static const unsigned long round_runs[] = { 100, 2000, SWEEP_RUNS };

#define ROUNDS (sizeof(round_runs) / sizeof(round_runs[0]))
#define TAG_GROWN ((size_t)-1) /* else: program of the suite * ROUNDS + round */

struct pairs {
	struct sweep sweep;
	struct suite suite;
	struct {
		size_t next; /* of the suite */
		unsigned long spent; /* runs */
	} rounds[ROUNDS];
	struct entry *known; /* of each of the suite; runs 0: nothing yet */
	uint8_t *done; /* rounds of it */
	struct tally *pair;
	struct tally grown[2 * FRONTIER_OPS + 1]; /* by operations */
	struct frontier frontier;
	bool growing; /* there is a parent */
	struct program parent;
	unsigned int child; /* that is next */
};

/* ------------------------------------------------------------------ programs */

/* From what showed most; each parent with all its children, once. */
static bool next_grown(struct pairs *pairs, struct program *program)
{
	struct frontier_program *best;

	for (;;) {
		if (pairs->growing &&
		    frontier_child(&pairs->parent, pairs->suite.target,
				   pairs->child, program)) {
			pairs->child++;
			return true;
		}
		pairs->growing = false;
		best = frontier_best(&pairs->frontier);
		if (!best)
			return false;
		pairs->parent = best->program;
		frontier_remove(&pairs->frontier, best);
		pairs->growing = true;
		pairs->child = 0;
	}
}

/* Is there one for @round now? Then it is next there. */
static bool round_has_next(struct pairs *pairs, size_t round)
{
	size_t *next = &pairs->rounds[round].next;

	if (!round)
		return *next < pairs->suite.nr;
	while (*next < pairs->rounds[round - 1].next &&
	       pairs->known[*next].complete)
		++*next;
	return *next < pairs->rounds[round - 1].next &&
	       pairs->done[*next] >= round;
}

/* Of the rounds that have a next one the poorest; ROUNDS: none has. */
static size_t next_round(struct pairs *pairs)
{
	size_t best = ROUNDS, round;

	for (round = 0; round < ROUNDS; round++)
		if (round_has_next(pairs, round) &&
		    (best == ROUNDS ||
		     pairs->rounds[round].spent < pairs->rounds[best].spent))
			best = round;
	return best;
}

static bool next_of_suite(struct pairs *pairs, struct program *program,
			  size_t *tag)
{
	size_t round = next_round(pairs), nr;

	if (round == ROUNDS)
		return false;
	nr = pairs->rounds[round].next++;
	*program = pairs->suite.programs[nr].program;
	*tag = nr * ROUNDS + round;
	sweep_limit(&pairs->sweep, round_runs[round]);
	pairs->sweep.given += !round;
	return true;
}

static bool next_program(struct systematic *systematic, struct program *program,
			 size_t *tag)
{
	struct pairs *pairs = systematic->arg;

	if (sweep_is_full(&pairs->sweep))
		return false;
	if (next_of_suite(pairs, program, tag))
		return true;
	if (!pairs->sweep.options->time) /* there is no end to them */
		return false;
	pairs->sweep.doing = "longer ones";
	sweep_limit(&pairs->sweep, SWEEP_RUNS);
	pairs->sweep.of = 0;
	*tag = TAG_GROWN;
	pairs->sweep.given++;
	return next_grown(pairs, program);
}

static unsigned int nr_task_ops(const struct program *program)
{
	return program_nr_ops(program) - program->setup.nr;
}

static void pair_done(struct pairs *pairs, size_t tag,
		      const struct entry *entry)
{
	size_t nr = tag / ROUNDS, round = tag % ROUNDS;
	struct tally *pair = &pairs->pair[pairs->suite.programs[nr].pair];
	struct entry *known = &pairs->known[nr];

	pairs->done[nr] = (uint8_t)(round + 1);
	pairs->rounds[round].spent += entry->runs;
	sweep_done(&pairs->sweep, entry, known->runs ? known : NULL);
	tally_add(pair, entry, 1);
	if (known->runs)
		tally_add(pair, known, -1);
	*known = *entry;
}

static void program_done(struct systematic *systematic,
			 const struct program *program, size_t tag,
			 const struct entry *entry)
{
	struct pairs *pairs = systematic->arg;

	if (tag == TAG_GROWN) {
		sweep_done(&pairs->sweep, entry, NULL);
		tally_add(&pairs->grown[nr_task_ops(program)], entry, 1);
	} else {
		pair_done(pairs, tag, entry);
	}
	frontier_add(&pairs->frontier, program, &entry->new, entry->runs);
}

/* ------------------------------------------------------------------- figures */

static void print_pairs(const struct pairs *pairs)
{
	const struct target *target = pairs->suite.target;
	unsigned int i;
	char what[64];

	sweep_head("pair");
	for (i = 0; i < pairs->suite.nr_pairs; i++) {
		const uint8_t *op = pairs->suite.pairs[i].op;

		if (!pairs->pair[i].programs)
			continue;
		snprintf(what, sizeof(what), "%s | %s",
			 operation_name(op[0], target),
			 operation_name(op[1], target));
		sweep_row(what, &pairs->pair[i]);
	}
	for (i = 0; i <= 2 * FRONTIER_OPS; i++)
		if (pairs->grown[i].programs) {
			snprintf(what, sizeof(what), "%u operations", i);
			sweep_row(what, &pairs->grown[i]);
		}
	sweep_row("all", &pairs->sweep.all);
}

/* ------------------------------------------------------------------- command */

static int sweep_pairs(struct pairs *pairs)
{
	bool done;
	int result;

	suite_open(&pairs->suite, pairs->sweep.variant->target);
	pairs->pair = calloc(pairs->suite.nr_pairs + 1U, sizeof(*pairs->pair));
	pairs->known = calloc(pairs->suite.nr + 1, sizeof(*pairs->known));
	pairs->done = calloc(pairs->suite.nr + 1, sizeof(*pairs->done));
	ensure(pairs->pair && pairs->known && pairs->done);
	pairs->sweep.doing = "pairs";
	pairs->sweep.systematic.next = next_program;
	pairs->sweep.systematic.done = program_done;
	pairs->sweep.systematic.arg = pairs;
	pairs->sweep.of = pairs->suite.nr;
	done = sweep_run(&pairs->sweep);
	print_pairs(pairs);
	result = sweep_conclude(&pairs->sweep);
	if (pairs->sweep.all.programs < pairs->suite.nr)
		complain(NULL, "stopped after %lu of %zu programs%s",
			 pairs->sweep.all.programs, pairs->suite.nr,
			 pairs->sweep.options->output ?
				 "; the same command goes on" :
				 "");
	done = done && pairs->sweep.all.programs >= pairs->suite.nr;
	suite_close(&pairs->suite);
	frontier_clear(&pairs->frontier);
	free(pairs->pair);
	free(pairs->known);
	free(pairs->done);
	return done || result == EXIT_EXPECTED ? result : EXIT_TROUBLE;
}

static int run(int argc, char **argv)
{
	static struct pairs pairs;
	struct options options;
	int result, at = options_parse(&command_pairs, argc, argv,
				       SWEEP_OPTIONS, &options);

	if (at < 0)
		return -1 - at;
	if (at != argc) {
		complain(NULL, "pairs: it takes no file");
		return EXIT_TROUBLE;
	}
	if (!sweep_open(&pairs.sweep, &options, "pairs"))
		return EXIT_TROUBLE;
	result = sweep_pairs(&pairs);
	sweep_close(&pairs.sweep);
	return result;
}

const struct command command_pairs = {
	.name = "pairs",
	.about = "Play every schedule of every pair of operations.",
	.usage = "[option...]",
	.help = "  --target NAME, --revert NAME|none  as for list\n"
		"  --jobs N            processes; one a CPU if not given\n"
		"  --programs N        stop after so many\n"
		"  --time SECONDS      stop then; when all pairs are done before,\n"
		"                      go on with longer programs\n"
		"  -o, --output DIR    a program for each distinct finding there,\n"
		"                      and a ledger: the same command goes on\n"
		"                      where it was stopped\n"
		"Two tasks with an operation each (or one of them an interrupt),\n"
		"in small states of pages, folios, nodes, blocks and lists, at\n"
		"the same index, in the same folio or node, or in another one.\n"
		"complete: all schedules of that many programs were played, by\n"
		"reduction (explore --all); bounded: all up to 2 preemptions, as\n"
		"those were too many. Large ones have a hundred runs at first\n"
		"and more later. Longer programs are those in which\n"
		"operations met as they had not before, with one more at the end\n"
		"of a task, up to 3 a task: which of them are new, and so which come\n"
		"next, depends on who is done first, unless --jobs is 1. Seconds are\n"
		"those of one process.\n"
		"exit: 0 something found, 1 nothing, 2 trouble or stopped\n",
	.run = run,
};
