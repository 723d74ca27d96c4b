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
	unsigned long cut = board->explore.cut;
	const struct finding *finding = &board->engine.verdict.finding;
	struct explored_bug bug;

	options->observers[0] = record_observer(jobs->record);
	engine_run(&board->engine, jobs->target, jobs->program, options);
	options->observers[0] = NULL;
	board->explore.cut = cut;
	ensure(finding->checker); /* the target is deterministic */
	explored_bug(&bug, &board->engine, finding->id);
	explored_conflict(&bug, &board->engine, jobs->record);
	board->found.findings[board->explore.preemptions]++;
	explored_add(&board->found, &bug);
}

/* The schedule that the explorer stands at. */
static void play(const struct jobs *jobs, struct job_board *board,
		 const struct run_options *options)
{
	unsigned int reports = tsan_reports();

	board->runs++;
	engine_run(&board->engine, jobs->target, jobs->program, options);
	if (tsan_reports() > reports && !board->engine.verdict.finding.checker)
		_exit(77); /* as other sanitizers do, at the report */
}

static void play_part(const struct jobs *jobs, struct job_board *board)
{
	struct policy policy;
	struct run_options options = { .policy = &policy };
	const struct verdict *verdict = &board->engine.verdict;
	unsigned long left = board->limit;

	explore_policy(&policy, &board->explore);
	while (left-- && !__atomic_load_n(&board->hurry, __ATOMIC_RELAXED) &&
	       explore_next(&board->explore)) {
		play(jobs, board, &options);
		if (verdict->preemptions != board->explore.preemptions)
			continue;
		board->found.schedules[board->explore.preemptions]++;
		if (verdict->finding.checker)
			note_finding(jobs, board, &options);
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
