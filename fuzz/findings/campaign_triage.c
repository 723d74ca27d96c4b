/* SPDX-License-Identifier: MIT */
/*
 * campaign_triage.c: the findings of a campaign as a table, made anew whenever
 * there are more of them.
 *
 * All of them are triaged together, by this command. What is clean there, another
 * build sees: the rest is triaged by the commands that lie beside the fuzzers of
 * the builds that found it, one after the other, and those tables are below the
 * first. Results are in triage/ and triage-NAME/, where each goes on.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "called.h"
#include "campaign.h"
#include "file.h"

#define REST_MAX 2048 /* files that one triage of a build is handed */

/* ------------------------------------------------------------- what it is of */

/* Artifacts that the first triage calls clean, a path a line; malloc'ed. */
static char *read_rest(const struct campaign *campaign)
{
	char path[CAMPAIGN_PATH];
	size_t size;
	char *rest =
		file_read(campaign_path(campaign, "triage.rest", path), &size);

	return rest ? rest : calloc(1, 1);
}

/* Those of @rest that @build found, into @files; @rest is cut up. */
static unsigned int rest_of(const struct campaign *campaign,
			    const struct campaign_build *build, char *rest,
			    char *files[REST_MAX])
{
	char name[CAMPAIGN_NAME + 16], folder[CAMPAIGN_PATH];
	unsigned int nr = 0;
	char *line;

	snprintf(name, sizeof(name), "artifacts/%s/", build->name);
	campaign_path(campaign, name, folder);
	for (line = strtok(rest, "\n"); line && nr < REST_MAX;
	     line = strtok(NULL, "\n"))
		if (!strncmp(line, folder, strlen(folder)))
			files[nr++] = line;
	return nr;
}

/* The command beside the fuzzer of @build. */
static const char *command_of(const struct campaign_build *build,
			      char path[CAMPAIGN_PATH])
{
	const char *slash = strrchr(build->fuzzer, '/');

	snprintf(path, CAMPAIGN_PATH, "%.*s%.255s",
		 slash ? (int)(slash + 1 - build->fuzzer) : 0, build->fuzzer,
		 called_name());
	return path;
}

/* ------------------------------------------------------------------- running */

static bool redirect(const struct campaign *campaign, const char *name, int to,
		     int flags)
{
	char path[CAMPAIGN_PATH];
	int file = open(campaign_path(campaign, name, path),
			O_WRONLY | O_CREAT | flags, 0666);

	return file >= 0 && dup2(file, to) >= 0;
}

/* In the child, of all artifacts. */
__attribute__((noreturn)) static void
become_first(const struct campaign *campaign)
{
	char out[CAMPAIGN_PATH], in[CAMPAIGN_PATH], rest[CAMPAIGN_PATH];

	if (!redirect(campaign, "triage.new", STDOUT_FILENO, O_TRUNC) ||
	    !redirect(campaign, "triage.log", STDERR_FILENO, O_TRUNC))
		_exit(126);
	execl("/proc/self/exe", called_as(), "triage", "--target",
	      campaign->variant->target->name, "--revert",
	      campaign->variant->revert, "--clean",
	      campaign_path(campaign, "triage.rest", rest), "-o",
	      campaign_path(campaign, "triage", out),
	      campaign_path(campaign, "artifacts", in), (char *)NULL);
	_exit(127);
}

/* In the child, of the @nr @files that @build found and others do not see. */
__attribute__((noreturn)) static void
become_next(const struct campaign *campaign, const struct campaign_build *build,
	    char *files[REST_MAX], unsigned int nr)
{
	char name[CAMPAIGN_NAME + 16], out[CAMPAIGN_PATH];
	char command[CAMPAIGN_PATH];
	char *args[REST_MAX + 16] = {
		command,    "triage",
		"--target", (char *)campaign->variant->target->name,
		"--revert", (char *)campaign->variant->revert,
		"-o",	    out
	};
	unsigned int at = 8, i;

	if (!redirect(campaign, "triage.new", STDOUT_FILENO, O_APPEND) ||
	    !redirect(campaign, "triage.log", STDERR_FILENO, O_APPEND))
		_exit(126);
	dprintf(STDOUT_FILENO, "\nof those clean files, build %s:\n",
		build->name);
	snprintf(name, sizeof(name), "triage-%s", build->name);
	campaign_path(campaign, name, out);
	command_of(build, command);
	for (i = 0; i < nr; i++)
		args[at++] = files[i];
	execv(command, args);
	dprintf(STDOUT_FILENO, "%u, and no command %s to replay them\n", nr,
		command);
	_exit(1);
}

static void begin(struct campaign *campaign)
{
	static char *files[REST_MAX];
	const struct campaign_build *build = NULL;
	char *rest = NULL;
	unsigned int nr = 1;

	if (campaign->triaged_by) {
		build = &campaign->builds[campaign->triaged_by - 1];
		rest = read_rest(campaign);
		nr = rest_of(campaign, build, rest, files);
	}
	campaign->triage = nr ? campaign_fork() : 0;
	if (nr && !campaign->triage) {
		setpgid(0, 0);
		if (build)
			become_next(campaign, build, files, nr);
		become_first(campaign);
	}
	if (campaign->triage < 0)
		campaign->triage = 0;
	free(rest);
}

/* The line that sums up the first table is for the log. */
static void take_table(struct campaign *campaign)
{
	char from[CAMPAIGN_PATH], to[CAMPAIGN_PATH];
	char *table, *at;

	rename(campaign_path(campaign, "triage.new", from),
	       campaign_path(campaign, "triage.txt", to));
	table = campaign_table(campaign);
	at = strstr(table, " finding");
	while (at && at > table && at[-1] != '\n')
		at--;
	if (at)
		campaign_note(campaign, "triage %.*s", (int)strcspn(at, ";\n"),
			      at);
	free(table);
}

/* Whoever has ended was the last, or it is the turn of the next build. */
static void go_on(struct campaign *campaign)
{
	while (!campaign->triage && campaign->triaging) {
		if (campaign->triaged_by == campaign->nr_builds) {
			campaign->triaging = false;
			take_table(campaign);
			return;
		}
		campaign->triaged_by++;
		if (*campaign->builds[campaign->triaged_by - 1].name)
			begin(campaign);
	}
}

void campaign_triage(struct campaign *campaign)
{
	int status;

	if (campaign_reap(&campaign->triage, &status) &&
	    !campaign->triaged_by &&
	    (!WIFEXITED(status) || WEXITSTATUS(status) > 1))
		campaign->triaging = false; /* stopped: the next one goes on */
	go_on(campaign);
	if (campaign->triaging || !campaign->untriaged)
		return;
	campaign->untriaged = false;
	campaign->triaging = true;
	campaign->triaged_by = 0;
	begin(campaign);
}

char *campaign_table(const struct campaign *campaign)
{
	char path[CAMPAIGN_PATH];
	size_t size;
	char *table =
		file_read(campaign_path(campaign, "triage.txt", path), &size);

	return table ? table : calloc(1, 1);
}
