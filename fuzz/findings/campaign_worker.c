/* SPDX-License-Identifier: MIT */
/*
 * campaign_worker.c: one fuzzing process of a campaign: how it is started, and
 * what is read from its log. See campaign.h.
 *
 * A line of libFuzzer's: "#4096 NEW    cov: 221 ft: 950 corp: 80/3Kb ...
 * exec/s: 2048 rss: 40Mb". It says nothing for long when nothing is new, and
 * knows nothing of the mutator's runs: a fuzz target of ours has a pulse, and
 * only for another one executions are a guess between two lines.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "campaign.h"

/* ------------------------------------------------------------------ starting */

static const char *log_path(const struct campaign *campaign, unsigned int nr,
			    char path[CAMPAIGN_PATH])
{
	const char *build = campaign->workers[nr].build->name;
	char name[32 + CAMPAIGN_NAME];

	snprintf(name, sizeof(name), "worker-%u%s%s.log", nr, *build ? "-" : "",
		 build);
	return campaign_path(campaign, name, path);
}

/* Never zero: libFuzzer would choose one itself. */
static unsigned int seed_of(const struct campaign *campaign, unsigned int nr)
{
	unsigned int starts = campaign->workers[nr].starts;
	unsigned int seed = (unsigned int)campaign->seed + nr +
			    starts * campaign->jobs;

	return seed ? seed : 1;
}

/* In the child: become the fuzzer. */
__attribute__((noreturn)) static void
become_worker(const struct campaign *campaign, unsigned int nr)
{
	char log[CAMPAIGN_PATH], corpus[CAMPAIGN_PATH], kept[CAMPAIGN_PATH];
	char prefix[CAMPAIGN_PATH + 32], raw[CAMPAIGN_NAME + 8];
	char seed[32], turn[48], pulse[CAMPAIGN_PATH];
	const struct campaign_worker *worker = &campaign->workers[nr];
	int file, i;

	setpgid(0, 0); /* Ctrl-C is for the supervisor, who tells workers */
	signal(SIGPIPE, SIG_DFL);
	file = open(log_path(campaign, nr, log),
		    O_WRONLY | O_CREAT | O_TRUNC, 0666);
	if (file < 0 || dup2(file, STDOUT_FILENO) < 0 ||
	    dup2(file, STDERR_FILENO) < 0)
		_exit(126);
	campaign_pulse(log, pulse);
	snprintf(seed, sizeof(seed), "-seed=%u", seed_of(campaign, nr));
	snprintf(raw, sizeof(raw), "raw/%s", worker->build->name);
	snprintf(prefix, sizeof(prefix), "-artifact_prefix=%s/",
		 campaign_path(campaign, raw, log));
	/* From its start; 0: no end. */
	snprintf(turn, sizeof(turn), "-max_total_time=%.0f",
		 worker->turn > 0 ?
			 worker->turn + worker->build->loading + 0.5 :
			 0);
	campaign_path(campaign, "corpus", corpus);
	campaign_path(campaign, "kept", kept);
	/* The first folder is the one that it writes to. */
	char *args[CAMPAIGN_ARGS_MAX + 10] = {
		worker->build->fuzzer,	seed,  prefix, turn, "-reload=1",
		"-print_final_stats=1", pulse, corpus, kept
	};
	for (i = 1; campaign->fuzzer[i] && i < CAMPAIGN_ARGS_MAX; i++)
		args[8 + i] = campaign->fuzzer[i];
	execv(args[0], args);
	dprintf(STDERR_FILENO, "%s cannot be run\n", args[0]);
	_exit(127);
}

void campaign_start(struct campaign *campaign, unsigned int nr)
{
	struct campaign_worker *worker = &campaign->workers[nr];
	char path[CAMPAIGN_PATH], option[CAMPAIGN_PATH];

	worker->started = worker->said = campaign_now();
	worker->loaded = false;
	worker->at = 0;
	worker->executions = worker->rate = 0;
	worker->pulse = (struct pulse){ .executions = 0 };
	snprintf(worker->id, sizeof(worker->id), "?");
	*worker->artifact = '\0';
	/* Its log may be the one of the process before until it runs. */
	unlink(log_path(campaign, nr, path));
	unlink(campaign_pulse(path, option));
	worker->pid = campaign_fork();
	if (!worker->pid)
		become_worker(campaign, nr);
	if (worker->pid < 0) {
		worker->pid = 0;
		campaign_fail(campaign, "no process can be started");
	}
	worker->starts++;
}

/* ------------------------------------------------------------------- reading */

static void read_number(const char *line, const char *word,
			unsigned long *number)
{
	const char *at = strstr(line, word);

	if (at)
		*number = strtoul(at + strlen(word), NULL, 10);
}

static void read_status(struct campaign_worker *worker, const char *line)
{
	unsigned long edges = worker->edges, features = worker->features;
	unsigned long entries = worker->entries;

	worker->executions = strtoul(line + 1, NULL, 10);
	worker->said = campaign_now();
	read_number(line, " exec/s: ", &worker->rate);
	read_number(line, " cov: ", &edges);
	read_number(line, " ft: ", &features);
	read_number(line, " corp: ", &entries);
	worker->entries = (unsigned int)entries;
	worker->edges = (unsigned int)edges;
	worker->features = (unsigned int)features;
	if (strstr(line, "\tINITED")) {
		worker->loaded = true;
	}
}

static void read_line(struct campaign_worker *worker, const char *line)
{
	static const char written[] = "Test unit written to ";
	const char *path = strstr(line, written);
	static const char id[] = "ASSERTION FAILED: ";
	static const char summary[] = "SUMMARY: ";
	static const char total[] = "stat::number_of_executed_units: ";
	static const char all[] = "pagerace: total executions ";

	if (*line == '#' && line[1] >= '0' && line[1] <= '9' &&
	    strstr(line, "exec/s"))
		read_status(worker, line);
	else if (path)
		snprintf(worker->artifact, sizeof(worker->artifact), "%s",
			 path + strlen(written));
	else if (!strncmp(line, total, strlen(total)))
		worker->executions = strtoul(line + strlen(total), NULL, 10);
	else if (!strncmp(line, all, strlen(all)))
		worker->total = strtoul(line + strlen(all), NULL, 10);
	else if (!strncmp(line, id, strlen(id)))
		snprintf(worker->id, sizeof(worker->id), "%.63s",
			 line + strlen(id));
	else if (!strncmp(line, summary, strlen(summary)) &&
		 !strcmp(worker->id, "?"))
		snprintf(worker->id, sizeof(worker->id), "%.63s",
			 line + strlen(summary));
}

const char *campaign_pulse(const char *path, char option[CAMPAIGN_PATH])
{
	ensure((size_t)snprintf(option, CAMPAIGN_PATH, PULSE_OPTION "%s.pulse",
				path) < CAMPAIGN_PATH);
	return option + strlen(PULSE_OPTION);
}

static void read_pulse(struct campaign_worker *worker, const char *log)
{
	char option[CAMPAIGN_PATH];
	double took;

	if (!pulse_read(campaign_pulse(log, option), &worker->pulse))
		return;
	worker->executions = worker->pulse.executions;
	worker->said = campaign_now();
	took = worker->said - worker->started;
	if (took > 1)
		worker->rate =
			(unsigned long)((double)worker->executions / took);
}

static void read_lines(struct campaign_worker *worker, const char *path)
{
	char line[4096];
	FILE *file = fopen(path, "r");
	size_t length;

	if (!file)
		return;
	fseek(file, worker->at, SEEK_SET);
	while (fgets(line, sizeof(line), file)) {
		length = strlen(line);
		if (line[length - 1] != '\n' && length < sizeof(line) - 1)
			break;
		worker->at = ftell(file);
		line[strcspn(line, "\n")] = '\0';
		read_line(worker, line);
	}
	fclose(file);
}

void campaign_read(struct campaign_worker *worker, const char *path)
{
	read_lines(worker, path);
	read_pulse(worker, path);
}

bool campaign_look(struct campaign *campaign, unsigned int nr, int *status)
{
	struct campaign_worker *worker = &campaign->workers[nr];
	bool ended = campaign_reap(&worker->pid, status);
	bool loaded = worker->loaded;
	char path[CAMPAIGN_PATH];

	if (!worker->build)
		return false;
	campaign_read(worker, log_path(campaign, nr, path));
	if (!loaded && worker->loaded) {
		worker->build->loading = campaign_now() - worker->started;
		worker->build->false_starts = 0;
	}
	if (ended) {
		campaign->ended_executions += worker->executions;
		worker->build->executions += worker->executions;
	}
	return ended;
}
