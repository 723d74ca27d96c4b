/* SPDX-License-Identifier: MIT */
/*
 * cmd_systematic.c: pagerace systematic: programs by fuzzing, schedules by
 * enumeration.
 */
#include <stdio.h>
#include <string.h>

#include "generate.h"
#include "mutate.h"
#include "rng.h"
#include "sweep.h"

#define OPS_MAX 7 /* of all tasks; schedules of more are too many */
#define LARGE 512 /* programs of a level that are kept to be played again */
#define FRESH 4 /* one program in so many is from nothing */
#define TRIES 64 /* until one is short enough */

/*
 * Runs of a program: few at first, and those for which they were too few have
 * more when it is their turn. Each level gets as many runs as any other.
 */
static const unsigned long level_runs[] = { 100, 1000, 10000 };

#define LEVELS (sizeof(level_runs) / sizeof(level_runs[0]))

struct large {
	struct program program;
	struct entry entry; /* what it came to so far */
};

struct level {
	unsigned long spent; /* runs */
	unsigned int nr, first; /* of a ring: the oldest goes when it is full */
	struct large ring[LARGE];
};

struct fuzz {
	struct sweep sweep;
	struct level levels[LEVELS]; /* of the lowest no program is kept */
	unsigned int nr_again; /* that are played again now: what they came to */
	struct entry again[JOBS_MAX];
	struct rng rng;
	struct frontier frontier;
};

static bool is_short(const struct program *program)
{
	unsigned int nr = program_nr_ops(program) - program->setup.nr,
		     tasks = 0, i;

	for (i = 0; i < PROGRAM_TASKS; i++)
		tasks += program->tasks[i].nr > 0;
	return nr <= OPS_MAX && tasks > 1;
}

/* A child of the program that is worth most; it is worth less from then on. */
static bool make_child(struct fuzz *fuzz, struct program *program)
{
	struct frontier_program *parent = frontier_best(&fuzz->frontier);
	const struct target *target = fuzz->sweep.variant->target;

	if (!parent)
		return false;
	*program = parent->program;
	if (rng_one_in(&fuzz->rng, 8))
		mutate_cross(&parent->program,
			     &fuzz->frontier
				      .programs[rng_below(
					      &fuzz->rng,
					      (unsigned int)fuzz->frontier.nr)]
				      .program,
			     program, &fuzz->rng);
	mutate_program(program, target, &fuzz->rng);
	frontier_spend(&fuzz->frontier, parent);
	return true;
}

static bool next_new(struct fuzz *fuzz, struct program *program)
{
	const struct target *target = fuzz->sweep.variant->target;
	unsigned int tries;

	for (tries = 0; tries < TRIES; tries++) {
		if (rng_one_in(&fuzz->rng, FRESH) || !make_child(fuzz, program))
			generate_program(program, target, &fuzz->rng);
		program->nr_switches = 0;
		program_normalize(program);
		if (is_short(program) &&
		    !ledger_find(&fuzz->sweep.ledger, program_hash(program)))
			return true;
	}
	return false;
}

static void keep_large(struct level *level, const struct program *program,
		       const struct entry *entry)
{
	level->ring[(level->first + level->nr) % LARGE] =
		(struct large){ *program, *entry };
	if (level->nr < LARGE)
		level->nr++;
	else
		level->first = (level->first + 1) % LARGE;
}

static void take_large(struct fuzz *fuzz, struct level *level,
		       struct program *program)
{
	const struct large *large = &level->ring[level->first];

	*program = large->program;
	fuzz->again[fuzz->nr_again++] = large->entry;
	level->first = (level->first + 1) % LARGE;
	level->nr--;
}

/* It is done: what had it come to before? Returns: false if it is new. */
static bool take_again(struct fuzz *fuzz, uint64_t hash, struct entry *before)
{
	unsigned int i;

	for (i = 0; i < fuzz->nr_again; i++)
		if (fuzz->again[i].hash == hash) {
			*before = fuzz->again[i];
			fuzz->again[i] = fuzz->again[--fuzz->nr_again];
			return true;
		}
	return false;
}

/* Of those that have a program: the one that had least. */
static size_t poorest_level(const struct fuzz *fuzz)
{
	size_t best = 0, i;

	for (i = 1; i < LEVELS; i++)
		if (fuzz->levels[i].nr &&
		    fuzz->levels[i].spent < fuzz->levels[best].spent)
			best = i;
	return best;
}

static bool next_program(struct systematic *systematic, struct program *program,
			 size_t *tag)
{
	struct fuzz *fuzz = systematic->arg;

	if (sweep_is_full(&fuzz->sweep))
		return false;
	*tag = poorest_level(fuzz);
	sweep_limit(&fuzz->sweep, level_runs[*tag]);
	if (*tag)
		take_large(fuzz, &fuzz->levels[*tag], program);
	else if (!next_new(fuzz, program))
		return false;
	fuzz->sweep.given += !*tag;
	return true;
}

static void program_done(struct systematic *systematic,
			 const struct program *program, size_t tag,
			 const struct entry *entry)
{
	struct fuzz *fuzz = systematic->arg;
	struct entry before;
	bool again = take_again(fuzz, entry->hash, &before);

	fuzz->levels[tag].spent += entry->runs;
	if (!entry->complete && tag + 1 < LEVELS)
		keep_large(&fuzz->levels[tag + 1], program, entry);
	sweep_done(&fuzz->sweep, entry, again ? &before : NULL);
	frontier_add(&fuzz->frontier, program, &entry->new, entry->runs);
}

static int run(int argc, char **argv)
{
	static struct fuzz fuzz;
	struct options options;
	int result, at = options_parse(&command_systematic, argc, argv,
				       SWEEP_OPTIONS "s", &options);

	if (at < 0)
		return -1 - at;
	if (at != argc) {
		complain(NULL, "systematic: it takes no file");
		return EXIT_TROUBLE;
	}
	if (!sweep_open(&fuzz.sweep, &options, "systematic"))
		return EXIT_TROUBLE;
	rng_seed(&fuzz.rng, options.seed);
	fuzz.sweep.systematic.next = next_program;
	fuzz.sweep.systematic.done = program_done;
	fuzz.sweep.systematic.arg = &fuzz;
	fuzz.sweep.doing = "systematic";
	result = sweep_run(&fuzz.sweep) ? EXIT_EXPECTED : EXIT_TROUBLE;
	if (result == EXIT_EXPECTED)
		result = sweep_conclude(&fuzz.sweep);
	frontier_clear(&fuzz.frontier);
	sweep_close(&fuzz.sweep);
	return result;
}

const struct command command_systematic = {
	.name = "systematic",
	.about = "Programs by fuzzing, all schedules of each.",
	.usage = "[option...]",
	.help = "  --target NAME, --revert NAME|none  as for list\n"
		"  --jobs N            processes; one a CPU if not given\n"
		"  --programs N        stop after so many\n"
		"  --time SECONDS      stop then; left out: when interrupted\n"
		"  --seed N            of the programs; with --jobs 1 the same\n"
		"                      seed plays the same programs\n"
		"  -o, --output DIR    a program for each distinct finding there,\n"
		"                      and a ledger of what was played\n"
		"Short programs are made from nothing, and from those whose\n"
		"operations met in a way that was not seen before: which\n"
		"operations, at which access points. All schedules of each are\n"
		"played, by reduction (explore --all); all up to 2 preemptions\n"
		"where those are too many. Where both are, after a hundred runs,\n"
		"it is played again with more later, a third of all runs each.\n"
		"exit: 0 something found, 1 nothing, 2 trouble\n",
	.run = run,
};
