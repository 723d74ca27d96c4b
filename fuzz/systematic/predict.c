/* SPDX-License-Identifier: MIT */
/* predict.c: see predict.h. */
#include "predict.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "deadly.h"
#include "jobs.h"
#include "worker.h"

struct seer {
	struct predicted *predicted; /* shared */
	pid_t pid; /* 0: there is none */
	int socket;
};

struct predict {
	const struct target *target;
	struct engine *engine;
	struct record *record;
	struct worker *worker; /* names crashes */
	struct predictor *predictor; /* shared */
	bool failed;
	unsigned int nr;
	struct seer seer[JOBS_MAX];
};

/* ---------------------------------------------------------------- a process */

__attribute__((noreturn)) static void seer_serve(const struct predict *predict,
						 const struct seer *seer)
{
	char request;

	signal(SIGINT, SIG_IGN); /* the terminal's; the parent decides */
	signal(SIGTERM, SIG_IGN);
	engine_init(predict->engine);
	deadly_catch(NULL, &seer->predicted->runs);
	while (recv(seer->socket, &request, 1, 0) == 1) {
		predicted_work(seer->predicted, predict->predictor,
			       predict->target, predict->engine,
			       predict->record);
		if (send(seer->socket, &request, 1, MSG_NOSIGNAL) != 1)
			break;
	}
	_exit(0);
}

static void seer_start(struct predict *predict, struct seer *seer)
{
	pid_t parent = getpid();
	int sockets[2];

	ensure(!socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets));
	fflush(NULL); /* or it would be written twice */
	engine_destroy(predict->engine); /* TSan: see worker.c */
	seer->pid = fork();
	ensure(seer->pid >= 0);
	if (!seer->pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(0);
		close(sockets[0]);
		seer->socket = sockets[1];
		seer_serve(predict, seer);
	}
	engine_init(predict->engine);
	close(sockets[1]);
	seer->socket = sockets[0];
}

static void seer_stop(struct seer *seer)
{
	if (!seer->pid)
		return;
	kill(seer->pid, SIGKILL);
	close(seer->socket);
	while (waitpid(seer->pid, NULL, 0) < 0 && errno == EINTR)
		;
	seer->pid = 0;
}

/* -------------------------------------------------------------- open, close */

static void *shared(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	ensure(memory != MAP_FAILED);
	return memory;
}

struct predict *predict_open(unsigned int nr, const struct target *target,
			     struct engine *engine, struct record *record)
{
	struct predict *predict = calloc(1, sizeof(*predict));
	unsigned int i;

	ensure(predict && nr && nr <= JOBS_MAX);
	predict->target = target;
	predict->engine = engine;
	predict->record = record;
	predict->worker = worker_open(engine, record, target, NULL);
	predict->predictor = shared(sizeof(*predict->predictor));
	predict->nr = nr;
	for (i = 0; i < nr; i++)
		predict->seer[i].predicted =
			shared(sizeof(*predict->seer[i].predicted));
	return predict;
}

void predict_close(struct predict *predict)
{
	unsigned int i;

	for (i = 0; i < predict->nr; i++) {
		seer_stop(&predict->seer[i]);
		munmap(predict->seer[i].predicted,
		       sizeof(*predict->seer[i].predicted));
	}
	munmap(predict->predictor, sizeof(*predict->predictor));
	worker_close(predict->worker);
	free(predict);
}

/* --------------------------------------------------------------- its blocks */

/* What it played killed it. */
static void take_crash(struct predict *predict, struct seer *seer)
{
	struct predicted *predicted = seer->predicted;
	const struct program *playing = &predicted->playing;
	struct explored_bug bug = { .crashed = true, .schedules = 1 };

	if (!worker_name_crash(predict->worker, playing, &bug)) {
		predict->failed = true;
		return;
	}
	bug.preemptions = predicted->stopped;
	bug.nr_taken = playing->nr_switches;
	memcpy(bug.taken, playing->switches, sizeof(bug.taken));
	predicted->findings++;
	predicted_add(predicted, playing, &bug);
	predicted->deaths++;
	if (!predicted->stopped) /* else: it is known that it was played */
		predictor_killed(predict->predictor, playing);
}

static void give(struct predict *predict, struct seer *seer)
{
	struct block_turn turn = seer->predicted->turn;
	unsigned int deaths = seer->predicted->deaths;

	memset(seer->predicted, 0, sizeof(*seer->predicted));
	seer->predicted->turn = turn;
	seer->predicted->deaths = deaths;
	if (!seer->pid)
		seer_start(predict, seer);
	/* If it is dead, that is found out when it is waited for. */
	(void)send(seer->socket, "g", 1, MSG_NOSIGNAL);
}

bool predict_work(struct predict *predict)
{
	bool more = false;
	unsigned int i;
	char answer;

	for (i = 0; i < predict->nr; i++)
		give(predict, &predict->seer[i]);
	for (i = 0; i < predict->nr; i++) {
		struct seer *seer = &predict->seer[i];
		ssize_t got;

		do
			got = recv(seer->socket, &answer, 1, 0);
		while (got < 0 && errno == EINTR);
		if (got != 1) {
			seer_stop(seer);
			take_crash(predict, seer);
		}
		more |= !seer->predicted->over;
	}
	return more;
}

const struct predicted *predict_result(const struct predict *predict,
				       unsigned int nr)
{
	return nr < predict->nr ? predict->seer[nr].predicted : NULL;
}

bool predict_failed(const struct predict *predict)
{
	return predict->failed;
}
