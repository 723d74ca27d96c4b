/* SPDX-License-Identifier: MIT */
/* pool.c: see pool.h. */
#include "pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "worker.h"

#define WAIT_MS 250 /* at most, in one call of pool_wait() */

struct helper {
	struct work *work; /* shared */
	pid_t pid;
	int socket;
	bool busy;
};

struct pool {
	const struct target *target;
	struct engine *engine;
	struct record *record;
	bool failed;
	unsigned int nr;
	struct helper helper[JOBS_MAX];
};

/* ---------------------------------------------------------------- a process */

__attribute__((noreturn)) static void serve(const struct pool *pool,
					    const struct helper *helper)
{
	struct jobs *jobs;
	char request;

	signal(SIGINT, SIG_IGN); /* the terminal's; the parent decides */
	signal(SIGTERM, SIG_IGN);
	engine_init(pool->engine);
	jobs = jobs_open(1, pool->target, &helper->work->program, pool->engine,
			 pool->record);
	jobs->name_crash = worker_name_crash;
	jobs->arg = worker_open(pool->engine, pool->record, pool->target, NULL);
	while (recv(helper->socket, &request, 1, 0) == 1) {
		enumerate(jobs, &helper->work->program, &helper->work->limits,
			  &helper->work->done);
		if (send(helper->socket, &request, 1, MSG_NOSIGNAL) != 1)
			break;
	}
	worker_close(jobs->arg);
	jobs_close(jobs);
	_exit(0);
}

static void start_helper(struct pool *pool, struct helper *helper)
{
	pid_t parent = getpid();
	int sockets[2];

	ensure(!socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets));
	fflush(NULL); /* or it would be written twice */
	helper->pid = fork();
	ensure(helper->pid >= 0);
	if (!helper->pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(0);
		close(sockets[0]);
		helper->socket = sockets[1];
		serve(pool, helper);
	}
	close(sockets[1]);
	helper->socket = sockets[0];
}

/* -------------------------------------------------------------- open, close */

struct pool *pool_open(unsigned int nr, const struct target *target,
		       struct engine *engine, struct record *record)
{
	struct pool *pool = calloc(1, sizeof(*pool));
	unsigned int i;

	ensure(pool && nr && nr <= JOBS_MAX);
	pool->target = target;
	pool->engine = engine;
	pool->record = record;
	pool->nr = nr;
	engine_destroy(engine); /* TSan: see worker.c */
	for (i = 0; i < nr; i++) {
		struct helper *helper = &pool->helper[i];

		helper->work = mmap(NULL, sizeof(*helper->work),
				    PROT_READ | PROT_WRITE,
				    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		ensure(helper->work != MAP_FAILED);
		start_helper(pool, helper);
	}
	engine_init(engine);
	return pool;
}

void pool_close(struct pool *pool)
{
	unsigned int i;

	for (i = 0; i < pool->nr; i++) {
		struct helper *helper = &pool->helper[i];

		kill(helper->pid, SIGKILL);
		close(helper->socket);
		while (waitpid(helper->pid, NULL, 0) < 0 && errno == EINTR)
			;
		munmap(helper->work, sizeof(*helper->work));
	}
	free(pool);
}

/* -------------------------------------------------------------- in and out */

struct work *pool_free(struct pool *pool)
{
	unsigned int i;

	for (i = 0; i < pool->nr; i++)
		if (!pool->helper[i].busy)
			return pool->helper[i].work;
	return NULL;
}

void pool_give(struct pool *pool, struct work *work)
{
	unsigned int i;

	for (i = 0; pool->helper[i].work != work; i++)
		;
	pool->helper[i].busy = true;
	/* If it is dead, that is found out when it is waited for. */
	(void)send(pool->helper[i].socket, "g", 1, MSG_NOSIGNAL);
}

bool pool_is_idle(const struct pool *pool)
{
	unsigned int i;

	for (i = 0; i < pool->nr; i++)
		if (pool->helper[i].busy)
			return false;
	return true;
}

bool pool_failed(const struct pool *pool)
{
	return pool->failed;
}

const struct work *pool_wait(struct pool *pool)
{
	struct pollfd polled[JOBS_MAX];
	unsigned int i;
	char answer;

	for (i = 0; i < pool->nr; i++)
		polled[i] = (struct pollfd){
			.fd = pool->helper[i].busy ? pool->helper[i].socket :
						     -1,
			.events = POLLIN,
		};
	if (poll(polled, pool->nr, WAIT_MS) <= 0)
		return NULL;
	for (i = 0; i < pool->nr; i++) {
		struct helper *helper = &pool->helper[i];

		if (polled[i].fd < 0 || !polled[i].revents)
			continue;
		if (recv(helper->socket, &answer, 1, 0) != 1 ||
		    helper->work->done.failed) {
			pool->failed = true;
			return NULL;
		}
		helper->busy = false;
		return helper->work;
	}
	return NULL;
}
