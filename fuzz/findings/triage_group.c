/* SPDX-License-Identifier: MIT */
/* triage_group.c: finds become piles, piles become groups (triage.h). */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "decided.h"
#include "file.h"
#include "fit.h"
#include "sites.h"
#include "triage.h"

#define GROUP_TEXT_MAX (64 * 1024)

/* ------------------------------------------------------------------- groups */

static const char *path_of(const struct triage *triage,
			   const struct group *group, char path[PATH_MAX])
{
	snprintf(path, PATH_MAX, "%s/%s", triage->out, group->file);
	return path;
}

/* Does another group go by that file, or did one in an earlier run? */
static bool is_taken(const struct triage *triage, const char *file)
{
	const struct journal *journal = &triage->journal;
	size_t i;

	for (i = 0; i < triage->nr_groups; i++)
		if (!strcmp(triage->groups[i].file, file))
			return true;
	for (i = 0; i < journal->nr; i++)
		if (!strcmp(journal->notes[i].file, file))
			return true;
	return false;
}

/* "core-late-head-read/owned-twice-2.prog", the next one free. */
static void name_group(const struct triage *triage, struct group *group)
{
	const struct variant *variant = group->variant;
	bool plain = !strcmp(variant->revert, "none");
	char file[sizeof(group->file)];
	unsigned int nr = 1;

	do {
		snprintf(file, sizeof(file), "%s%s%s/%s-%u.prog",
			 variant->target->name, plain ? "" : "-",
			 plain ? "" : variant->revert, group->identity.id,
			 nr++);
	} while (is_taken(triage, file));
	strcpy(group->file, file);
}

static bool is_smaller(const struct note *note, const struct group *group)
{
	if (note->preemptions != group->preemptions)
		return note->preemptions < group->preemptions;
	return note->operations < group->operations;
}

/* What an earlier run made of the group. Returns: false if it had none. */
static bool recall_group(const struct triage *triage, struct group *group)
{
	static struct artifact artifact;
	const struct journal *journal = &triage->journal;
	char name[JOURNAL_VARIANT_MAX], path[PATH_MAX];
	struct group recalled = *group;
	size_t i;

	triage_variant_name(group->variant, name);
	for (i = 0; i < journal->nr; i++) {
		const struct note *note = &journal->notes[i];

		if (note->kind != NOTE_MINIMIZED ||
		    strcmp(note->variant, name) ||
		    !identity_equal(&note->identity, &group->identity))
			continue;
		strcpy(group->file, note->file);
		if (is_smaller(note, &recalled)) {
			recalled.preemptions = note->preemptions;
			recalled.operations = note->operations;
		}
	}
	if (!triage->out || !*group->file ||
	    artifact_load(&artifact, path_of(triage, group, path)))
		return *group->file;
	group->program = artifact.program;
	group->preemptions = recalled.preemptions;
	group->operations = recalled.operations;
	return true;
}

static struct group *new_group(struct triage *triage)
{
	if (triage->nr_groups == triage->room_groups) {
		triage->room_groups =
			triage->room_groups ? 2 * triage->room_groups : 16;
		triage->groups =
			realloc(triage->groups,
				triage->room_groups * sizeof(*triage->groups));
		ensure(triage->groups);
	}
	return &triage->groups[triage->nr_groups];
}

/* Is what @note says the finding of @group? */
static bool is_of_group(const struct group *group, const struct note *note)
{
	return identity_equal(&group->identity, &note->identity) ||
	       (*note->orders && !strcmp(group->orders, note->orders) &&
		!strcmp(group->identity.id, note->identity.id));
}

/* Returns: its number. */
static int find_group(struct triage *triage, const struct variant *variant,
		      const struct note *note)
{
	struct group *group;
	size_t i;

	for (i = 0; i < triage->nr_groups; i++)
		if (triage->groups[i].variant == variant &&
		    is_of_group(&triage->groups[i], note))
			return (int)i;
	group = new_group(triage);
	*group = (struct group){ .variant = variant,
				 .identity = note->identity,
				 .preemptions = UINT_MAX };
	strcpy(group->orders, note->orders);
	if (!recall_group(triage, group))
		name_group(triage, group);
	return (int)triage->nr_groups++;
}

/* @from: path of the artifact that it was made from. */
static bool write_group(struct triage *triage, const struct group *group,
			const char *from)
{
	static char text[GROUP_TEXT_MAX];
	const struct variant *variant = group->variant;
	const char *slash = strrchr(from, '/');
	struct text_head head = { .why = "" };
	char path[PATH_MAX];
	size_t size;

	if (!triage->out)
		return true;
	if (strcmp(variant->target->name, variants[0].target->name))
		snprintf(head.target, sizeof(head.target), "%s",
			 variant->target->name);
	snprintf(head.revert, sizeof(head.revert), "%s", variant->revert);
	snprintf(head.expect, sizeof(head.expect), "%s", group->identity.id);
	snprintf(head.why, sizeof(head.why), "minimized by triage from %.200s",
		 slash ? slash + 1 : from);
	size = text_print(&head, &group->program, sites_names(variant->target),
			  text, sizeof(text));
	ensure(size);
	path_of(triage, group, path);
	if (file_make_way(path) && file_replace(path, text, size))
		return true;
	snprintf(triage->trouble, sizeof(triage->trouble), "%.400s: %s", path,
		 strerror(errno));
	return false;
}

/* ----------------------------------------------------------------- minimizing */

static void on_progress(const struct minimize *minimize, void *arg)
{
	struct triage *triage = arg;

	(void)minimize;
	triage->progress(triage, "minimizing", NULL);
}

/* @find's program, smaller, and what it is; itself if that cannot be done. */
static bool shrink(struct triage *triage, const struct find *find,
		   struct note *note, struct program *program)
{
	static struct artifact artifact;
	static struct minimize minimizing;
	struct deciding deciding;

	*note = (struct note){ .kind = NOTE_MINIMIZED,
			       .hash = find->hash,
			       .identity = find->identity,
			       .preemptions = find->preemptions,
			       .operations = find->operations };
	triage_variant_name(find->variant, note->variant);
	if (artifact_load(&artifact, find->path)) {
		snprintf(triage->trouble, sizeof(triage->trouble),
			 "%.400s: gone", find->path);
		return false;
	}
	*program = artifact.program;
	fit_program(program, find->variant->target);
	minimizing = (struct minimize){
		.worker = triage_worker(triage, find->variant),
		.progress = on_progress,
		.arg = triage,
	};
	if (!minimize(&minimizing, &artifact.program))
		return !*triage->stop;
	if (minimizing.stopped)
		return false;
	*program = minimizing.best.program;
	note->identity = identity_of(&minimizing.best.outcome);
	note->preemptions = minimizing.best.outcome.preemptions;
	note->operations = program_nr_ops(program);
	if (!decided_find(&deciding, triage->engine, minimizing.worker,
			  find->variant, program, triage->stop))
		return false;
	deciding_name(&deciding, note->orders, sizeof(note->orders));
	return true;
}

/* The group that an earlier run put @find into. Returns: -1: none, or gone */
static int recall(struct triage *triage, const struct find *find)
{
	char name[JOURNAL_VARIANT_MAX];
	const struct note *known = journal_find(
		&triage->journal, NOTE_MINIMIZED, find->hash,
		triage_variant_name(find->variant, name));
	int group;

	if (!known)
		return -1;
	group = find_group(triage, find->variant, known);
	return triage->groups[group].preemptions == UINT_MAX ? -1 : group;
}

/* Find out to which group @find belongs by minimizing it. */
static bool settle(struct triage *triage, struct find *find)
{
	struct program program;
	struct group *group;
	struct note note;

	triage->progress(triage, "minimizing", find->path);
	find->group = recall(triage, find);
	if (find->group >= 0)
		return true;
	if (!shrink(triage, find, &note, &program))
		return false;
	find->group = find_group(triage, find->variant, &note);
	group = &triage->groups[find->group];
	if (is_smaller(&note, group)) {
		group->preemptions = note.preemptions;
		group->operations = note.operations;
		group->program = program;
		if (!write_group(triage, group, find->path))
			return false;
	}
	strcpy(note.file, group->file);
	return triage_note(triage, &note);
}

/* -------------------------------------------------------------------- piles */

static bool on_one_pile(const struct find *a, const struct find *b)
{
	return a->variant == b->variant &&
	       identity_equal(&a->identity, &b->identity);
}

/* The one of @pile's that is smallest, of those not minimized yet. */
static struct find *smallest(struct triage *triage, const struct find *pile)
{
	struct find *best = NULL;
	size_t i;

	for (i = 0; i < triage->nr_finds; i++) {
		struct find *find = &triage->finds[i];

		if (find->group < 0 && on_one_pile(find, pile) &&
		    (!best || find->operations < best->operations ||
		     (find->operations == best->operations &&
		      find->preemptions < best->preemptions)))
			best = find;
	}
	return best;
}

/* All that lie with @pile, which is the first of them. */
static bool settle_pile(struct triage *triage, const struct find *pile)
{
	unsigned int nr = 0;
	bool differ = false;
	struct find *find;
	int group = -1;
	size_t i;

	while ((nr < PILE_SAMPLES || differ) &&
	       (find = smallest(triage, pile))) {
		if (!settle(triage, find))
			return false;
		differ |= nr && find->group != group;
		group = find->group;
		nr++;
	}
	for (i = 0; i < triage->nr_finds; i++)
		if (triage->finds[i].group < 0 &&
		    on_one_pile(&triage->finds[i], pile))
			triage->finds[i].group = group;
	return true;
}

/* With the fix in: is its program clean then? */
static bool ask_the_fix(struct triage *triage, struct group *group)
{
	const struct variant *fixed =
		targets_find(group->variant->target->name, NULL);
	struct outcome outcome;

	if (fixed == group->variant)
		return true;
	if (!worker_run(triage_worker(triage, fixed), &group->program, 0,
			&outcome))
		return false;
	group->needs_revert = !*outcome.id;
	return true;
}

bool triage_group(struct triage *triage)
{
	size_t i;

	for (i = 0; i < triage->nr_finds; i++)
		if (triage->finds[i].group < 0 &&
		    !settle_pile(triage, &triage->finds[i]))
			return false;
	for (i = 0; i < triage->nr_finds; i++) {
		struct group *group = &triage->groups[triage->finds[i].group];

		if (!group->files++)
			group->example = triage->finds[i].path;
	}
	for (i = 0; i < triage->nr_groups; i++)
		if (!ask_the_fix(triage, &triage->groups[i]))
			return false;
	return true;
}
