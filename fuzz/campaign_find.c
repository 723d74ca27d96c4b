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
#include "campaign.h"
#include "file.h"
#include "triage.h"

static void sync_file(const char *path)
{
	int file = open(path, O_RDONLY);

	if (file < 0)
		return;
	fsync(file);
	close(file);
}

static bool is_empty(const char *path)
{
	struct stat info;

	return stat(path, &info) || !info.st_size;
}

/*
 * An empty artifact is one that is being written, but for the empty program:
 * as soon as nobody writes any more it counts.
 */
void campaign_find(struct campaign *campaign, const char *id)
{
	char folder[CAMPAIGN_PATH];
	struct paths paths = { NULL, 0, 0 };
	size_t i;

	if (!paths_add(&paths, campaign_path(campaign, "artifacts", folder),
		       NULL))
		campaign_fail(campaign, "%s: %s", folder, strerror(errno));
	for (i = 0; i < paths.nr; i++) {
		const char *path = paths.path[i];
		const char *name = strrchr(path, '/') + 1;

		if (names_has(&campaign->found, name) ||
		    (is_empty(path) && !strcmp(id, "?")))
			continue;
		names_add(&campaign->found, name);
		sync_file(path);
		sync_file(folder);
		campaign_note(campaign, "finding %s %s", name, id);
		campaign->untriaged = true;
	}
	paths_free(&paths);
}

/* -------------------------------------------------------------------- triage */

/* A triage of another build of the targets cannot be gone on with. */
static const char *triage_folder(const struct campaign *campaign,
				 char path[CAMPAIGN_PATH])
{
	char name[32];

	snprintf(name, sizeof(name), "triage-%08x", triage_build());
	return campaign_path(campaign, name, path);
}

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
	execl("/proc/self/exe", "pagerace", "triage", "--target",
	      campaign->variant->target->name, "--revert",
	      campaign->variant->revert, "-o", triage_folder(campaign, out),
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
