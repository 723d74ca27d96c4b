/* SPDX-License-Identifier: MIT */
/* jobs_child.c: what the child of a job does. See jobs.h. */
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "deadly.h"
#include "jobs.h"
#include "tsan_report.h"

/* The same schedule once more, to see which steps were in conflict. */
static void note_finding(const struct jobs *jobs, struct job_board *board,
			 struct run_options *options)
{
	struct tour_counts counts = tour_counts(&board->tour);
	const struct finding *finding = &board->engine.verdict.finding;
	struct explored_bug bug;

	options->observers[1] = record_observer(jobs->record);
	engine_run(&board->engine, jobs->target, &board->program, options);
	options->observers[1] = NULL;
	tour_counts(&board->tour); /* it was counted */
	explored_add_runs(&board->found, &counts);
	ensure(finding->checker); /* the target is deterministic */
	explored_bug(&bug, &board->engine, finding->id);
	explored_conflict(&bug, &board->engine, jobs->record);
	explored_count(&board->found, &board->tour, &bug);
}

static void run(const struct jobs *jobs, struct job_board *board,
		const struct run_options *options)
{
	unsigned int reports = tsan_reports();

	engine_run(&board->engine, jobs->target, &board->program, options);
	if (tsan_reports() > reports && !board->engine.verdict.finding.checker)
		_exit(77); /* as other sanitizers do, at the report */
}

static void play_part(const struct jobs *jobs, struct job_board *board)
{
	struct run_options options = { .policy = NULL };
	unsigned long left = board->limit;

	tour_policy(&board->tour, &options);
	board->tour.dpor.met = &board->met;
	board->tour.dpor.near = board->notes ? &board->near : NULL;
	board->tour.explore.near = board->spares ? &board->near : NULL;
	while (tour_restore(&board->tour)) {
		run(jobs, board, &options);
		tour_restored(&board->tour, &board->engine);
	}
	while (left-- && !__atomic_load_n(&board->hurry, __ATOMIC_RELAXED) &&
	       tour_next(&board->tour)) {
		board->runs++;
		run(jobs, board, &options);
		if (!tour_played(&board->tour, &board->engine))
			continue;
		if (board->engine.verdict.finding.checker)
			note_finding(jobs, board, &options);
		else
			explored_count(&board->found, &board->tour, NULL);
	}
}

void jobs_serve(const struct jobs *jobs, const struct job *job)
{
	struct job_board *board = job->board;
	char request;

	signal(SIGINT, SIG_IGN); /* the terminal's; the parent decides */
	signal(SIGTERM, SIG_IGN);
	memset(&board->engine, 0, sizeof(board->engine));
	engine_init(&board->engine);
	deadly_catch(NULL, &board->runs);
	while (recv(job->socket, &request, 1, 0) == 1) {
		play_part(jobs, board);
		if (send(job->socket, &request, 1, MSG_NOSIGNAL) != 1)
			break;
	}
	_exit(0);
}
