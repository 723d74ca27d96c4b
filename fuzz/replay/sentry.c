/* SPDX-License-Identifier: MIT */
/* sentry.c: see sentry.h. */
#include "sentry.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "deadly.h"
#include "output.h"

#define DEAD 77 /* what sanitizers exit with */

struct sentry *sentry_open(void)
{
	struct sentry *sentry = mmap(NULL, sizeof(*sentry),
				     PROT_READ | PROT_WRITE,
				     MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	ensure(sentry != MAP_FAILED);
	return sentry;
}

void sentry_close(struct sentry *sentry)
{
	munmap(sentry, sizeof(*sentry));
}

void sentry_plays(struct sentry *sentry, const struct target *target,
		  const struct program *program)
{
	sentry->target = target;
	sentry->program = *program;
	sentry->runs++;
}

__attribute__((noreturn)) static void become_child(struct sentry *sentry,
						   int (*work)(void *arg),
						   void *arg, pid_t parent)
{
	int result;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(0);
	deadly_catch(NULL, &sentry->runs);
	result = work(arg);
	exit(output_end() ? result : 2);
}

int sentry_watch(struct sentry *sentry, int (*work)(void *arg), void *arg)
{
	pid_t parent = getpid(), pid;
	int status;

	fflush(NULL); /* or it would be written twice */
	pid = fork();
	ensure(pid >= 0);
	if (!pid)
		become_child(sentry, work, arg, parent);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (!WIFEXITED(status) || WEXITSTATUS(status) == DEAD)
		return SENTRY_DIED;
	return WEXITSTATUS(status);
}

void sentry_name(const struct sentry *sentry, char words[OUTCOME_WORDS])
{
	struct player *player = player_open();
	struct worker *worker = worker_open(&player->engine, &player->record,
					    sentry->target, NULL);

	struct outcome outcome;

	worker_run(worker, &sentry->program, 0, &outcome);
	worker_close(worker);
	engine_destroy(&player->engine);
	outcome_words(&outcome, words);
	if (!outcome.crashed) /* it was played in some other way */
		strcpy(words, "died");
}
