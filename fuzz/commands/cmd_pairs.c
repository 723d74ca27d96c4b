/* SPDX-License-Identifier: MIT */
/*
 * cmd_pairs.c: pagerace pairs: every pair of operations in every state, all
 * schedules; longer programs, grown from those that showed something new; and what
 * is predicted.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ensure.h"
#include "operation.h"
#include "predict.h"
#include "rounds.h"
#include "suite.h"
#include "sweep.h"

/* Two lists of programs: each has as many runs as the other, while it lasts. */
enum list {
	OF_SUITE,
	GROWN,
	LISTS
};

struct pairs {
	struct sweep sweep;
	struct suite suite;
	struct rounds rounds[LISTS];
	struct tally *pair;
	struct tally grown[2 * FRONTIER_OPS + 1]; /* by operations */
	struct frontier frontier;
	size_t room; /* of longer ones */
	struct program *longer; /* those that were grown, in their order */
	struct predict *predict; /* NULL: nothing is, any more */
	unsigned long
		predicting; /* runs that it took, as many as each list has */
	struct tally predicted;
};

/* ------------------------------------------------------------------ programs */

/* One stands ready, if there can be one. */
static void grow(struct pairs *pairs)
{
	struct rounds *rounds = &pairs->rounds[GROWN];

	if (rounds->rounds[0].next < rounds->nr)
		return;
	if (rounds->nr == pairs->room) {
		pairs->room = pairs->room ? 2 * pairs->room : 256;
		pairs->longer = realloc(pairs->longer,
					pairs->room * sizeof(*pairs->longer));
		ensure(pairs->longer);
	}
	if (frontier_grow(&pairs->frontier, pairs->suite.target,
			  &pairs->longer[rounds->nr]))
		rounds_grow(rounds, 1);
}

static unsigned long spent(const struct rounds *rounds)
{
	unsigned long runs = 0;
	size_t round;

	for (round = 0; round < ROUNDS; round++)
		runs += rounds->rounds[round].spent;
	return runs;
}

/* Of those with a next program the poorer one; LISTS: none has. */
static enum list poorer_list(struct pairs *pairs)
{
	bool suite = rounds_poorest(&pairs->rounds[OF_SUITE]) < ROUNDS, grown;

	if (pairs->sweep.options->time) /* else: there is no end to them */
		grow(pairs);
	grown = rounds_poorest(&pairs->rounds[GROWN]) < ROUNDS;
	if (suite && grown)
		return spent(&pairs->rounds[GROWN]) <
				       spent(&pairs->rounds[OF_SUITE]) ?
			       GROWN :
			       OF_SUITE;
	return suite ? OF_SUITE : grown ? GROWN : LISTS;
}

/* ----------------------------------------------------------------- predicted */

static void take_predicted(struct pairs *pairs,
			   const struct predicted *predicted)
{
	struct systematic *systematic = &pairs->sweep.systematic;
	const struct entry entry = { .schedules = predicted->schedules,
				     .findings = predicted->findings,
				     .seconds = predicted->seconds };
	unsigned int i;

	for (i = 0; i < predicted->nr; i++)
		systematic_found(systematic, &predicted->bugs[i].program,
				 &predicted->bugs[i].bug);
	sweep_done(&pairs->sweep, &entry, NULL);
	tally_add(&pairs->predicted, &entry, 1);
	pairs->predicted.programs += predicted->programs - 1;
	pairs->sweep.all.programs += predicted->programs - 1;
}

static bool work_predicted(struct pairs *pairs)
{
	const struct predicted *predicted;
	bool more = predict_work(pairs->predict);
	unsigned int i;

	for (i = 0; (predicted = predict_result(pairs->predict, i)); i++) {
		pairs->predicting += predicted->runs;
		take_predicted(pairs, predicted);
	}
	if (!predict_failed(pairs->predict))
		return more;
	pairs->sweep.systematic.trouble = "a process died, and not of a run";
	return false;
}

/* Until it had as many runs as the list of which @list is next. */
static void predict(struct pairs *pairs, enum list list)
{
	while (pairs->predict && !sweep_is_over(&pairs->sweep) &&
	       (list == LISTS ||
		pairs->predicting <= spent(&pairs->rounds[list])))
		if (!work_predicted(pairs)) {
			predict_close(pairs->predict);
			pairs->predict = NULL;
		}
}

static bool next_program(struct systematic *systematic, struct program *program,
			 size_t *tag)
{
	struct pairs *pairs = systematic->arg;
	struct rounds *rounds;
	enum list list;
	size_t round, nr;

	if (sweep_is_full(&pairs->sweep))
		return false;
	list = poorer_list(pairs);
	predict(pairs, list);
	if (list == LISTS)
		return false;
	rounds = &pairs->rounds[list];
	round = rounds_poorest(rounds);
	nr = rounds_take(rounds, round);
	*program = list == GROWN ? pairs->longer[nr] :
				   pairs->suite.programs[nr].program;
	*tag = (nr * ROUNDS + round) * LISTS + list;
	sweep_limit(&pairs->sweep, rounds_runs(round, SWEEP_RUNS));
	pairs->sweep.given += !round;
	return true;
}

static unsigned int nr_task_ops(const struct program *program)
{
	return program_nr_ops(program) - program->setup.nr;
}

static struct tally *tally_of(struct pairs *pairs, enum list list, size_t nr,
			      const struct program *program)
{
	return list == GROWN ? &pairs->grown[nr_task_ops(program)] :
			       &pairs->pair[pairs->suite.programs[nr].pair];
}

static void program_done(struct systematic *systematic,
			 const struct program *program, size_t tag,
			 const struct entry *entry)
{
	struct pairs *pairs = systematic->arg;
	enum list list = (enum list)(tag % LISTS);
	size_t nr = tag / LISTS / ROUNDS, round = tag / LISTS % ROUNDS;
	struct tally *tally = tally_of(pairs, list, nr, program);
	struct entry before =
		rounds_done(&pairs->rounds[list], nr, round, entry);

	sweep_done(&pairs->sweep, entry, before.runs ? &before : NULL);
	tally_add(tally, entry, 1);
	if (before.runs)
		tally_add(tally, &before, -1);
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
	if (pairs->predicted.programs)
		sweep_row("predicted", &pairs->predicted);
	for (i = 0; i <= 2 * FRONTIER_OPS; i++)
		if (pairs->grown[i].programs) {
			snprintf(what, sizeof(what), "%u operations", i);
			sweep_row(what, &pairs->grown[i]);
		}
	sweep_row("all", &pairs->sweep.all);
}

/* ------------------------------------------------------------------- command */

static void open_pairs(struct pairs *pairs)
{
	suite_open(&pairs->suite, pairs->sweep.variant->target);
	rounds_grow(&pairs->rounds[OF_SUITE], pairs->suite.nr);
	pairs->pair = calloc(pairs->suite.nr_pairs + 1U, sizeof(*pairs->pair));
	ensure(pairs->pair);
	pairs->sweep.systematic.next = next_program;
	pairs->sweep.systematic.done = program_done;
	pairs->sweep.systematic.arg = pairs;
	pairs->sweep.doing = "pairs";
	pairs->sweep.of = pairs->suite.nr;
	if (pairs->sweep.options->time) {
		pairs->sweep.doing = "pairs and longer ones";
		pairs->sweep.of = 0;
		pairs->predict = predict_open(
			command_jobs(pairs->sweep.options, JOBS_MAX),
			pairs->suite.target, &pairs->sweep.player->engine,
			&pairs->sweep.player->record);
	}
}

static void close_pairs(struct pairs *pairs)
{
	suite_close(&pairs->suite);
	frontier_clear(&pairs->frontier);
	rounds_close(&pairs->rounds[OF_SUITE]);
	rounds_close(&pairs->rounds[GROWN]);
	free(pairs->longer);
	if (pairs->predict)
		predict_close(pairs->predict);
	free(pairs->pair);
}

static int sweep_pairs(struct pairs *pairs)
{
	const struct rounds *suite = &pairs->rounds[OF_SUITE];
	bool done;
	int result;

	open_pairs(pairs);
	done = sweep_run(&pairs->sweep);
	print_pairs(pairs);
	result = sweep_conclude(&pairs->sweep);
	if (suite->played < suite->nr)
		complain(NULL, "stopped after %lu of %zu programs%s",
			 suite->played, suite->nr,
			 pairs->sweep.options->output ?
				 "; the same command goes on" :
				 "");
	done = done && suite->played >= suite->nr;
	close_pairs(pairs);
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
		"  --time SECONDS      stop then; a third of it each is for pairs, for\n"
		"                      longer programs, and for what is predicted\n"
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
		"next, depends on who is done first, unless --jobs is 1. Predicted: an\n"
		"operation stops where one or two others, played alone before, store\n"
		"what it looks at; one schedule each. That begins anew when the command\n"
		"goes on. Seconds are those of one process.\n"
		"exit: 0 something found, 1 nothing, 2 trouble or stopped\n",
	.run = run,
};
