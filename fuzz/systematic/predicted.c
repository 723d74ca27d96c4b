/* SPDX-License-Identifier: MIT */
/* predicted.c: see predicted.h. */
#include "predicted.h"

#include <unistd.h>

#include "clock.h"
#include "tsan_report.h"

struct seeing {
	struct predicted *predicted;
	struct engine *engine;
	struct record *record;
	const struct target *target;
};

void predicted_add(struct predicted *predicted, const struct program *program,
		   const struct explored_bug *bug)
{
	unsigned int i;

	for (i = 0; i < predicted->nr; i++)
		if (!explored_order(&predicted->bugs[i].bug, bug))
			return;
	if (i < PREDICT_BUGS) {
		predicted->bugs[i] = (struct predicted_bug){ *program, *bug };
		predicted->nr++;
	}
}

static void note_finding(const struct seeing *seeing,
			 const struct program *program,
			 const struct finding *finding)
{
	struct explored_bug bug;

	explored_bug(&bug, seeing->engine, finding->id);
	explored_conflict(&bug, seeing->engine, seeing->record);
	bug.schedules = 1;
	seeing->predicted->findings++;
	predicted_add(seeing->predicted, program, &bug);
}

static enum predict_end play_seen(void *arg, const struct program *program,
				  bool stop)
{
	const struct seeing *seeing = arg;
	struct predicted *predicted = seeing->predicted;
	const struct run_options options = { .observers = { record_observer(
						     seeing->record) } };
	unsigned int reports = tsan_reports();
	const struct verdict *verdict;

	predicted->playing = *program;
	predicted->stopped = stop;
	predicted->runs++;
	predicted->schedules += stop;
	verdict = engine_run(seeing->engine, seeing->target, program, &options);
	if (verdict->finding.checker)
		note_finding(seeing, program, &verdict->finding);
	else if (tsan_reports() > reports)
		_exit(77); /* as other sanitizers do, at the report */
	return verdict->finding.checker ? PREDICT_SPOILT : PREDICT_CLEAN;
}

/* Returns: false if there is nothing in that block. */
static bool play_block(struct predicted *predicted,
		       struct prediction *prediction)
{
	if (!prediction_begin(prediction, predicted->turn))
		return false;
	while (prediction_step(prediction))
		predicted->programs = prediction->programs;
	return true;
}

/* Returns: false if there is no block left. */
static bool play_next(struct predicted *predicted, struct predictor *predictor,
		      struct prediction *prediction)
{
	bool played;

	do {
		if (!predicted->deaths || predicted->deaths >= PREDICT_DEATHS) {
			predicted->deaths = 0;
			if (!turns_take(&predictor->turns, &predicted->turn))
				return false;
		}
		played = play_block(predicted, prediction);
		predicted->deaths = 0;
	} while (!played);
	return true;
}

void predicted_work(struct predicted *predicted, struct predictor *predictor,
		    const struct target *target, struct engine *engine,
		    struct record *record)
{
	static struct prediction prediction;
	struct seeing seeing = { predicted, engine, record, target };
	const struct predict_player player = { .play = play_seen,
					       .arg = &seeing,
					       .record = record };
	double begun = clock_seconds();

	prediction_init(&prediction, predictor, target, &player);
	predicted->over = !play_next(predicted, predictor, &prediction);
	predicted->seconds = clock_seconds() - begun;
}
