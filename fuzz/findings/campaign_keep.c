/* SPDX-License-Identifier: MIT */
/* campaign_keep.c: the corpus of a campaign, and what is kept of it. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "artifact.h"
#include "campaign.h"
#include "file.h"

/* ------------------------------------------------------------------- keeping */

static const char *base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

void campaign_sync(const char *path)
{
	int file = open(path, O_RDONLY);

	if (file < 0)
		return;
	fsync(file);
	close(file);
}

/*
 * Take in the entry @path. libFuzzer writes one at once; until it has, the file
 * is empty. A copy, no link: it writes the same file again when it comes to the
 * same entry again.
 */
static void keep(struct campaign *campaign, const char *path)
{
	char name[CAMPAIGN_PATH], new[CAMPAIGN_PATH], to[CAMPAIGN_PATH];
	size_t size;
	char *data;

	if (names_has(&campaign->kept, base(path)))
		return;
	data = file_read(path, &size);
	if (!data || !size) { /* a smaller one took its place, or not yet */
		free(data);
		return;
	}
	snprintf(name, sizeof(name), "kept/%s", base(path));
	campaign_path(campaign, name, to);
	campaign_path(campaign, "entry", new);
	if (!file_replace(new, data, size) || rename(new, to))
		campaign_fail(campaign, "%s: %s", to, strerror(errno));
	else
		names_add(&campaign->kept, base(path));
	campaign_sync(to);
	free(data);
}

/* Has the folder changed since? Two looks within one tick of it: who knows. */
static bool is_changed(const char *path, struct timespec *since)
{
	struct stat info;
	bool same;

	if (stat(path, &info))
		return true;
	same = info.st_mtim.tv_sec == since->tv_sec &&
	       info.st_mtim.tv_nsec == since->tv_nsec;
	*since = info.st_mtim;
	return !same || time(NULL) - info.st_mtim.tv_sec < 3;
}

void campaign_keep(struct campaign *campaign)
{
	char corpus[CAMPAIGN_PATH], kept[CAMPAIGN_PATH];
	struct paths paths = { NULL, 0, 0 };
	size_t before = campaign->kept.nr, i;

	campaign_path(campaign, "corpus", corpus);
	if (!is_changed(corpus, &campaign->corpus_time))
		return;
	if (!paths_add(&paths, corpus, NULL))
		campaign_fail(campaign, "%s: %s", corpus, strerror(errno));
	for (i = 0; i < paths.nr && !*campaign->trouble; i++)
		keep(campaign, paths.path[i]);
	campaign->nr_corpus = (unsigned int)paths.nr;
	paths_free(&paths);
	if (before == campaign->kept.nr)
		return;
	campaign_sync(campaign_path(campaign, "kept", kept));
	for (i = before; i < campaign->kept.nr; i++)
		campaign_note(campaign, "new %s", campaign->kept.name[i]);
}

/* ------------------------------------------------------------------- dropping */

/* The files of @folder that hold these bytes, all taken away if @drop. */
static unsigned int equal_below(const char *folder, const char *data,
				size_t size, bool drop)
{
	struct paths paths = { NULL, 0, 0 };
	unsigned int nr = 0;
	struct stat info;
	size_t i, other_size;

	paths_add(&paths, folder, NULL);
	for (i = 0; i < paths.nr; i++) {
		char *other;

		if (stat(paths.path[i], &info) || (size_t)info.st_size != size)
			continue;
		other = file_read(paths.path[i], &other_size);
		if (other && other_size == size && !memcmp(other, data, size))
			nr += !drop || !unlink(paths.path[i]);
		free(other);
	}
	paths_free(&paths);
	return nr;
}

unsigned int campaign_drop(struct campaign *campaign, const char *path)
{
	char folder[CAMPAIGN_PATH];
	unsigned int nr = 0;
	size_t size;
	char *data = file_read(path, &size);

	if (!data)
		return 0;
	nr += equal_below(campaign_path(campaign, "corpus", folder), data,
			  size, true);
	nr += equal_below(campaign_path(campaign, "kept", folder), data, size,
			  true);
	free(data);
	return nr;
}

/* -------------------------------------------------------------------- loading */

/* A seed is an entry, unless it is one already, or a finding. */
static bool take_seed(struct campaign *campaign, const char *path)
{
	char name[CAMPAIGN_PATH], to[CAMPAIGN_PATH], found[CAMPAIGN_PATH];
	bool good;
	size_t size;
	char *data = file_read(path, &size);

	if (!data)
		return campaign_fail(campaign, "%s: %s", path, strerror(errno));
	snprintf(name, sizeof(name), "kept/%s", base(path));
	campaign_path(campaign, name, to);
	good = !access(to, F_OK) ||
	       equal_below(campaign_path(campaign, "artifacts", found), data,
			   size, false) ||
	       file_replace(to, data, size);
	free(data);
	return good ||
	       campaign_fail(campaign, "%s: %s", to, strerror(errno));
}

bool campaign_load(struct campaign *campaign)
{
	struct paths paths = { NULL, 0, 0 };
	char kept[CAMPAIGN_PATH];
	bool good = true;
	size_t i;

	if (campaign->seeds && !paths_add(&paths, campaign->seeds, NULL))
		return campaign_fail(campaign, "%s: %s", campaign->seeds,
				     strerror(errno));
	for (i = 0; i < paths.nr && good; i++)
		good = take_seed(campaign, paths.path[i]);
	paths_free(&paths);
	if (!paths_add(&paths, campaign_path(campaign, "kept", kept), NULL))
		good = campaign_fail(campaign, "%s: %s", kept, strerror(errno));
	for (i = 0; i < paths.nr; i++)
		names_add(&campaign->kept, base(paths.path[i]));
	paths_free(&paths);
	return good;
}

/* ------------------------------------------------------------------- playing */

static void play(struct campaign *campaign, size_t from)
{
	const struct run_options options = { .observers = { record_observer(
						     campaign->record) } };
	const struct target *target = campaign->variant->target;
	static struct artifact artifact;
	char name[CAMPAIGN_PATH], path[CAMPAIGN_PATH];

	for (; from < campaign->kept.nr; from++) {
		snprintf(name, sizeof(name), "kept/%s",
			 campaign->kept.name[from]);
		if (artifact_load(&artifact,
				  campaign_path(campaign, name, path)))
			continue;
		engine_run(campaign->engine, target, &artifact.program,
			   &options);
		coverage_add(&campaign->coverage, campaign->engine,
			     campaign->record);
	}
}

/* In a child: entries of another build of the target may kill it. */
void campaign_play(struct campaign *campaign)
{
	size_t from = campaign->nr_played;
	int status;

	campaign_reap(&campaign->player, &status);
	if (campaign->player || from == campaign->kept.nr)
		return;
	campaign->nr_played = campaign->kept.nr;
	campaign->player = campaign_fork();
	if (!campaign->player) {
		play(campaign, from);
		_exit(0);
	}
	if (campaign->player < 0)
		campaign->player = 0;
}
