/* SPDX-License-Identifier: MIT */
/*
 * cmd_triage.c: pagerace triage: folders of artifacts become a table of bugs.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "ticker.h"
#include "triage.h"

struct campaign {
	struct ticker ticker;
	struct paths paths;
	size_t nr_played;
	FILE *clean; /* names of those that show nothing go there, or NULL */
	char minimizing[128]; /* end of the path */
};

static void show_progress(struct triage *triage, const char *doing,
			  const char *path)
{
	struct campaign *campaign = triage->arg;
	const char *slash = path ? strrchr(path, '/') : NULL;

	if (path)
		snprintf(campaign->minimizing, sizeof(campaign->minimizing),
			 "%s", slash ? slash + 1 : path);
	if (ticker_due(&campaign->ticker))
		ticker_say(&campaign->ticker,
			   "%zu of %zu files played, %zu findings, %zu groups; "
			   "%s %s",
			   campaign->nr_played, campaign->paths.nr,
			   triage->nr_finds, triage->nr_groups, doing,
			   campaign->minimizing);
}

/* Play all files. Returns: false if it was stopped or there is trouble. */
static bool play_all(struct triage *triage, struct campaign *campaign,
		     bool verbose)
{
	const struct paths *paths = &campaign->paths;
	unsigned long clean;
	const char *why;
	size_t i;

	for (i = 0; i < paths->nr; i++) {
		clean = triage->nr_clean;
		if (!triage_play(triage, paths->path[i], &why))
			return false;
		campaign->nr_played++;
		if (campaign->clean && triage->nr_clean != clean)
			fprintf(campaign->clean, "%s\n", paths->path[i]);
		if (!why || (!verbose && !input_is_named_text(paths->path[i])))
			continue;
		ticker_end(&campaign->ticker);
		fprintf(stderr, "%s: skipped: %s\n", paths->path[i], why);
	}
	return true;
}

static int broken_off(const struct triage *triage, struct campaign *campaign)
{
	ticker_end(&campaign->ticker);
	if (*triage->trouble)
		fprintf(stderr, "%s\n", triage->trouble);
	else
		complain(NULL, "stopped; %s", triage->out ?
			 "the same command goes on from here" :
			 "with -o OUT the next run would go on from here");
	return EXIT_TROUBLE;
}

static int triage_all(struct triage *triage, struct campaign *campaign,
		      bool verbose)
{
	ticker_begin(&campaign->ticker);
	if (!play_all(triage, campaign, verbose) || !triage_group(triage))
		return broken_off(triage, campaign);
	ticker_end(&campaign->ticker);
	triage_print(triage, stdout);
	if (!triage->nr_finds && !triage->nr_clean)
		complain(NULL, "triage: no artifact among %zu files",
			 campaign->paths.nr);
	return triage->nr_finds ? EXIT_EXPECTED : EXIT_UNEXPECTED;
}

static bool find_files(struct campaign *campaign, char **folders, int nr,
		       const char *out)
{
	int i;

	for (i = 0; i < nr; i++)
		if (!paths_add(&campaign->paths, folders[i], out)) {
			complain(folders[i], "%s", strerror(errno));
			return false;
		}
	paths_sort(&campaign->paths);
	return true;
}

static bool open_clean(struct campaign *campaign, const char *path)
{
	if (!path)
		return true;
	campaign->clean = fopen(path, "we");
	if (!campaign->clean)
		complain(path, "%s", strerror(errno));
	return campaign->clean;
}

/* Returns: the exit code, @result unless that file could not be written. */
static int close_clean(struct campaign *campaign, const char *path, int result)
{
	if (!campaign->clean || !fclose(campaign->clean))
		return result;
	complain(path, "%s", strerror(errno));
	return EXIT_TROUBLE;
}

/* With --revert or --target all files run on that. */
static bool choose_variant(struct triage *triage, const struct options *options)
{
	const struct variant *variant = input_variant(NULL, options);

	if (!variant)
		return false;
	triage->target = options->target;
	if (options->revert)
		triage->variant = variant;
	return true;
}

static int run(int argc, char **argv)
{
	static struct triage triage;
	static struct campaign campaign;
	struct options options;
	struct player *player;
	int result, at = options_parse(&command_triage, argc, argv, "trovY",
				       &options);

	if (at < 0)
		return -1 - at;
	if (at == argc) {
		complain(NULL, "triage: no folder");
		return EXIT_TROUBLE;
	}
	triage.out = options.output;
	triage.stop = command_stop();
	triage.progress = show_progress;
	triage.arg = &campaign;
	if (!choose_variant(&triage, &options) ||
	    !find_files(&campaign, argv + at, argc - at, triage.out) ||
	    !open_clean(&campaign, options.clean))
		return EXIT_TROUBLE;
	player = player_open();
	triage.engine = &player->engine;
	triage.record = &player->record;
	if (!triage_open(&triage)) {
		fprintf(stderr, "%s\n", triage.trouble);
		return EXIT_TROUBLE;
	}
	if (*triage.aside)
		fprintf(stderr,
			"%s/journal: of another build; begun anew, "
			"what it had is in %s\n",
			triage.out, triage.aside);
	result = triage_all(&triage, &campaign, options.verbose);
	result = close_clean(&campaign, options.clean, result);
	triage_close(&triage);
	paths_free(&campaign.paths);
	return result;
}

const struct command command_triage = {
	.name = "triage",
	.about =
		"Group the artifacts of fuzzing engines, one of each minimized.",
	.usage = "[option...] DIR...",
	.help = "  DIR                 searched with all folders in it, hidden ones\n"
		"                      aside: crash-*, AFL's queue, ClusterFuzz's\n"
		"                      test cases, *.bin, *.prog; logs are skipped,\n"
		"                      journals and traces of ours passed over\n"
		"  -o, --output OUT    folder for OUT/VARIANT/CHECKER-N.prog, one for\n"
		"                      each group, and for a journal: a second run\n"
		"                      goes on where the first was stopped; after a\n"
		"                      rebuild it begins anew, and what was there\n"
		"                      goes to OUT/before-N\n"
		"  --revert NAME|none  what all files run on; left out: what a text or\n"
		"                      the nearest folder on the path names (REVERT,\n"
		"                      TARGET-REVERT), else the target as it is, or\n"
		"                      the first of its reverts that shows a finding\n"
		"  --target NAME       that target, not core\n"
		"  --clean FILE        where the names of files that show nothing go,\n"
		"                      a line each\n"
		"  --verbose           name each file that is skipped, and why; of a\n"
		"                      *.prog it is said always\n"
		"exit: 0 findings, 1 none, 2 trouble or stopped\n",
	.run = run,
};
