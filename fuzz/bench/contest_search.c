/* SPDX-License-Identifier: MIT */
/* contest_search.c: one search, in a process of its own (contest.h). */
#include <stdlib.h>

#include "contest.h"
#include "hunt.h"
#include "player.h"
#include "worker.h"

struct search_of {
	enum contest_part part;
	const struct contest_row *row;
	unsigned int entrant, seed;
	struct contest_cell *cell;
};

static struct search_of search_of(const struct contest *contest,
				  unsigned int nr)
{
	struct contest_place place = contest_place(contest, nr);

	return (struct search_of){
		.part = place.part,
		.row = &contest->rows[place.row],
		.entrant = place.entrant,
		.seed = place.seed,
		.cell = &contest->cells[nr],
	};
}

static void search_guided(const struct contest *contest,
			  const struct search_of *search)
{
	struct contest_cell *cell = search->cell;
	char dir[PATH_MAX];
	struct hunt hunt = {
		.fuzzer = search->row->fuzzer,
		.dir = dir,
		.seed = search->seed,
		.runs = contest->limit,
		.program = search->part == CONTEST_GIVEN ?
				   &search->row->program :
				   NULL,
		.stop = contest->stop,
	};

	snprintf(dir, sizeof(dir), "%s/%zu", contest->dir,
		 (size_t)(cell - contest->cells));
	if (!hunt_read_options(&hunt) || !hunt_run(&hunt)) {
		snprintf(cell->trouble, sizeof(cell->trouble), "%s",
			 hunt.trouble);
		return;
	}
	/* Of one that found nothing nobody counts what the mutator records. */
	if (!hunt.stopped)
		contest_note(contest, cell, hunt.found,
			     hunt.found ? hunt_executions(&hunt) : 0);
	hunt_forget(&hunt);
}

static void search_by_chance(const struct contest *contest,
			     const struct search_of *search)
{
	struct player *player = player_open();
	struct worker *worker = worker_open(&player->engine, &player->record,
					    search->row->variant->target,
					    contest->stop);
	const struct walks walks = {
		.way = chance_ways[search->entrant - 1],
		.depth = PCT_DEPTH,
		.seed = search->seed,
		.runs = contest->limit,
		.each = search->part == CONTEST_EMPTY ? CONTEST_EACH : 0,
	};
	struct outcome outcome;

	if (worker_walk(worker, &search->row->program, &walks, 0, &outcome))
		contest_note(contest, search->cell, *outcome.id, outcome.run);
	worker_close(worker);
}

void contest_search(const struct contest *contest, unsigned int nr)
{
	const struct search_of search = search_of(contest, nr);
	double began = campaign_now();

	if (search.entrant)
		search_by_chance(contest, &search);
	else
		search_guided(contest, &search);
	search.cell->seconds = campaign_now() - began;
}
