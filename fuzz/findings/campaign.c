/* SPDX-License-Identifier: MIT */
/* campaign.c: see campaign.h. The folder, and what is done when. */
#include "campaign.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "file.h"

#define TOTALS_S 5.0 /* between two writings of the totals */
#define FAREWELL_S 10.0 /* that a worker gets to end by itself */

/* -------------------------------------------------------------------- basics */

double campaign_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

const char *campaign_path(const struct campaign *campaign, const char *name,
			  char path[CAMPAIGN_PATH])
{
	ensure(snprintf(path, CAMPAIGN_PATH, "%s/%s", campaign->dir, name) <
	       CAMPAIGN_PATH); /* cmd_campaign.c keeps the folder's name short */
	return path;
}

void campaign_note(struct campaign *campaign, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vfprintf(campaign->log, format, args);
	va_end(args);
	fputc('\n', campaign->log);
	if (fflush(campaign->log))
		campaign_fail(campaign, "%s/log: %s", campaign->dir,
			      strerror(errno));
}

bool campaign_fail(struct campaign *campaign, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (!*campaign->trouble)
		vsnprintf(campaign->trouble, sizeof(campaign->trouble), format,
			  args);
	va_end(args);
	return false;
}

pid_t campaign_fork(void)
{
	pid_t parent = getpid(), pid = fork();

	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(0);
	return 0;
}

bool campaign_reap(pid_t *pid, int *status)
{
	if (!*pid || waitpid(*pid, status, WNOHANG) != *pid)
		return false;
	*pid = 0;
	return true;
}

/* -------------------------------------------------------------------- totals */

unsigned long campaign_seconds(const struct campaign *campaign)
{
	return campaign->before_seconds +
	       (unsigned long)(campaign_now() - campaign->began);
}

/* A worker that is silent goes on as it did. */
unsigned long campaign_executions(const struct campaign *campaign)
{
	unsigned long all = campaign->before_executions +
			    campaign->ended_executions;
	unsigned int i;

	for (i = 0; i < campaign->jobs; i++) {
		const struct campaign_worker *worker = &campaign->workers[i];

		if (worker->pid)
			all += worker->executions +
			       (unsigned long)((double)worker->rate *
					       (campaign_now() - worker->said));
	}
	return all;
}

static void write_totals(struct campaign *campaign)
{
	char path[CAMPAIGN_PATH], text[128 + 64 * CAMPAIGN_BUILDS_MAX];
	size_t size = (size_t)snprintf(text, 128,
				       "executions %lu\nseconds %lu\n",
				       campaign_executions(campaign),
				       campaign_seconds(campaign));

	size += campaign_print_builds(campaign, text + size,
				      sizeof(text) - size);
	campaign->wrote_totals = campaign_now();
	if (!file_replace(campaign_path(campaign, "totals", path), text, size))
		campaign_fail(campaign, "%s: %s", path, strerror(errno));
}

static void read_totals(struct campaign *campaign)
{
	char path[CAMPAIGN_PATH];
	FILE *file = fopen(campaign_path(campaign, "totals", path), "r");

	if (!file)
		return;
	if (fscanf(file, "executions %lu seconds %lu",
		   &campaign->before_executions,
		   &campaign->before_seconds) != 2)
		campaign->before_executions = campaign->before_seconds = 0;
	campaign_read_builds(campaign, file);
	fclose(file);
}

/* ---------------------------------------------------------------- the folder */

static bool make_folders(struct campaign *campaign)
{
	static const char *const folders[] = { "corpus/.", "kept/.",
					       "raw/.", "artifacts/." };
	char path[CAMPAIGN_PATH], name[CAMPAIGN_NAME + 16];
	bool good = true;
	unsigned int i;

	for (i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		good &= file_make_way(
			campaign_path(campaign, folders[i], path));
	for (i = 0; i < campaign->nr_builds; i++) {
		snprintf(name, sizeof(name), "raw/%s/.",
			 campaign->builds[i].name);
		good &= file_make_way(campaign_path(campaign, name, path));
		snprintf(name, sizeof(name), "artifacts/%s/.",
			 campaign->builds[i].name);
		good &= file_make_way(campaign_path(campaign, name, path));
	}
	if (!good)
		return campaign_fail(campaign, "%s: %s", campaign->dir,
				     strerror(errno));
	campaign->lock = open(campaign_path(campaign, "lock", path),
			      O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (campaign->lock < 0 || lockf(campaign->lock, F_TLOCK, 0))
		return campaign_fail(campaign, "%s: in use by another campaign",
				     campaign->dir);
	return true;
}

/* Take in what was reported; cut off a line that was torn. */
static bool read_log(struct campaign *campaign, const char *head)
{
	char line[512], name[256];
	long end = 0;

	while (fgets(line, sizeof(line), campaign->log)) {
		if (!strchr(line, '\n'))
			break;
		if (!end && strcmp(line, head))
			return campaign_fail(campaign,
					     "%s/log: of another target, it "
					     "begins with \"%.*s\"; choose "
					     "another folder",
					     campaign->dir,
					     (int)strcspn(line, "\n"), line);
		end = ftell(campaign->log);
		if (sscanf(line, "finding %255s", name) == 1)
			campaign_find_noted(campaign, name);
	}
	if (ftruncate(fileno(campaign->log), end) ||
	    fseek(campaign->log, end, SEEK_SET) ||
	    (!end && (fputs(head, campaign->log) < 0 ||
		      fflush(campaign->log))))
		return campaign_fail(campaign, "%s/log: %s", campaign->dir,
				     strerror(errno));
	return true;
}

static bool open_log(struct campaign *campaign)
{
	char path[CAMPAIGN_PATH], head[256];

	snprintf(head, sizeof(head), "pagerace campaign 1 %s/%s\n",
		 campaign->variant->target->name, campaign->variant->revert);
	campaign->log = fopen(campaign_path(campaign, "log", path), "a+e");
	if (!campaign->log)
		return campaign_fail(campaign, "%s: %s", path, strerror(errno));
	rewind(campaign->log);
	return read_log(campaign, head);
}

bool campaign_open(struct campaign *campaign)
{
	if (!make_folders(campaign) || !open_log(campaign) ||
	    !campaign_load(campaign))
		return false;
	read_totals(campaign);
	coverage_open(&campaign->coverage, campaign->variant->target);
	campaign->began = campaign_now();
	campaign_note(campaign, "begin, %u workers, seed %lu", campaign->jobs,
		      campaign->seed);
	campaign_find_again(campaign);
	return !*campaign->trouble;
}

void campaign_close(struct campaign *campaign)
{
	coverage_close(&campaign->coverage);
	names_free(&campaign->kept);
	names_free(&campaign->found);
	fclose(campaign->log);
	close(campaign->lock);
}

/* ----------------------------------------------------------------- the loop */

/* An entry that it ended with before it had played all of them is none. */
static void drop_entry(struct campaign *campaign,
		       const struct campaign_worker *worker)
{
	char name[CAMPAIGN_PATH], path[CAMPAIGN_PATH];

	snprintf(name, sizeof(name), "artifacts/%s/%s", worker->build->name,
		 strrchr(worker->artifact, '/') + 1);
	if (campaign_drop(campaign, campaign_path(campaign, name, path)))
		campaign_note(campaign, "no entry any more %s",
			      strrchr(name, '/') + 1);
}

static void worker_ended(struct campaign *campaign, unsigned int nr, int status)
{
	struct campaign_worker *worker = &campaign->workers[nr];

	campaign_find(campaign, worker->id);
	if (!worker->loaded && *worker->artifact)
		drop_entry(campaign, worker);
	campaign_turn_ended(worker);
	if (campaign->stopping || *worker->artifact ||
	    (worker->turn > 0 && worker->loaded && !status))
		return;
	campaign_note(campaign, "worker %u ended, %s %d", nr,
		      WIFSIGNALED(status) ? "signal" : "exit",
		      WIFSIGNALED(status) ? WTERMSIG(status) :
					    WEXITSTATUS(status));
	if (!worker->loaded)
		campaign_false_start(campaign, nr);
}

static bool start_is_due(const struct campaign *campaign,
			 const struct campaign_worker *worker)
{
	return !worker->pid && !campaign->stopping && !*campaign->trouble &&
	       (!worker->starts ||
		campaign_now() - worker->started >= CAMPAIGN_RESTART_S);
}

bool campaign_tick(struct campaign *campaign)
{
	unsigned int i;
	int status;

	campaign_await_builds(campaign);
	for (i = 0; i < campaign->jobs; i++) {
		if (campaign_look(campaign, i, &status))
			worker_ended(campaign, i, status);
		if (start_is_due(campaign, &campaign->workers[i]) &&
		    campaign_turn(campaign, &campaign->workers[i]))
			campaign_start(campaign, i);
	}
	campaign_keep(campaign);
	pulse_beat(&campaign->pulse, &campaign->past,
		   campaign_executions(campaign) - campaign->before_executions,
		   campaign->kept.nr);
	campaign_play(campaign);
	campaign_triage(campaign);
	if (campaign_now() - campaign->wrote_totals >= TOTALS_S)
		write_totals(campaign);
	return !*campaign->trouble;
}

static void tell_workers(const struct campaign *campaign, int signal)
{
	unsigned int i;

	for (i = 0; i < campaign->jobs; i++)
		if (campaign->workers[i].pid)
			kill(campaign->workers[i].pid, signal);
}

static bool is_busy(const struct campaign *campaign)
{
	unsigned int i;

	for (i = 0; i < campaign->jobs; i++)
		if (campaign->workers[i].pid)
			return true;
	return campaign->player || campaign->nr_played < campaign->kept.nr;
}

void campaign_stop(struct campaign *campaign)
{
	const struct timespec nap = { .tv_nsec = 50000000 };
	double begin = campaign_now();

	campaign->stopping = true;
	tell_workers(campaign, SIGINT);
	do {
		nanosleep(&nap, NULL);
		campaign_tick(campaign);
		if (campaign_now() - begin > FAREWELL_S)
			tell_workers(campaign, SIGKILL);
	} while (is_busy(campaign));
	campaign_find(campaign, "?");
	write_totals(campaign);
	campaign_note(campaign, "end, %lu executions, %lu s",
		      campaign_executions(campaign),
		      campaign_seconds(campaign));
}

void campaign_finish(struct campaign *campaign)
{
	const struct timespec nap = { .tv_nsec = 50000000 };

	do {
		campaign_triage(campaign);
		nanosleep(&nap, NULL);
	} while (campaign->triaging || campaign->untriaged);
}
