/* SPDX-License-Identifier: MIT */
/* contest_rows.c: what is looked for, and the stories of it (contest.h). */
#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "build.h"
#include "contest.h"
#include "ensure.h"
#include "input.h"

static bool fail(struct contest *contest, const char *what, const char *why)
{
	snprintf(contest->trouble, sizeof(contest->trouble), "%.600s: %s", what,
		 why);
	return false;
}

/* ----------------------------------------------------------------- stories */

/* Is what @sanitizer alone sees seen in this build? "": everybody sees it. */
static bool is_seen(const char *sanitizer)
{
	const struct sanitizer *of =
		sanitizer_find(sanitizer, strlen(sanitizer));

	if (!strcmp(sanitizer, "plain"))
		return *BUILD_PLAIN;
	return !*sanitizer || (of && of->on);
}

/* Whose story is it? NULL: nobody's here, or nothing is found in it. */
static const struct variant *variant_of(const struct input *input)
{
	const struct text_head *head = &input->head;

	if (!*head->expect || !strcmp(head->expect, "clean") ||
	    !is_seen(head->sanitizer) || !targets_find(head->target, NULL))
		return NULL;
	return targets_find(head->target, head->revert);
}

/* The first story of each counts. */
static void take_story(struct contest *contest, const char *path)
{
	static struct input input;
	const struct variant *variant;
	unsigned int i;

	if (!input_is_named_text(path) || !input_load(&input, path))
		return;
	variant = variant_of(&input);
	for (i = 0; i < contest->nr_rows; i++) {
		struct contest_row *row = &contest->rows[i];

		if (row->variant != variant || *row->story)
			continue;
		input.program.nr_switches = 0;
		memset(input.program.switches, 0,
		       sizeof(input.program.switches));
		if (!input_fit(&input, variant->target))
			continue;
		snprintf(row->story, sizeof(row->story), "%s", path);
		row->program = input.program;
	}
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static void take_folder(struct contest *contest, const char *corpus,
			const char *folder)
{
	char path[PATH_MAX];
	char *const paths[] = { path, NULL };
	FTS *fts;
	FTSENT *entry;

	snprintf(path, sizeof(path), "%s/%s", corpus, folder);
	fts = fts_open(paths, FTS_LOGICAL | FTS_NOCHDIR, by_name);
	ensure(fts);
	while ((entry = fts_read(fts)))
		if (entry->fts_info == FTS_F)
			take_story(contest, entry->fts_path);
	fts_close(fts);
}

static bool take_stories(struct contest *contest, const char *corpus)
{
	static const char *const folders[] = { "bugs", "mistakes", "barriers",
					       "plain" };
	unsigned int i, nr = 3 + (*BUILD_PLAIN != '\0');

	if (access(corpus, R_OK | X_OK))
		return fail(contest, corpus, strerror(errno));
	for (i = 0; i < nr; i++)
		take_folder(contest, corpus, folders[i]);
	return true;
}

/* -------------------------------------------------------------------- rows */

static bool is_named(const char *name, char *const *names)
{
	unsigned int i;

	for (i = 0; names[i]; i++)
		if (!strcmp(names[i], name))
			return true;
	return !i;
}

/* The caller's name for it, with TARGET_REVERT in the place of %. */
static void name_fuzzer(const char *pattern, const struct variant *variant,
			bool plain, char path[PATH_MAX])
{
	int before = (int)strcspn(pattern, "%");
	const char *behind = pattern + before + (pattern[before] == '%');
	char name[2 * TEXT_WORD_MAX], *at;

	snprintf(name, sizeof(name), "%s%s%s", variant->target->name,
		 plain ? "" : "_", plain ? "" : variant->revert);
	for (at = name; *at; at++)
		if (*at == '-')
			*at = '_';
	snprintf(path, PATH_MAX, "%.*s%s%s", before, pattern, name, behind);
}

static void add_row(struct contest *contest, const struct variant *variant)
{
	struct contest_row *row = &contest->rows[contest->nr_rows++];
	bool plain = !strcmp(variant->revert, "none");

	ensure(contest->nr_rows <= CONTEST_ROWS);
	row->variant = variant;
	row->name = plain ? variant->target->name : variant->revert;
	if (contest->pattern)
		name_fuzzer(contest->pattern, variant, plain, row->fuzzer);
	else if (*variant->sibling)
		snprintf(row->fuzzer, sizeof(row->fuzzer), "%s/%s",
			 contest->fuzzers, variant->sibling);
}

/* Targets as they are: those of which nobody knows anything wrong. */
static void drop_sound_ones(struct contest *contest)
{
	unsigned int i, nr = 0;

	for (i = 0; i < contest->nr_rows; i++) {
		const struct contest_row *row = &contest->rows[i];

		if (strcmp(row->variant->revert, "none") || *row->story)
			contest->rows[nr++] = *row;
	}
	contest->nr_rows = nr;
}

/* Each name is one of a row. */
static bool names_exist(struct contest *contest, char *const *names)
{
	unsigned int i, row;

	for (i = 0; names[i]; i++) {
		for (row = 0; row < contest->nr_rows; row++)
			if (!strcmp(contest->rows[row].name, names[i]))
				break;
		if (row == contest->nr_rows)
			return fail(contest, names[i],
				    "no revert, mistake or target of which "
				    "there is something to find");
	}
	return contest->nr_rows ||
	       fail(contest, "nothing", "is known to be wrong here");
}

static bool fuzzers_exist(struct contest *contest)
{
	unsigned int i;

	for (i = 0; i < contest->nr_rows; i++) {
		const struct contest_row *row = &contest->rows[i];

		if (!*row->variant->sanitizer && access(row->fuzzer, X_OK))
			return fail(contest,
				    *row->fuzzer ? row->fuzzer : row->name,
				    "its fuzz target was not built");
	}
	return true;
}

bool contest_fill(struct contest *contest, const char *corpus,
		  const char *target, char *const *names)
{
	const struct variant *variant;

	contest->rows = calloc(CONTEST_ROWS, sizeof(*contest->rows));
	ensure(contest->rows);
	for (variant = variants; variant->target; variant++) {
		bool plain = !strcmp(variant->revert, "none");

		if ((!target || !strcmp(variant->target->name, target)) &&
		    is_seen(variant->sanitizer) &&
		    is_named(plain ? variant->target->name : variant->revert,
			     names))
			add_row(contest, variant);
	}
	if (!take_stories(contest, corpus))
		return false;
	drop_sound_ones(contest);
	return names_exist(contest, names) && fuzzers_exist(contest);
}
