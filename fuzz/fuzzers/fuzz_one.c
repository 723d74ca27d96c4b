/* SPDX-License-Identifier: MIT */
/* fuzz_one.c: see fuzz_one.h. */
#include "fuzz_one.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bail.h"
#include "feedback.h"
#include "guards.h"
#include "last_words.h"
#include "sites.h"
#include "targets.h"

/* libFuzzer reads, and clears before each run, what stands in this section. */
__attribute__((section("__libfuzzer_extra_counters"))) static uint8_t
	feature_map[FEEDBACK_MAP_SIZE];

/* A fuzzing engine's interface has no room for a state of ours. */
static struct engine engine;
static struct feedback feedback;
static struct record *recorded; /* what was asked for last */
static struct pulse nobody_looks;
static struct pulse *pulse = &nobody_looks;
static struct pulse_past past;
static bool caught; /* deadly signals, from the first run on */

struct engine *fuzz_open(void)
{
	sites_init_all();
	engine_init(&engine);
	feedback_init(&feedback, feature_map);
	return &engine;
}

const struct target *fuzz_target(void)
{
	return variants[0].target;
}

void fuzz_beat(struct pulse *of)
{
	pulse = of;
}

/* Read by build.sh; recorded runs of the mutator count as well. */
static void say_executions(void)
{
	char line[64];
	int length = snprintf(line, sizeof(line),
			      "pagerace: total executions %lu\n",
			      engine.executions);

	if (write(STDERR_FILENO, line, (size_t)length) != length)
		_exit(1);
}

/* A finding that ends in abort() has said so already. */
static void on_death(const siginfo_t *info)
{
	static char words[LAST_WORDS_MAX];

	if (engine.verdict.finding.checker)
		return;
	say_executions();
	last_words_of_death(&engine, recorded, variants, info, words);
	if (write(STDERR_FILENO, words, strlen(words)) < 0)
		_exit(1);
}

const struct verdict *fuzz_one(const uint8_t *data, size_t size,
			       struct record *record)
{
	static struct program program;
	const struct run_options options = {
		.observers = { &feedback.observer, record_observer(record) },
	};
	const struct verdict *verdict;

	if (!caught)
		bail_catch(&engine,
			   on_death); /* behind the engine's handlers */
	caught = true;
	recorded = record;
	program_decode(data, size, &program);
	verdict = engine_run(&engine, fuzz_target(), &program, &options);
	guards_take(feature_map);
	pulse_beat(pulse, &past, engine.executions, feedback.seen);
	if (verdict->finding.checker)
		say_executions();
	return verdict;
}
