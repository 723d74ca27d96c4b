/* SPDX-License-Identifier: MIT */
/* sweep.c: see sweep.h. */
#include "sweep.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bug_text.h"
#include "clock.h"
#include "file.h"
#include "hash.h"
#include "output.h"
#include "plural.h"

/* ----------------------------------------------------------------- findings */

static bool keep_bug(struct systematic *systematic,
		     const struct program *program,
		     const struct explored_bug *bug)
{
	struct sweep *sweep = systematic->arg;
	const struct bug_scope scope = {
		.variant = sweep->variant,
		.program = program,
		.worker = sweep->worker,
		.sanitizer = "",
		.kind = "",
		.which = " of this program",
	};
	char text[BUG_TEXT_MAX], path[PATH_MAX];
	size_t size = bug_text(&scope, bug, text);
	unsigned int nr = 0, i;

	for (i = 0; i < systematic->nr_bugs; i++)
		nr += !strcmp(systematic->bugs[i].id, bug->id);
	ticker_end(&sweep->ticker);
	if (!size) {
		printf("%s: %u switches do not fit into a program\n", bug->id,
		       bug->nr_taken);
		return true;
	}
	if (!sweep->options->output) {
		printf("\n%.*s\n", (int)size, text);
		return true;
	}
	do
		snprintf(path, sizeof(path), "%s/%s-%u.prog",
			 sweep->options->output, bug->id, nr++);
	while (!access(path, F_OK));
	if (!file_replace(path, text, size)) {
		complain(path, "%s", strerror(errno));
		printf("\n%.*s\n", (int)size, text);
		return false;
	}
	printf("finding %s: %s %s\n", path, bug->crashed ? "in" : "conflict",
	       bug->steps[0]);
	fflush(stdout);
	return true;
}

/* -------------------------------------------------------------- open, close */

/* What a ledger is good for: this target as it was built, and this sweep. */
static uint32_t sweep_key(const struct sweep *sweep, const char *about)
{
	const struct target *target = sweep->variant->target;
	uint32_t key = hash_string(HASH_START, target->name);
	const struct site *site;

	key = hash_string(key, sweep->variant->revert);
	key = hash_string(key, about);
	for (site = target->sites; site < target->sites_end; site++)
		key += hash_word(site->hash, site->id);
	return key;
}

static const struct variant *chosen_variant(const struct options *options)
{
	static struct input nothing;

	memset(&nothing, 0, sizeof(nothing));
	program_clear(&nothing.program);
	return input_variant(&nothing, options);
}

static bool open_ledger(struct sweep *sweep, const char *about)
{
	const char *folder = sweep->options->output, *trouble;
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/ledger", folder ? folder : "");
	if (folder &&
	    (!output_folder_is_possible(folder) || !file_make_way(path)))
		return false;
	trouble = ledger_open(&sweep->ledger, folder ? path : NULL,
			      sweep_key(sweep, about));
	if (trouble)
		complain(path, "%s", trouble);
	return !trouble;
}

bool sweep_open(struct sweep *sweep, const struct options *options,
		const char *about)
{
	struct systematic *systematic = &sweep->systematic;

	sweep->options = options;
	if (options->jobs > JOBS_MAX) {
		complain(NULL, "at most %d jobs", JOBS_MAX);
		return false;
	}
	sweep->variant = chosen_variant(options);
	if (!sweep->variant || !open_ledger(sweep, about))
		return false;
	sweep->stopped = command_stop();
	sweep->player = player_open();
	systematic->target = sweep->variant->target;
	systematic->ledger = &sweep->ledger;
	systematic->found = keep_bug;
	systematic->arg = sweep;
	systematic->pool = pool_open(command_jobs(options, JOBS_MAX),
				     systematic->target, &sweep->player->engine,
				     &sweep->player->record);
	sweep->worker = worker_open(&sweep->player->engine,
				    &sweep->player->record, systematic->target,
				    NULL);
	sweep->began = clock_seconds();
	return true;
}

void sweep_close(struct sweep *sweep)
{
	pool_close(sweep->systematic.pool);
	worker_close(sweep->worker);
	ledger_close(&sweep->ledger);
}

/* ------------------------------------------------------------------ under way */

bool sweep_is_over(const struct sweep *sweep)
{
	return *sweep->stopped ||
	       (sweep->options->time &&
		clock_seconds() - sweep->began >= (double)sweep->options->time);
}

bool sweep_is_full(const struct sweep *sweep)
{
	return sweep_is_over(sweep) ||
	       (options_given(sweep->options, 'M') &&
		sweep->given >= sweep->options->programs);
}

void sweep_done(struct sweep *sweep, const struct entry *entry,
		const struct entry *before)
{
	tally_add(&sweep->all, entry, 1);
	if (before)
		tally_add(&sweep->all, before, -1);
}

void sweep_limit(struct sweep *sweep, unsigned long runs)
{
	sweep->systematic.limits = (struct enumerate_limits){ runs, runs };
}

static void say_how_far(struct sweep *sweep)
{
	char schedules[32], of[48] = "";

	if (!ticker_due(&sweep->ticker))
		return;
	if (sweep->of)
		snprintf(of, sizeof(of), " of %lu", sweep->of);
	ticker_say(&sweep->ticker,
		   "%s: %lu%s programs, %lu completely, %s schedules, %u "
		   "distinct finding%s, %.0f s",
		   sweep->doing, sweep->all.programs, of, sweep->all.complete,
		   ticker_number(sweep->all.schedules, schedules),
		   sweep->systematic.nr_bugs, plural(sweep->systematic.nr_bugs),
		   clock_seconds() - sweep->began);
}

bool sweep_run(struct sweep *sweep)
{
	ticker_begin(&sweep->ticker);
	while (!sweep_is_over(sweep) && systematic_work(&sweep->systematic))
		say_how_far(sweep);
	ticker_end(&sweep->ticker);
	if (sweep->systematic.trouble)
		complain(NULL, "%s", sweep->systematic.trouble);
	return !sweep->systematic.trouble;
}

/* ------------------------------------------------------------------- figures */

void sweep_head(const char *what)
{
	printf("%-28s  %8s  %8s  %8s  %11s  %9s  %8s  %8s\n", what, "programs",
	       "complete", "bounded", "schedules", "redundant", "findings",
	       "seconds");
}

void sweep_row(const char *what, const struct tally *tally)
{
	printf("%-28s  %8lu  %8lu  %8lu  %11lu  %9lu  %8lu  %8.1f\n", what,
	       tally->programs, tally->complete, tally->bounded,
	       tally->schedules, tally->redundant, tally->findings,
	       tally->seconds);
}

static bool said_before(const struct systematic *systematic, unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < nr; i++)
		if (!strcmp(systematic->bugs[i].id, systematic->bugs[nr].id))
			return true;
	return false;
}

int sweep_conclude(struct sweep *sweep)
{
	const struct systematic *systematic = &sweep->systematic;
	const struct tally *all = &sweep->all;
	const char *before = " (";
	unsigned int i;

	printf("%lu program%s: %lu with all their schedules, %lu with all up to "
	       "%d preemptions, %lu in part\n",
	       all->programs, plural(all->programs), all->complete,
	       all->bounded, ENUMERATE_BOUND,
	       all->programs - all->complete - all->bounded);
	printf("%lu schedule%s (%lu redundant): %lu finding%s", all->schedules,
	       plural(all->schedules), all->redundant, all->findings,
	       plural(all->findings));
	for (i = 0; i < systematic->nr_bugs; i++)
		if (!said_before(systematic, i)) {
			printf("%s%s", before, systematic->bugs[i].id);
			before = ", ";
		}
	printf("%s\n", systematic->nr_bugs ? ")" : "");
	if (all->findings && sweep->options->output)
		printf("files: %s; pagerace triage groups them\n",
		       sweep->options->output);
	return all->findings ? EXIT_EXPECTED : EXIT_UNEXPECTED;
}
