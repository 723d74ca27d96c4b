/* SPDX-License-Identifier: MIT */
/* contest.c: see contest.h. Its searches, several processes at once. */
#include "contest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ensure.h"
#include "hunt.h"

const char *contest_entrant(unsigned int entrant)
{
	unsigned int i;

	if (!entrant)
		return "guided";
	for (i = 0; i + 1 < entrant; i++)
		if (!chance_ways[i])
			return NULL; /* it is beyond the last one */
	return chance_ways[i] ? chance_ways[i]->name : NULL;
}

static unsigned int nr_entrants(void)
{
	unsigned int nr = 0;

	while (contest_entrant(nr))
		nr++;
	ensure(nr <= CONTEST_ENTRANTS);
	return nr;
}

struct contest_cell *contest_at(const struct contest *contest,
				enum contest_part part, unsigned int row,
				unsigned int entrant)
{
	size_t at = (size_t)part * contest->nr_rows + row;

	at = at * CONTEST_ENTRANTS + entrant;
	return &contest->cells[at * contest->seeds];
}

bool contest_has(const struct contest *contest, enum contest_part part,
		 unsigned int row, unsigned int entrant)
{
	const struct contest_row *of = &contest->rows[row];

	if (entrant >= nr_entrants() || (!entrant && access(of->fuzzer, X_OK)))
		return false;
	return part == CONTEST_EMPTY || *of->story;
}

/* ------------------------------------------------------------------- cells */

static size_t cells_size(const struct contest *contest)
{
	return contest->nr_cells * sizeof(*contest->cells);
}

static void make_cells(struct contest *contest)
{
	contest->nr_cells = CONTEST_PARTS * contest->nr_rows *
			    CONTEST_ENTRANTS * contest->seeds;
	contest->cells = mmap(NULL, cells_size(contest), PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ensure(contest->cells != MAP_FAILED);
}

struct contest_place contest_place(const struct contest *contest,
				   unsigned int nr)
{
	unsigned int row = nr / contest->seeds / CONTEST_ENTRANTS;

	return (struct contest_place){
		.part = row / contest->nr_rows,
		.row = row % contest->nr_rows,
		.entrant = nr / contest->seeds % CONTEST_ENTRANTS,
		.seed = contest->seed + nr % contest->seeds,
	};
}

static bool is_wanted(const struct contest *contest, unsigned int nr)
{
	struct contest_place place = contest_place(contest, nr);

	return contest_has(contest, place.part, place.row, place.entrant);
}

/* What came later than the limit was not found within it. */
void contest_note(const struct contest *contest, struct contest_cell *cell,
		  bool found, unsigned long executions)
{
	cell->found = found;
	cell->executions = executions;
	cell->trial.found = found && executions <= contest->limit;
	cell->trial.at =
		(double)(cell->trial.found ? executions : contest->limit);
	cell->done = true;
}

/* --------------------------------------------------------------- processes */

struct job {
	pid_t pid; /* 0: none */
	unsigned int nr; /* of its cell */
};

static void job_start(const struct contest *contest, struct job *job,
		      unsigned int nr)
{
	fflush(NULL); /* or it would be written twice */
	job->nr = nr;
	job->pid = campaign_fork();
	ensure(job->pid >= 0);
	if (job->pid)
		return;
	contest_search(contest, nr);
	_exit(0);
}

/* One of them has ended. Returns: false with trouble set, or if it was stopped. */
static bool job_ended(struct contest *contest, struct job *job)
{
	const struct contest_cell *cell = &contest->cells[job->nr];

	job->pid = 0;
	if (cell->done) {
		contest->done++;
		return scores_add(contest, job->nr);
	}
	if (!*contest->stop)
		snprintf(contest->trouble, sizeof(contest->trouble), "%s",
			 *cell->trouble ? cell->trouble :
					  "a search died, and said nothing");
	return false;
}

/* Wait for any. Returns: false as job_ended() does, and with nobody left. */
static bool jobs_wait(struct contest *contest, struct job *jobs)
{
	unsigned int i;
	int status;
	pid_t pid = wait(&status);

	if (pid < 0)
		return errno == EINTR && !*contest->stop;
	for (i = 0; i < contest->jobs; i++)
		if (jobs[i].pid == pid)
			return job_ended(contest, &jobs[i]);
	return true;
}

static unsigned int jobs_running(const struct job *jobs)
{
	unsigned int i, nr = 0;

	for (i = 0; i < CONTEST_JOBS; i++)
		nr += jobs[i].pid != 0;
	return nr;
}

static void jobs_kill(const struct job *jobs)
{
	unsigned int i;

	for (i = 0; i < CONTEST_JOBS; i++)
		if (jobs[i].pid)
			kill(jobs[i].pid, SIGKILL);
	while (wait(NULL) > 0 || errno == EINTR)
		;
}

static struct job *job_free(struct job *jobs)
{
	while (jobs->pid)
		jobs++;
	return jobs;
}

/* Until as many at most are running. */
static bool jobs_drain(struct contest *contest, struct job *jobs,
		       unsigned int most)
{
	while (jobs_running(jobs) > most) {
		if (!jobs_wait(contest, jobs))
			return false;
		contest->progress(contest, contest->arg);
	}
	return !*contest->stop;
}

static bool run_cells(struct contest *contest, struct job *jobs)
{
	for (contest->at = 0; contest->at < contest->nr_cells; contest->at++) {
		if (!is_wanted(contest, contest->at) ||
		    contest->cells[contest->at].done)
			continue;
		if (!jobs_drain(contest, jobs, contest->jobs - 1))
			return false;
		job_start(contest, job_free(jobs), contest->at);
	}
	contest->at--;
	return jobs_drain(contest, jobs, 0);
}

bool contest_run(struct contest *contest)
{
	struct job jobs[CONTEST_JOBS] = { { 0, 0 } };
	unsigned int i;
	bool well;

	ensure(contest->jobs && contest->jobs <= CONTEST_JOBS);
	make_cells(contest);
	for (i = 0; i < contest->nr_cells; i++)
		contest->wanted += is_wanted(contest, i);
	if (!scores_open(contest))
		return false;
	if (mkdir(contest->dir, 0777)) {
		snprintf(contest->trouble, sizeof(contest->trouble), "%s: %s",
			 contest->dir, strerror(errno));
		return false;
	}
	well = run_cells(contest, jobs);
	jobs_kill(jobs);
	hunt_forget(&(struct hunt){ .dir = contest->dir });
	return well;
}

void contest_close(struct contest *contest)
{
	if (contest->cells)
		munmap(contest->cells, cells_size(contest));
	scores_close(contest);
	free(contest->rows);
}
