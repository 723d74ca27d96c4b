/* SPDX-License-Identifier: MIT */
/*
 * cmd_bench.c: pagerace bench speed: what the parts of an execution cost; and
 * search: bench_search.c.
 *
 * Prints a table with its own baselines, measured in one run: on a shared
 * machine only ratios within it mean much. build.sh bench adds the figures
 * under libFuzzer and AddressSanitizer.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "bench_search.h"
#include "bench_switch.h"
#include "command.h"
#include "machine.h"
#include "worker.h"

#define REPEATS 5 /* the best of them counts */

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* ---------------------- a target whose only operation is access points */

#define POINTS 1024

static struct {
	atomic_t counter;
} points;

static void points_init(const struct target_config *config)
{
	(void)config;
	points.counter.counter = 0;
}

static int points_regions(struct target_region *regions)
{
	regions[0] = (struct target_region){ .start = &points,
					     .size = sizeof(points) };
	return 1;
}

static void points_alloc(const struct op_args *args, struct op_result *result)
{
	int i;

	(void)args, (void)result;
	for (i = 0; i < POINTS; i++)
		atomic_inc(&points.counter);
}

static const struct target target_points = {
	.name = "points",
	TARGET_SITES,
	.init = points_init,
	.regions = points_regions,
	.operations = { [OP_ALLOC] = points_alloc },
};

/* -------------------------------------------------------------- measuring */

/* Seconds for one execution, the best of a few tries. */
static double seconds_a_run(struct engine *engine, const struct target *target,
			    const struct program *program, unsigned long runs)
{
	double best = 1e9;
	unsigned long i;
	int repeat;

	for (repeat = 0; repeat < REPEATS; repeat++) {
		double start = now(), each;

		for (i = 0; i < runs; i++)
			engine_run(engine, target, program, NULL);
		each = (now() - start) / (double)runs;
		best = each < best ? each : best;
	}
	return best;
}

static double seconds_a_restore(struct engine *engine)
{
	const unsigned long times = 100000;
	double best = 1e9;
	unsigned long i;
	int repeat;

	for (repeat = 0; repeat < REPEATS; repeat++) {
		double start = now(), each;

		for (i = 0; i < times; i++)
			engine_restore(engine);
		each = (now() - start) / (double)times;
		best = each < best ? each : best;
	}
	return best;
}

static double ns_a_point(struct engine *engine)
{
	struct program program, empty;
	double with, without;
	unsigned int i;

	program_clear(&empty);
	program_clear(&program);
	for (i = 0; i < PROGRAM_OPS; i++)
		program.tasks[0].ops[i] = (struct program_op){
			.op = OP_ALLOC, .gives = NO_HANDLE, .takes = NO_HANDLE,
			.count = 1
		};
	program.tasks[0].nr = PROGRAM_OPS;
	with = seconds_a_run(engine, &target_points, &program, 1000);
	without = seconds_a_run(engine, &target_points, &empty, 1000);
	return 1e9 * (with - without) / (PROGRAM_OPS * POINTS);
}

static void bench_speed(struct engine *engine, const struct target *target,
			const struct program *program)
{
	const unsigned long switches = 2000000;
	const struct verdict *verdict;
	struct program empty;
	double bare, fiber, run, nothing, point;

	verdict = engine_run(engine, target, program, NULL);
	printf("program: %u pages, %u operations, %lu access points, "
	       "%u preemptions\n",
	       program->config.pages,
	       program_nr_ops(program) - program->setup.nr, verdict->points,
	       verdict->preemptions);
	point = ns_a_point(engine);
	fiber = bench_switch_ns(BENCH_SWITCH_FIBER, switches);
	bare = bench_switch_ns(BENCH_SWITCH_BARE, switches);
	printf("%-44s %10.1f ns\n", "access point without switch", point);
	printf("%-44s %10.1f ns\n", "switch", fiber);
	printf("%-44s %10.1f ns\n", "switch, bare assembly", bare);
	printf("%-44s %10.1f ns\n", "switch, swapcontext()",
	       bench_switch_ns(BENCH_SWITCH_UCONTEXT, switches / 4));
	program_clear(&empty);
	empty.config = program->config;
	run = seconds_a_run(engine, target, program, 50000);
	nothing = seconds_a_run(engine, target, &empty, 50000);
	printf("%-44s %10.0f ns\n", "reset: target from its snapshot",
	       1e9 * seconds_a_restore(engine));
	printf("%-44s %10.0f ns\n", "execution of an empty program",
	       1e9 * nothing);
	printf("%-44s %10.0f ns\n", "execution", 1e9 * run);
	printf("%-44s %10.0f /s\n", "executions, plain", 1 / run);
}

/* What crashes has no speed. */
static bool crashes(struct player *player, const struct target *target,
		    const struct input *input)
{
	struct worker *worker =
		worker_open(&player->engine, &player->record, target, NULL);
	struct outcome outcome;
	char words[OUTCOME_WORDS];

	worker_run(worker, &input->program, 0, &outcome);
	worker_close(worker);
	outcome_words(&outcome, words);
	if (outcome.crashed)
		complain(input->path, "%s", words);
	return outcome.crashed;
}

#define OF_SPEED (1ull << ('t' - 'A') | 1ull << ('r' - 'A'))

static int misused(void)
{
	complain(NULL, "bench: speed FILE, with --target and --revert; or "
		       "search [NAME...], with all others but --revert");
	return EXIT_TROUBLE;
}

static int bench(int argc, char **argv)
{
	static struct input input;
	const struct variant *variant;
	struct options options;
	struct player *player;
	int at = options_parse(&command_bench, argc, argv, "trsjoCEIZ",
			       &options);

	if (at < 0)
		return -1 - at;
	if (at < argc && !strcmp(argv[at], "search"))
		return options.revert ? misused() :
					bench_search(&options, argv + at + 1);
	if (at + 2 != argc || strcmp(argv[at], "speed") ||
	    options.given & ~OF_SPEED)
		return misused();
	if (!command_input(&input, argv[at + 1], &options))
		return EXIT_TROUBLE;
	variant = input_variant(&input, &options);
	if (!variant)
		return EXIT_TROUBLE;
	player = player_open();
	if (crashes(player, variant->target, &input))
		return EXIT_TROUBLE;
	bench_speed(&player->engine, variant->target, &input.program);
	return EXIT_EXPECTED;
}

const struct command command_bench = {
	.name = "bench",
	.about =
		"Measure what an execution costs, and how many find something.",
	.usage = "[option...] speed FILE | search [NAME...]",
	.help = "speed: what the parts of an execution of FILE cost\n"
		"  --target NAME, --revert NAME|none  as for run\n"
		"search: executions until something is found, by the guided search and by\n"
		"each policy by chance, of every revert, of mistakes that a sanitizer of\n"
		"this build sees, of targets that are wrong as they are; or of those called\n"
		"NAME\n"
		"  --target NAME       its rows alone\n"
		"  --seeds N           of each search; left out: 10\n"
		"  --seed N            the first of them; left out: 1\n"
		"  --limit N           executions of each at most; left out: 300000\n"
		"  --fuzzer PATTERN    paths of the fuzz targets: % is TARGET_REVERT, as in\n"
		"                      core_no_recheck; left out: those that were built\n"
		"                      beside this command\n"
		"  --jobs N            searches at once; left out: one a CPU\n"
		"  --corpus DIR        stories, for programs; left out: corpus\n"
		"  -o FILE             what each search came to, as it ends; those that it\n"
		"                      has are not made again, so that a bench that was\n"
		"                      stopped goes on\n",
	.run = bench,
};
