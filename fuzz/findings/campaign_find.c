/* SPDX-License-Identifier: MIT */
/* campaign_find.c: the findings of a campaign, noted and triaged. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "artifact.h"
#include "called.h"
#include "campaign.h"
#include "file.h"

bool campaign_is_written(const char *path)
{
	static const char nothing[] = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
	struct stat info;

	return !stat(path, &info) && (info.st_size || strstr(path, nothing));
}

/* The file @path of raw/, which may be one that was found before. */
static void find(struct campaign *campaign, const char *path, const char *id)
{
	const char *base = strrchr(path, '/') + 1;
	char name[CAMPAIGN_PATH], to[CAMPAIGN_PATH], folder[CAMPAIGN_PATH];

	if (!campaign_is_written(path))
		return;
	snprintf(name, sizeof(name), "artifacts/%s", base);
	if (rename(path, campaign_path(campaign, name, to))) {
		campaign_fail(campaign, "%s: %s", to, strerror(errno));
		return;
	}
	campaign_sync(to);
	campaign_sync(campaign_path(campaign, "artifacts", folder));
	if (!names_add(&campaign->found, base))
		return;
	campaign_note(campaign, "finding %s %s", base, id);
	campaign->untriaged = true;
}

void campaign_find(struct campaign *campaign, const char *id)
{
	char folder[CAMPAIGN_PATH];
	struct paths paths = { NULL, 0, 0 };
	size_t i;

	if (!paths_add(&paths, campaign_path(campaign, "raw", folder), NULL))
		campaign_fail(campaign, "%s: %s", folder, strerror(errno));
	for (i = 0; i < paths.nr; i++)
		find(campaign, paths.path[i], id);
	paths_free(&paths);
}

/* What a killed campaign moved and did not come to report. */
void campaign_find_again(struct campaign *campaign)
{
	char folder[CAMPAIGN_PATH];
	struct paths paths = { NULL, 0, 0 };
	size_t i;

	paths_add(&paths, campaign_path(campaign, "artifacts", folder), NULL);
	for (i = 0; i < paths.nr; i++) {
		const char *base = strrchr(paths.path[i], '/') + 1;

		if (names_add(&campaign->found, base))
			campaign_note(campaign, "finding %s ?", base);
	}
	campaign->untriaged = paths.nr > 0;
	paths_free(&paths);
	campaign_find(campaign, "?");
}

/* -------------------------------------------------------------------- triage */

__attribute__((noreturn)) static void
become_triage(const struct campaign *campaign)
{
	char out[CAMPAIGN_PATH], in[CAMPAIGN_PATH], table[CAMPAIGN_PATH];
	char log[CAMPAIGN_PATH];
	int file;

	setpgid(0, 0);
	file = open(campaign_path(campaign, "triage.new", table),
		    O_WRONLY | O_CREAT | O_TRUNC, 0666);
	if (file < 0 || dup2(file, STDOUT_FILENO) < 0)
		_exit(126);
	file = open(campaign_path(campaign, "triage.log", log),
		    O_WRONLY | O_CREAT | O_TRUNC, 0666);
	if (file < 0 || dup2(file, STDERR_FILENO) < 0)
		_exit(126);
	execl("/proc/self/exe", called_as(), "triage", "--target",
	      campaign->variant->target->name, "--revert",
	      campaign->variant->revert, "-o",
	      campaign_path(campaign, "triage", out),
	      campaign_path(campaign, "artifacts", in), (char *)NULL);
	_exit(127);
}

/* What the triage that just ended said. */
static void take_table(struct campaign *campaign, int status)
{
	char from[CAMPAIGN_PATH], to[CAMPAIGN_PATH];
	char *table, *at;

	if (!WIFEXITED(status) || WEXITSTATUS(status) > 1)
		return; /* stopped: the next one goes on */
	rename(campaign_path(campaign, "triage.new", from),
	       campaign_path(campaign, "triage.txt", to));
	table = campaign_table(campaign);
	at = strstr(table, " finding");
	while (at && at > table && at[-1] != '\n')
		at--;
	if (at)
		campaign_note(campaign, "triage %.*s",
			      (int)strcspn(at, ";\n"), at);
	free(table);
}

void campaign_triage(struct campaign *campaign)
{
	int status;

	if (campaign_reap(&campaign->triage, &status))
		take_table(campaign, status);
	if (campaign->triage || !campaign->untriaged)
		return;
	campaign->untriaged = false;
	campaign->triage = campaign_fork();
	if (!campaign->triage)
		become_triage(campaign);
	if (campaign->triage < 0)
		campaign->triage = 0;
}

char *campaign_table(const struct campaign *campaign)
{
	char path[CAMPAIGN_PATH];
	size_t size;
	char *table = file_read(campaign_path(campaign, "triage.txt", path),
				&size);

	return table ? table : calloc(1, 1);
}
