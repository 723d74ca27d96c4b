/* SPDX-License-Identifier: MIT */
/*
 * campaign_builds.c: the builds of a campaign, and whose turn it is.
 *
 * With several, a process lasts for a turn: so many seconds for each of its
 * build's shares. The next turn is that of the build that has had least for its
 * share (stride scheduling, Waldspurger 1995), so that with one worker all have
 * theirs, one after the other. Turns are short at first and grow: a process
 * plays the corpus before it fuzzes.
 *
 * A build may come later. Its fuzzer is there when the file is, which whoever
 * makes it moves or links there whole; a file FOLDER.failed beside the fuzzer's
 * folder says, in a line, that it will not come. From then on, not from the
 * beginning, it is owed its share.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "campaign.h"
#include "complain.h"
#include "file.h"

#define QUANTUM_MIN 2.0 /* seconds a share */
#define QUANTUM_MAX 60.0

/* -------------------------------------------------------------------- choice */

/* @fuzzer with the name in the place of its %. */
static bool name_fuzzer(struct campaign_build *build, const char *fuzzer)
{
	const char *at = strchr(fuzzer, '%');
	int size;

	if (!*build->name)
		size = snprintf(build->fuzzer, CAMPAIGN_PATH, "%s", fuzzer);
	else if (!at)
		return false;
	else
		size = snprintf(build->fuzzer, CAMPAIGN_PATH, "%.*s%s%s",
				(int)(at - fuzzer), fuzzer, build->name,
				at + 1);
	return size < CAMPAIGN_PATH;
}

static bool is_named(const struct campaign *campaign, const char *name)
{
	unsigned int i;

	for (i = 0; i < campaign->nr_builds; i++)
		if (!strcmp(campaign->builds[i].name, name))
			return true;
	return false;
}

/* "NAME" or "NAME:SHARE", @length bytes. Returns: false with trouble set. */
static bool add_build(struct campaign *campaign, const char *word, int length)
{
	struct campaign_build build = { .share = 1 };
	char rest[8] = "";
	int size = 0;

	if (length >= CAMPAIGN_NAME + 4 ||
	    sscanf(word, "%23[a-z0-9-]%n", build.name, &size) != 1 ||
	    (size < length &&
	     (sscanf(word + size, ":%2u%7[^,]", &build.share, rest) != 1 ||
	      !build.share || build.share > CAMPAIGN_SHARE_MAX)))
		return campaign_fail(campaign,
				     "--builds: \"%.*s\" is not "
				     "NAME or NAME:SHARE, a share of 1 to %d",
				     length, word, CAMPAIGN_SHARE_MAX);
	if (is_named(campaign, build.name))
		return campaign_fail(campaign, "--builds: %s is there twice",
				     build.name);
	if (campaign->nr_builds == CAMPAIGN_BUILDS_MAX)
		return campaign_fail(campaign, "--builds: at most %d",
				     CAMPAIGN_BUILDS_MAX);
	if (!name_fuzzer(&build, campaign->fuzzer[0]))
		return campaign_fail(campaign,
				     "--builds: %s has no %% where "
				     "the name of a build goes",
				     campaign->fuzzer[0]);
	campaign->builds[campaign->nr_builds++] = build;
	return true;
}

bool campaign_choose_builds(struct campaign *campaign, const char *list)
{
	struct campaign_build *only = &campaign->builds[0];
	int length;

	if (!list) {
		campaign->nr_builds = 1;
		only->share = 1;
		return name_fuzzer(only, campaign->fuzzer[0]) ||
		       campaign_fail(campaign, "%s: too long",
				     campaign->fuzzer[0]);
	}
	for (;; list += length + 1) {
		length = (int)strcspn(list, ",");
		if (!add_build(campaign, list, length))
			return false;
		if (!list[length])
			return true;
	}
}

/* ------------------------------------------------------------------- waiting */

/* How much of its share a build has had. */
static double passed(const struct campaign_build *build)
{
	return build->used / build->share;
}

static struct campaign_build *least(struct campaign *campaign)
{
	struct campaign_build *best = NULL;
	unsigned int i;

	for (i = 0; i < campaign->nr_builds; i++) {
		struct campaign_build *build = &campaign->builds[i];

		if (build->state == BUILD_READY &&
		    (!best || passed(build) < passed(best)))
			best = build;
	}
	return best;
}

static void build_comes(struct campaign *campaign, struct campaign_build *build)
{
	const struct campaign_build *other = least(campaign);

	if (other && passed(build) < passed(other))
		build->used = passed(other) * build->share;
	build->state = BUILD_READY;
	if (*build->name)
		campaign_note(campaign, "build %s is there", build->name);
}

static void build_fails(struct campaign *campaign, struct campaign_build *build,
			const char *why)
{
	build->state = BUILD_BROKEN;
	campaign_note(campaign, "build %s fails, %s", build->name, why);
	complain(NULL, "build %s fails, %s; going on without it", build->name,
		 why);
}

/* Does DIR.failed say that DIR/FUZZER will not come? */
static void ask_failure(struct campaign *campaign, struct campaign_build *build)
{
	const char *slash = strrchr(build->fuzzer, '/');
	char path[CAMPAIGN_PATH + 8];
	size_t size;
	char *why;

	if (!slash)
		return;
	snprintf(path, sizeof(path), "%.*s.failed",
		 (int)(slash - build->fuzzer), build->fuzzer);
	why = file_read(path, &size);
	if (why) {
		why[strcspn(why, "\n")] = '\0';
		build_fails(campaign, build, why);
	}
	free(why);
}

void campaign_await_builds(struct campaign *campaign)
{
	unsigned int i, left = 0;

	for (i = 0; i < campaign->nr_builds; i++) {
		struct campaign_build *build = &campaign->builds[i];

		if (build->state == BUILD_AWAITED) {
			if (!access(build->fuzzer, X_OK))
				build_comes(campaign, build);
			else
				ask_failure(campaign, build);
		}
		left += build->state != BUILD_BROKEN;
	}
	if (!left)
		campaign_fail(campaign, "no build is left to fuzz with");
}

void campaign_false_start(struct campaign *campaign, unsigned int nr)
{
	struct campaign_build *build = campaign->workers[nr].build;
	char why[64 + CAMPAIGN_NAME];

	if (++build->false_starts < CAMPAIGN_FALSE_STARTS ||
	    build->state == BUILD_BROKEN)
		return;
	if (campaign->nr_builds == 1) {
		campaign_fail(campaign,
			      "the fuzzer ends before it begins; see "
			      "%s/worker-%u%s%s.log",
			      campaign->dir, nr, *build->name ? "-" : "",
			      build->name);
		return;
	}
	snprintf(why, sizeof(why), "it ends before it begins: worker-%u-%s.log",
		 nr, build->name);
	build_fails(campaign, build, why);
}

/* --------------------------------------------------------------------- turns */

/* Seconds a share; of a campaign with an end so that all have had theirs by then. */
static double quantum(const struct campaign *campaign)
{
	double shares = 0, seconds;
	unsigned int i;

	for (i = 0; i < campaign->nr_builds; i++)
		if (campaign->builds[i].state != BUILD_BROKEN)
			shares += campaign->builds[i].share;
	seconds = (campaign_now() - campaign->began) / (2 * shares);
	if (seconds < QUANTUM_MIN)
		seconds = QUANTUM_MIN;
	if (seconds > QUANTUM_MAX)
		seconds = QUANTUM_MAX;
	if (campaign->limit &&
	    seconds > (double)campaign->limit * campaign->jobs / shares)
		seconds = (double)campaign->limit * campaign->jobs / shares;
	return seconds < 1 ? 1 : seconds;
}

bool campaign_turn(struct campaign *campaign, struct campaign_worker *worker)
{
	struct campaign_build *build = least(campaign);

	if (!build)
		return false;
	worker->build = build;
	worker->turn = 0;
	if (campaign->nr_builds > 1)
		worker->turn = quantum(campaign) * build->share;
	build->used += worker->turn;
	return true;
}

void campaign_turn_ended(struct campaign_worker *worker)
{
	double had = campaign_now() - worker->started;

	if (had < CAMPAIGN_RESTART_S) /* for so long nobody else has had it */
		had = CAMPAIGN_RESTART_S;
	worker->build->used += had - worker->turn;
}

/* -------------------------------------------------------------------- totals */

void campaign_read_builds(struct campaign *campaign, FILE *file)
{
	char name[CAMPAIGN_NAME];
	unsigned int i;
	double used;

	while (fscanf(file, " build %23s seconds %lf", name, &used) == 2)
		for (i = 0; i < campaign->nr_builds; i++)
			if (!strcmp(campaign->builds[i].name, name))
				campaign->builds[i].used = used;
}

size_t campaign_print_builds(const struct campaign *campaign, char *text,
			     size_t size)
{
	size_t at = 0;
	unsigned int i;

	for (i = 0; i < campaign->nr_builds; i++) {
		const struct campaign_build *build = &campaign->builds[i];

		if (*build->name)
			at += (size_t)snprintf(text + at, size - at,
					       "build %s seconds %.0f\n",
					       build->name, build->used);
	}
	ensure(at < size);
	return at;
}
