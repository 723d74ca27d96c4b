/* SPDX-License-Identifier: MIT */
/* foresight.c: see foresight.h. */
#include "foresight.h"

#include <string.h>

#include "bail.h"

#define FIRST_RUNS 65536 /* of a search: what is near is found without */
#define EARLY_RUNS 262144 /* one of two until then */

static enum predict_end play_foreseen(void *arg, const struct program *program,
				      bool stop)
{
	struct foresight *foresight = arg;
	struct engine *engine = foresight->engine;
	const struct run_options options = { .observers = { record_observer(
						     &foresight->record) } };
	const struct verdict *verdict;

	(void)stop;
	foresight->runs++;
	verdict = bail_run(engine, foresight->target, program, &options);
	engine->program = NULL; /* the prediction's, soon gone */
	if (verdict && !verdict->finding.checker)
		return PREDICT_CLEAN;
	foresight->found = true;
	foresight->finding = *program;
	return PREDICT_ENOUGH;
}

void foresight_init(struct foresight *foresight, struct engine *engine,
		    const struct target *target)
{
	foresight->begun = foresight->within = foresight->over = false;
	foresight->found = false;
	foresight->runs = 0;
	foresight->from = engine->executions;
	foresight->engine = engine;
	foresight->target = target;
}

static void begin(struct foresight *foresight, uint64_t seed)
{
	const struct predict_player player = { .play = play_foreseen,
					       .arg = foresight,
					       .record = &foresight->record };

	memset(&foresight->predictor, 0, sizeof(foresight->predictor));
	foresight->predictor.turns.seed = seed;
	prediction_init(&foresight->prediction, &foresight->predictor,
			foresight->target, &player);
	foresight->begun = true;
}

static void step(struct foresight *foresight)
{
	struct block_turn turn;

	if (foresight->within) {
		foresight->within = prediction_step(&foresight->prediction);
		return;
	}
	foresight->over = !turns_take(&foresight->predictor.turns, &turn);
	if (!foresight->over)
		foresight->within =
			prediction_begin(&foresight->prediction, turn);
}

/* Its runs are short: four of five take half of the time. */
unsigned long foresight_due(unsigned long executions)
{
	unsigned long early = executions < EARLY_RUNS ? executions : EARLY_RUNS;

	if (executions <= FIRST_RUNS)
		return 0;
	return (early - FIRST_RUNS) / 2 + (executions - early) / 5 * 4;
}

static bool is_due(const struct foresight *foresight)
{
	unsigned long all = foresight->engine->executions - foresight->from;

	return !foresight->over && foresight->runs < foresight_due(all);
}

bool foresight_next(struct foresight *foresight, uint64_t seed,
		    struct program *program)
{
	foresight->found = false;
	if (!is_due(foresight))
		return false;
	if (!foresight->begun)
		begin(foresight, seed);
	while (is_due(foresight) && !foresight->found)
		step(foresight);
	if (foresight->found)
		*program = foresight->finding;
	return foresight->found;
}
