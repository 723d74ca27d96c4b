/* SPDX-License-Identifier: MIT */
/* campaign_find.c: the findings of a campaign, noted. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "artifact.h"
#include "campaign.h"
#include "file.h"

bool campaign_is_written(const char *path)
{
	static const char nothing[] = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
	struct stat info;

	return !stat(path, &info) && (info.st_size || strstr(path, nothing));
}

struct campaign_build *campaign_found_by(struct campaign *campaign,
					 const char *name)
{
	size_t length = strcspn(name, "/");
	unsigned int i;

	for (i = 0; i < campaign->nr_builds; i++) {
		struct campaign_build *build = &campaign->builds[i];

		if (name[length] ? strlen(build->name) == length &&
					   !strncmp(build->name, name, length) :
				   !*build->name)
			return build;
	}
	return NULL;
}

/* It is one of the campaign now. Returns: false if it was. */
static bool is_new(struct campaign *campaign, const char *name)
{
	struct campaign_build *build = campaign_found_by(campaign, name);

	if (!names_add(&campaign->found, name))
		return false;
	if (build)
		build->found++;
	return true;
}

/* @name of raw/, which may be one that was found before. */
static void find(struct campaign *campaign, const char *path, const char *name,
		 const char *id)
{
	char to[CAMPAIGN_PATH], file[CAMPAIGN_PATH];

	if (!campaign_is_written(path))
		return;
	if (snprintf(file, sizeof(file), "artifacts/%s", name) >=
	    (int)sizeof(file))
		return;
	campaign_path(campaign, file, to);
	if (!file_make_way(to) || rename(path, to)) {
		campaign_fail(campaign, "%s: %s", to, strerror(errno));
		return;
	}
	campaign_sync(to);
	*strrchr(to, '/') = '\0';
	campaign_sync(to);
	if (!is_new(campaign, name))
		return;
	campaign_note(campaign, "finding %s %s", name, id);
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
		find(campaign, paths.path[i],
		     paths.path[i] + strlen(folder) + 1, id);
	paths_free(&paths);
}

void campaign_find_noted(struct campaign *campaign, const char *name)
{
	is_new(campaign, name);
}

/* What a killed campaign moved and did not come to report. */
void campaign_find_again(struct campaign *campaign)
{
	char folder[CAMPAIGN_PATH];
	struct paths paths = { NULL, 0, 0 };
	size_t i;

	paths_add(&paths, campaign_path(campaign, "artifacts", folder), NULL);
	for (i = 0; i < paths.nr; i++) {
		const char *name = paths.path[i] + strlen(folder) + 1;

		if (is_new(campaign, name))
			campaign_note(campaign, "finding %s ?", name);
	}
	campaign->untriaged = paths.nr > 0;
	paths_free(&paths);
	campaign_find(campaign, "?");
}
