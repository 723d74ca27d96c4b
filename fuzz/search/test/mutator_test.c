/* SPDX-License-Identifier: MIT */
/* mutator_test.c: what the fuzzing engine is handed as its next input. */
#include "mutator.h"
#include "stage.h"

#include <limits.h>
#include <string.h>

#define CALLS 3000

static struct mutator mutator; /* too large for a stack */

static uint32_t sequence(struct stage *stage, uint64_t seed)
{
	struct program program;
	uint32_t sum = 0;
	unsigned int i;

	mutator_init(&mutator, &stage->engine, stage_core("none"));
	program_clear(&program);
	for (i = 0; i < 300; i++) {
		mutator_next(&mutator, &program, seed + i);
		sum = sum * 31 + stage_run_digest(stage, stage_core("none"),
						  &program);
	}
	return sum;
}

static void inputs_are_deterministic_in_their_seeds(void **state)
{
	uint32_t first = sequence(*state, 1);

	assert_int_equal(sequence(*state, 1), first);
	assert_int_not_equal(sequence(*state, 2), first);
}

static void inputs_are_legal(void **state)
{
	struct stage *stage = *state;
	struct program program, same;
	unsigned int i;

	mutator_init(&mutator, &stage->engine, stage_core("none"));
	program_clear(&program);
	for (i = 0; i < CALLS; i++) {
		mutator_next(&mutator, &program, i);
		same = program;
		program_normalize(&same);
		assert_true(program_equal(&same, &program));
	}
}

/* Race reversal is a part of the game: some inputs need a recorded run. */
static void an_input_costs_one_recorded_run_at_most(void **state)
{
	struct stage *stage = *state;
	struct program program;
	unsigned int i, rounds = 0;

	mutator_init(&mutator, &stage->engine, stage_core("none"));
	for (i = 0; i < CALLS; i++) {
		unsigned long executions = stage->engine.executions;

		stage_parse(&program, FOUNDING_PROGRAM);
		mutator_next(&mutator, &program, i);
		executions = stage->engine.executions - executions;
		assert_in_range(executions, 0, 1);
		rounds += executions != 0;
	}
	assert_in_range(rounds, CALLS / 50, CALLS * 3 / 4);
}

/* A parent that fails while it is recorded is the next input itself. */
static void a_finding_is_handed_out_at_once(void **state)
{
	struct stage *stage = *state;
	const struct target *target = stage_core("free-without-tail");
	struct program program, race;
	unsigned int i, handed = 0;

	stage_parse(&race, FOUNDING_RACE);
	stage_run(stage, target, &race);
	assert_true(engine_script(&stage->engine, &race));
	for (i = 0; i < CALLS / 10; i++) {
		unsigned long executions = stage->engine.executions;

		program = race;
		mutator_init(&mutator, &stage->engine, target);
		mutator_next(&mutator, &program, i);
		if (stage->engine.executions == executions ||
		    !stage->engine.verdict.finding.checker)
			continue;
		handed++;
		assert_non_null(
			stage_run(stage, target, &program)->finding.checker);
	}
	assert_true(handed);
}

/* In its own schedule the program shows nothing. */
static void what_chance_finds_is_handed_out(void **state)
{
	struct stage *stage = *state;
	const struct target *target = stage_core("late-head-read");
	struct program program, clean;
	unsigned int i, found = 0;

	stage_parse(&clean, "pages 16\npcp high=0 batch=1\n"
			    "setup b0 = alloc order=2 compound\n"
			    "setup r0 = get b0\n"
			    "task0 free b0\ntask1 put r0\n");
	assert_null(stage_run(stage, target, &clean)->finding.checker);
	for (i = 0; i < CALLS; i++) {
		program = clean;
		mutator_init(&mutator, &stage->engine, target);
		mutator_next(&mutator, &program, i);
		if (!stage->engine.verdict.finding.checker)
			continue;
		found++;
		assert_non_null(
			stage_run(stage, target, &program)->finding.checker);
	}
	assert_in_range(found, 10, CALLS);
}

/* The fuzz target runs what it was handed, and records it. */
static void play_child(struct stage *stage)
{
	const struct run_options options = { .observers = { record_observer(
						     &mutator.record) } };

	engine_run(&stage->engine, stage_core("none"), &mutator.child,
		   &options);
}

/* Inputs until a parent, the first one, has had its last recorded run. */
static unsigned int inputs_of_a_parent(struct stage *stage, bool fruit,
				       unsigned int seed)
{
	struct program program;
	unsigned int i, last = 0;

	mutator_init(&mutator, &stage->engine, stage_core("none"));
	mutator.reverse.usual = UINT_MAX / 2; /* nothing is common */
	if (!fruit) /* it was all there before */
		memset(mutator.reverse.times, 1, sizeof(mutator.reverse.times));
	for (i = 0; i < CALLS / 10; i++) {
		stage_parse(&program, FOUNDING_PROGRAM);
		mutator_next(&mutator, &program, seed + i);
		if (!mutator.rounds && !mutator.more)
			return i;
		stage_parse(&program, FOUNDING_PROGRAM);
		if (!program_equal(&mutator.parent, &program))
			return last;
		last = i;
		play_child(stage);
	}
	return last;
}

/* A round in which no race is drawn ends a burst early: the most of a few. */
static unsigned int inputs_of_parents(struct stage *stage, bool fruit)
{
	unsigned int i, inputs, most = 0;

	for (i = 0; i < 8; i++) {
		inputs = inputs_of_a_parent(stage, fruit, i * CALLS);
		if (inputs > most)
			most = inputs;
	}
	return most;
}

/* A parent gets its burst; a parent whose races are new, more than that. */
static void fruit_means_further_rounds(void **state)
{
	const unsigned int burst = MUTATOR_BURST * MUTATOR_CHILDREN;
	const unsigned int again = MUTATOR_CHILDREN; /* it is drawn once more */

	assert_in_range(inputs_of_parents(*state, false), burst / 2,
			burst + again);
	assert_in_range(inputs_of_parents(*state, true), burst + again + 1,
			burst + again + MUTATOR_MORE * MUTATOR_CHILDREN);
}

/* Nobody can bail out: what may kill is the caller's to run, under its eyes. */
static void who_asks_runs_nothing_itself(void **state)
{
	struct stage *stage = *state;
	struct program program, parent;
	unsigned int i, rounds = 0;

	mutator_init(&mutator, &stage->engine, stage_core("none"));
	mutator.asks = true;
	for (i = 0; i < CALLS / 10; i++) {
		unsigned long executions = stage->engine.executions;

		stage_parse(&program, FOUNDING_PROGRAM);
		mutator_next(&mutator, &program, i);
		assert_int_equal(stage->engine.executions, executions);
		parent = mutator.parent;
		if (mutator.children == MUTATOR_CHILDREN)
			assert_true(program_equal(&program, &parent));
		rounds += mutator.children == MUTATOR_CHILDREN - 1;
		play_child(stage);
	}
	assert_in_range(rounds, MUTATOR_BURST, CALLS / 10);
}

/* Rounds that go on, interrupts among them; each race was reversed as often as can be. */
static unsigned int long_rounds(struct stage *stage, bool usual, bool given)
{
	struct program program;
	unsigned int i, rounds = 0;

	mutator_init(&mutator, &stage->engine, stage_core("none"));
	mutator.schedules_only = given;
	memset(mutator.reverse.times, UINT8_MAX, sizeof(mutator.reverse.times));
	for (i = 0; i < CALLS; i++) {
		stage_parse(&program, FOUNDING_PROGRAM);
		mutator.children = 0;
		mutator.reverse.usual = usual ? UINT16_MAX * 256U : 0;
		mutator_next(&mutator, &program, i);
		rounds += mutator.children > 0;
	}
	return rounds;
}

static void rounds_are_for_what_is_rarer_than_usual(void **state)
{
	assert_in_range(long_rounds(*state, true, false), CALLS / 3, CALLS);
	assert_in_range(long_rounds(*state, false, false), 0, CALLS / 10);
	assert_in_range(long_rounds(*state, false, true), CALLS / 10, CALLS);
}

static const char *const seed_texts[] = {
	"pages 16\npcp high=4 batch=2\n"
	"task0 b0 = alloc\ntask0 free b0\ntask1 drain\n",
	"pages 16\npcp high=0 batch=1\n"
	"setup add 3\ntask0 lookup 3\ntask1 remove 3\n",
};
#define NR_SEEDS (sizeof(seed_texts) / sizeof(seed_texts[0]))

/* Is @program a schedule of @seed? */
static bool is_of(const struct program *program, const struct program *seed)
{
	struct program operations = *program;

	operations.nr_switches = 0;
	return program_equal(&operations, seed);
}

/* Of all inputs half are those of the programs that were there to begin with. */
static void seeds_get_half_of_the_inputs(void **state)
{
	struct stage *stage = *state;
	struct program seeds[NR_SEEDS], program;
	unsigned int i, seed, all = 0, inputs[NR_SEEDS] = { 0 };

	mutator_init(&mutator, &stage->engine, stage_core("none"));
	for (seed = 0; seed < NR_SEEDS; seed++) {
		stage_parse(&seeds[seed], seed_texts[seed]);
		mutator_saw(&mutator, &seeds[seed]);
	}
	for (i = 0; i < CALLS; i++) {
		stage_parse(&program, FOUNDING_PROGRAM);
		mutator_next(&mutator, &program, i);
		for (seed = 0; seed < NR_SEEDS; seed++)
			inputs[seed] += is_of(&program, &seeds[seed]);
		play_child(stage);
	}
	for (seed = 0; seed < NR_SEEDS; seed++) {
		assert_int_not_equal(inputs[seed], 0);
		all += inputs[seed];
	}
	assert_in_range(all, CALLS * 2 / 5, CALLS * 3 / 5);
}

/* Schedules come and go. */
static void operations_stay_where_schedules_alone_are_searched(void **state)
{
	struct stage *stage = *state;
	struct program given, program, other;
	unsigned int i, switched = 0;

	mutator_init(&mutator, &stage->engine, stage_core("none"));
	mutator.schedules_only = true;
	stage_parse(&given, FOUNDING_PROGRAM);
	mutator_saw(&mutator, &given);
	program = given;
	for (i = 0; i < CALLS; i++) {
		mutator_next(&mutator, &program, i);
		switched += program.nr_switches != 0;
		other = program;
		other.nr_switches = 0;
		memset(other.switches, 0, sizeof(other.switches));
		assert_true(program_equal(&other, &given));
		if (mutator.children)
			play_child(stage);
	}
	assert_in_range(switched, CALLS / 2, CALLS);
}

/* Those that memory is not weak for get none. */
static void reorderings_are_drawn_if_memory_is_weak(void **state)
{
	struct stage *stage = *state;
	struct program program;
	unsigned int weak, i, nr[2] = { 0 };

	for (weak = 0; weak < 2; weak++) {
		mutator_init(&mutator, &stage->engine, stage_core("none"));
		mutator.weak = weak;
		program_clear(&program);
		for (i = 0; i < CALLS; i++) {
			mutator_next(&mutator, &program, i);
			nr[weak] += program_nr_reorderings(&program) > 0;
			engine_run(&stage->engine, stage_core("none"), &program,
				   &(struct run_options){
					   .observers = { record_observer(
						   &mutator.record) } });
		}
	}
	assert_int_equal(nr[0], 0);
	assert_in_range(nr[1], CALLS / 20, CALLS * 2 / 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(inputs_are_deterministic_in_their_seeds),
		cmocka_unit_test(inputs_are_legal),
		cmocka_unit_test(reorderings_are_drawn_if_memory_is_weak),
		cmocka_unit_test(an_input_costs_one_recorded_run_at_most),
		cmocka_unit_test(a_finding_is_handed_out_at_once),
		cmocka_unit_test(what_chance_finds_is_handed_out),
		cmocka_unit_test(who_asks_runs_nothing_itself),
		cmocka_unit_test(fruit_means_further_rounds),
		cmocka_unit_test(rounds_are_for_what_is_rarer_than_usual),
		cmocka_unit_test(seeds_get_half_of_the_inputs),
		cmocka_unit_test(
			operations_stay_where_schedules_alone_are_searched),
	};

	return cmocka_run_group_tests(tests, stage_open, stage_close);
}
