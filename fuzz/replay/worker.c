/* SPDX-License-Identifier: MIT */
/* worker.c: see worker.h. The parent's side; the child's: worker_child.c. */
#include "worker.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "explored.h"
#include "worker_board.h"

struct worker {
	struct worker_child child; /* what a child is started with */
	const volatile sig_atomic_t *stop;
	pid_t pid; /* 0: there is none */
	int socket; /* to it */
	int stderr_fd; /* the file that it writes to */
	int status; /* how the last one ended */
	off_t passed_on; /* bytes of what the living one wrote */
	char report[WORKER_REPORT_MAX + 1];
};

void outcome_words(const struct outcome *outcome, char words[OUTCOME_WORDS])
{
	snprintf(words, OUTCOME_WORDS, "%s%s%s",
		 *outcome->id ? outcome->id : "clean",
		 *outcome->where ? " in " : "", outcome->where);
}

bool outcome_alike(const struct outcome *a, const struct outcome *b)
{
	return !strcmp(a->id, b->id) && !strcmp(a->where, b->where);
}

bool search_wants(const struct search *search, const struct outcome *outcome)
{
	const struct outcome *like = search->like;

	if (!*like->id || !*outcome->id)
		return *outcome->id;
	if (search->checker && !strcmp(outcome->checker, search->checker))
		return true;
	return !strcmp(outcome->id, like->id) &&
	       (!*like->where || !strcmp(outcome->where, like->where));
}

/* ------------------------------------------------------- life of the child */

static void become_worker(struct worker *worker, int socket, pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(0);
	dup2(worker->stderr_fd, STDERR_FILENO);
	worker->child.socket = socket;
	worker_serve(&worker->child);
}

static void worker_start(struct worker *worker)
{
	pid_t parent = getpid();
	int sockets[2];

	if (worker->pid)
		return;
	ensure(!ftruncate(worker->stderr_fd, 0));
	ensure(!lseek(worker->stderr_fd, 0, SEEK_SET));
	worker->passed_on = 0;
	ensure(!socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets));
	fflush(NULL); /* or it would be written twice */
	/* TSan takes fibers for threads; with threads it gives up at a fork. */
	engine_destroy(worker->child.engine);
	worker->pid = fork();
	ensure(worker->pid >= 0);
	engine_init(worker->child.engine);
	if (!worker->pid) {
		close(sockets[0]);
		become_worker(worker, sockets[1], parent);
	}
	close(sockets[1]);
	worker->socket = sockets[0];
}

/* It is dead, or about to be. */
static void worker_bury(struct worker *worker)
{
	ssize_t got;

	if (!worker->pid)
		return;
	while (waitpid(worker->pid, &worker->status, 0) < 0 && errno == EINTR)
		;
	close(worker->socket);
	worker->pid = 0;
	got = pread(worker->stderr_fd, worker->report, WORKER_REPORT_MAX, 0);
	worker->report[got > 0 ? got : 0] = '\0';
}

static void worker_kill(struct worker *worker)
{
	if (worker->pid)
		kill(worker->pid, SIGKILL);
	worker_bury(worker);
}

struct worker *worker_open(struct engine *engine, struct record *record,
			   const struct target *target,
			   const volatile sig_atomic_t *stop)
{
	struct worker *worker = calloc(1, sizeof(*worker));
	FILE *file = tmpfile();

	ensure(worker && file);
	worker->stderr_fd = dup(fileno(file));
	fclose(file);
	ensure(worker->stderr_fd >= 0);
	worker->child =
		(struct worker_child){ .engine = engine, .record = record };
	worker->child.board = mmap(NULL, sizeof(*worker->child.board),
				   PROT_READ | PROT_WRITE,
				   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ensure(worker->child.board != MAP_FAILED);
	worker->stop = stop;
	worker_aim(worker, target);
	return worker;
}

void worker_aim(struct worker *worker, const struct target *target)
{
	worker->child.board->target = target;
}

void worker_close(struct worker *worker)
{
	worker_kill(worker);
	close(worker->stderr_fd);
	munmap(worker->child.board, sizeof(*worker->child.board));
	free(worker);
}

/* ----------------------------------------------------------------- requests */

static bool is_stopped(const struct worker *worker)
{
	return worker->stop && *worker->stop;
}

enum answer {
	ANSWER_DONE,
	ANSWER_DIED,
	ANSWER_STOPPED,
};

/* Have the child do what stands on the board. */
static enum answer worker_ask(struct worker *worker, char request)
{
	ssize_t got = -1;
	char answer;

	if (is_stopped(worker))
		return ANSWER_STOPPED;
	worker_start(worker);
	if (send(worker->socket, &request, 1, MSG_NOSIGNAL) == 1)
		do {
			got = recv(worker->socket, &answer, 1, 0);
		} while (got < 0 && errno == EINTR && !is_stopped(worker));
	if (got == 1)
		return ANSWER_DONE;
	if (got < 0 && errno == EINTR) {
		worker_kill(worker);
		return ANSWER_STOPPED;
	}
	worker_bury(worker);
	return ANSWER_DIED;
}

/* The child died over what stands on the board. */
static void note_crash(struct worker *worker, struct outcome *outcome)
{
	*outcome = worker->child.board->outcome;
	memcpy(outcome->sited, worker->child.board->sited.entries,
	       sizeof(outcome->sited));
	crash_outcome(worker->report, worker->status, outcome);
	if (!strncmp(worker->report, WORKER_SIGNAL_LINE,
		     strlen(WORKER_SIGNAL_LINE)))
		*worker->report = '\0'; /* the outcome says it all */
}

/* ----------------------------------------------------------------- services */

bool worker_run(struct worker *worker, const struct program *program,
		unsigned int flags, struct outcome *outcome)
{
	static const struct walks none;

	return worker_walk(worker, program, &none, flags, outcome);
}

bool worker_walk(struct worker *worker, const struct program *program,
		 const struct walks *walks, unsigned int flags,
		 struct outcome *outcome)
{
	struct board *board = worker->child.board;

	board->program = *program;
	board->flags = flags;
	board->walks = *walks;
	board->timeline = worker->child.record->timeline;
	board->outcome = (struct outcome){ .page = TARGET_NO_PAGE };
	switch (worker_ask(worker, REQUEST_RUN)) {
	case ANSWER_STOPPED:
		return false;
	case ANSWER_DIED:
		note_crash(worker, outcome);
		return true;
	default:
		*outcome = board->outcome;
		memcpy(outcome->sited, board->sited.entries,
		       sizeof(outcome->sited));
		return true;
	}
}

/* A schedule that killed the child. Returns: true if no other is wanted. */
static bool judge_crash(struct worker *worker, struct search *search)
{
	struct outcome outcome;

	note_crash(worker, &outcome);
	if (!search_wants(search, &outcome) ||
	    outcome.nr_taken > PROGRAM_SWITCHES) {
		memcpy(search->other, outcome.id, sizeof(search->other));
		return false;
	}
	if (!search->found)
		search->outcome = outcome;
	search->found = true;
	return !search->shortest;
}

static void search_begin(struct board *board)
{
	if (!board->search.reversing) {
		explore_begin(&board->explore, board->search.preemptions);
		board->explore.reorderings = board->search.reorderings;
		return;
	}
	memset(&board->reverse, 0, sizeof(board->reverse));
	rng_seed(&board->rng, 1);
}

bool worker_search(struct worker *worker, const struct program *program,
		   struct search *search)
{
	struct board *board = worker->child.board;
	const struct outcome *like = search->like;
	enum answer answer;

	search->found = search->exhaustive = false;
	search->tried = search->points = 0;
	*search->other = '\0';
	board->program = *program;
	board->flags = 0;
	board->like = *like;
	board->search = *search;
	board->search.like = &board->like;
	if (!search->again)
		search_begin(board);
	do {
		answer = worker_ask(worker, REQUEST_SEARCH);
	} while (answer == ANSWER_DIED && !search->reducing &&
		 !judge_crash(worker, &board->search));
	*search = board->search;
	search->like = like;
	return answer != ANSWER_STOPPED;
}

void worker_fence(struct worker *worker, const struct fence *fence)
{
	struct board *board = worker->child.board;

	board->fenced = fence;
	if (fence)
		board->fence = *fence;
}

const struct passage *worker_path(const struct worker *worker, unsigned int *nr)
{
	*nr = worker->child.board->nr_path;
	return worker->child.board->path;
}

const struct target *worker_target(const struct worker *worker)
{
	return worker->child.board->target;
}

const char *worker_report(const struct worker *worker)
{
	return worker->report;
}

void worker_pass_on(struct worker *worker)
{
	char text[4096];
	ssize_t got;

	while (worker->pid &&
	       (got = pread(worker->stderr_fd, text, sizeof(text),
			    worker->passed_on)) > 0) {
		fwrite(text, 1, (size_t)got, stderr);
		worker->passed_on += got;
	}
}

unsigned long worker_runs(const struct worker *worker)
{
	return worker->child.board->runs;
}

bool worker_name_crash(void *arg, const struct program *program,
		       struct explored_bug *bug)
{
	struct outcome outcome;

	if (!worker_run(arg, program, 0, &outcome) || !outcome.crashed)
		return false;
	snprintf(bug->id, sizeof(bug->id), "%s", outcome.id);
	snprintf(bug->steps[0], sizeof(bug->steps[0]), "%s", outcome.where);
	return true;
}
