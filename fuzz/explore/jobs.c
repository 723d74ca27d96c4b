/* SPDX-License-Identifier: MIT */
/* jobs.c: see jobs.h. The parent's side. */
#include "jobs.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define SOME 64 /* schedules: while others have nothing to do */
#define MANY 4096
#define WAIT_MS 250 /* at most, in one call of jobs_work() */
#define HUNG_LOOKS 120 /* so many waits without a run: it hangs */

/* ------------------------------------------------------------ life, a child */

static void become_child(const struct jobs *jobs, struct job *job,
			 const int *sockets, pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(0);
	close(sockets[0]);
	job->socket = sockets[1];
	ensure(freopen("/dev/null", "w", stderr)); /* reports of crashes */
	jobs_serve(jobs, job);
}

static void job_start(const struct jobs *jobs, struct job *job)
{
	pid_t parent = getpid();
	int sockets[2];

	if (job->pid)
		return;
	ensure(!socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets));
	fflush(NULL); /* or it would be written twice */
	engine_destroy(jobs->engine); /* TSan: see worker.c */
	job->pid = fork();
	ensure(job->pid >= 0);
	if (!job->pid)
		become_child(jobs, job, sockets, parent);
	engine_init(jobs->engine);
	close(sockets[1]);
	job->socket = sockets[0];
}

/* Returns: how the child ended. */
static int job_bury(struct job *job)
{
	int status = 0;

	if (!job->pid)
		return 0;
	close(job->socket);
	while (waitpid(job->pid, &status, 0) < 0 && errno == EINTR)
		;
	job->pid = 0;
	return status;
}

/* ------------------------------------------------------------ open, close */

struct jobs *jobs_open(unsigned int nr, const struct target *target,
		       const struct program *program, struct engine *engine,
		       struct record *record)
{
	struct jobs *jobs = calloc(1, sizeof(*jobs));
	unsigned int i;

	ensure(jobs && nr && nr <= JOBS_MAX);
	jobs->target = target;
	jobs->program = program;
	jobs->engine = engine;
	jobs->record = record;
	jobs->nr = nr;
	for (i = 0; i < nr; i++) {
		void *board = mmap(NULL, sizeof(struct job_board),
				   PROT_READ | PROT_WRITE,
				   MAP_SHARED | MAP_ANONYMOUS, -1, 0);

		ensure(board != MAP_FAILED);
		jobs->job[i].board = board;
	}
	return jobs;
}

void jobs_close(struct jobs *jobs)
{
	unsigned int i;

	for (i = 0; i < jobs->nr; i++) {
		if (jobs->job[i].pid)
			kill(jobs->job[i].pid, SIGKILL);
		job_bury(&jobs->job[i]);
		munmap(jobs->job[i].board, sizeof(struct job_board));
	}
	shares_clear(&jobs->shares);
	free(jobs);
}

void jobs_aim(struct jobs *jobs, const struct program *program)
{
	jobs->program = program;
	jobs->runs = 0;
	jobs->unplayed = false;
	memset(&jobs->found, 0, sizeof(jobs->found));
	memset(&jobs->met, 0, sizeof(jobs->met));
	shares_clear(&jobs->shares);
}

/* -------------------------------------------------------------- in and out */

static unsigned int jobs_idle(const struct jobs *jobs)
{
	unsigned int i, idle = 0;

	for (i = 0; i < jobs->nr; i++)
		idle += !jobs->job[i].share;
	return idle;
}

static void jobs_give(struct jobs *jobs, struct job *job)
{
	struct job_board *board = job->board;
	struct share *share = shares_take(&jobs->shares);

	if (!share)
		return;
	job->share = share;
	job->looks = 0;
	board->program = *jobs->program;
	tour_copy(&board->tour, &share->tour);
	memset(&board->found, 0, sizeof(board->found));
	memset(&board->met, 0, sizeof(board->met));
	board->notes = jobs->near != NULL;
	if (jobs->near)
		board->near = *jobs->near;
	board->spares = jobs->spares;
	board->hurry = false;
	board->limit = shares_ready(&jobs->shares) || !jobs_idle(jobs) ? MANY :
									 SOME;
	if (jobs->most && jobs->most < board->limit)
		board->limit = jobs->most;
	board->runs = 0;
	job_start(jobs, job);
	/* If it is dead already, that is found out when it is waited for. */
	(void)send(job->socket, "g", 1, MSG_NOSIGNAL);
}

/* --------------------------------------------------------------- the crash */

/*
 * What a crash is called is in its report: have it once more. Returns: false if
 * the schedule does not kill a second time.
 */
static bool name_crash(const struct jobs *jobs, struct explored_bug *bug)
{
	struct program program = *jobs->program;

	if (!jobs->name_crash || bug->nr_taken > PROGRAM_SWITCHES)
		return true;
	program.nr_switches = (uint8_t)bug->nr_taken;
	memcpy(program.switches, bug->taken, sizeof(program.switches));
	return jobs->name_crash(jobs->arg, &program, bug);
}

/* The schedule under way killed the child: it was one, and is a finding. */
static void job_died(struct jobs *jobs, struct job *job, bool hung)
{
	struct explored *found = &job->board->found;
	const struct engine *engine = &job->board->engine;
	struct explored_bug bug;
	int status;

	if (hung)
		kill(job->pid, SIGKILL);
	status = job_bury(job);
	explored_bug(&bug, engine, hung ? "hang" : "crash");
	bug.crashed = true;
	if (!hung)
		jobs->failed = (WIFSIGNALED(status) &&
				WTERMSIG(status) == SIGKILL) ||
			       !name_crash(jobs, &bug);
	if (jobs->failed || !tour_died(&job->board->tour, engine))
		return;
	explored_count(found, &job->board->tour, &bug);
}

/* -------------------------------------------------------------------- work */

/* The child has answered, or is dead. */
static void job_collect(struct jobs *jobs, struct job *job, bool hung)
{
	struct job_board *board = job->board;
	struct share *share = job->share;
	struct tour_counts counts;
	char answer;

	if (hung || recv(job->socket, &answer, 1, 0) != 1)
		job_died(jobs, job, hung);
	if (jobs->failed)
		return;
	counts = tour_counts(&board->tour);
	explored_add_runs(&board->found, &counts);
	explored_merge(&jobs->found, &board->found);
	met_merge(&jobs->met, &board->met);
	if (jobs->near)
		near_merge(jobs->near, &board->near);
	jobs->runs += board->runs;
	jobs->unplayed |= board->runs && tour_is_unplayed(&board->tour);
	job->share = NULL;
	shares_return(&jobs->shares, share, &board->tour, jobs_idle(jobs));
}

/* Has it played nothing for long? */
static bool job_hangs(struct job *job)
{
	unsigned long runs = __atomic_load_n(&job->board->runs,
					     __ATOMIC_RELAXED);

	job->looks = runs == job->runs ? job->looks + 1 : 0;
	job->runs = runs;
	return job->looks > HUNG_LOOKS;
}

static void jobs_wait(struct jobs *jobs)
{
	struct pollfd polled[JOBS_MAX];
	unsigned int i;
	bool answered;

	for (i = 0; i < jobs->nr; i++)
		polled[i] = (struct pollfd){
			.fd = jobs->job[i].share ? jobs->job[i].socket : -1,
			.events = POLLIN,
		};
	answered = poll(polled, jobs->nr, WAIT_MS) > 0;
	for (i = 0; i < jobs->nr && !jobs->failed; i++) {
		if (polled[i].fd < 0)
			continue;
		if (answered && polled[i].revents)
			job_collect(jobs, &jobs->job[i], false);
		else if (!answered && job_hangs(&jobs->job[i]))
			job_collect(jobs, &jobs->job[i], true);
	}
}

bool jobs_work(struct jobs *jobs)
{
	unsigned int i;

	for (i = 0; i < jobs->nr; i++)
		if (!jobs->job[i].share)
			jobs_give(jobs, &jobs->job[i]);
	if (jobs_idle(jobs) < jobs->nr)
		jobs_wait(jobs);
	return !jobs->failed && jobs->shares.nr;
}

unsigned int jobs_ways_left(const struct jobs *jobs)
{
	const struct share *share;
	unsigned int ways = 0;

	for (share = jobs->shares.top; share; share = share->below)
		ways += explore_ways_left(&share->tour.explore);
	return ways;
}

double jobs_left(const struct jobs *jobs)
{
	const struct share *share;
	double left = 0;

	for (share = jobs->shares.top; share; share = share->below)
		left += dpor_left(&share->tour.dpor);
	return left;
}

void jobs_rest(struct jobs *jobs)
{
	unsigned int i;

	for (i = 0; i < jobs->nr; i++)
		__atomic_store_n(&jobs->job[i].board->hurry, true,
				 __ATOMIC_RELAXED);
	while (!jobs->failed && jobs_idle(jobs) < jobs->nr)
		jobs_wait(jobs);
}
