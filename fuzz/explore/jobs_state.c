/* SPDX-License-Identifier: MIT */
/* jobs_state.c: see jobs_state.h. */
#include "jobs_state.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "complain.h"
#include "hash.h"
#include "output.h"

#define STATE_HEAD "pagerace explore state 3\n"
#define STATE_SUM "sum %08x\n"
#define SUM_SIZE (sizeof("sum 01234567\n") - 1)

/* ------------------------------------------------------------------ writing */

static const char *or_dash(const char *text)
{
	return *text ? text : "-";
}

static void write_bug(FILE *file, const struct explored_bug *bug)
{
	unsigned int i;

	fprintf(file, "bug %s\t%s\t%s\t%d %lu %u %u", bug->id,
		or_dash(bug->steps[0]), or_dash(bug->steps[1]), bug->crashed,
		bug->schedules, bug->preemptions, bug->nr_taken);
	for (i = 0; i < bug->nr_taken && i < PROGRAM_SWITCHES; i++)
		fprintf(file, " %u %u %u %u %u", bug->taken[i].task,
			bug->taken[i].op, bug->taken[i].kind,
			bug->taken[i].point, bug->taken[i].next);
	fputc('\n', file);
}

static void write_choices(FILE *file, const struct explore *part)
{
	unsigned int i;

	fprintf(file, "part %u %u %u %u %u", part->reorderings, part->prefix,
		part->pending, part->base, part->nr);
	for (i = 0; i < part->nr; i++)
		fprintf(file, " %x %x %x %x", part->levels[i].all,
			part->levels[i].left, part->levels[i].next,
			part->levels[i].first);
	fputc('\n', file);
}

/* What sleeps is found out again, from who was tried. */
static void write_classes(FILE *file, const struct dpor *part)
{
	unsigned int i, nr = part->stale ? part->stale : part->nr;

	fprintf(file, "all %u %u %u %u %u", part->prefix, part->pending,
		part->base, part->hold, nr);
	for (i = 0; i < nr; i++) {
		const struct dpor_level *level = &part->level[i];

		fprintf(file, " %" PRIx64 " %" PRIx64 " %" PRIx64 " %u",
			level->enabled, level->backtrack,
			level->tried | level->again,
			part->stale ? level->then : level->choice);
	}
	fputc('\n', file);
}

static unsigned int bounds_of(const struct jobs *jobs)
{
	return jobs->preemptions == TOUR_ALL ? 0 : jobs->preemptions;
}

static void write_jobs(FILE *file, uint32_t key, const struct jobs *jobs)
{
	const struct explored *found = &jobs->found;
	const struct share *share;
	unsigned int i;

	fprintf(file, STATE_HEAD "key %08x\nat %u %lu %lu %lu %lu\n", key,
		jobs->preemptions, jobs->runs, found->runs.redundant,
		found->runs.cut, found->runs.crowded);
	for (i = 0; i <= bounds_of(jobs); i++)
		fprintf(file, "bound %lu %lu\n", found->schedules[i],
			found->findings[i]);
	for (i = 0; i < found->nr; i++)
		write_bug(file, &found->bugs[i]);
	for (share = jobs->shares.top; share; share = share->below)
		if (tour_is_all(&share->tour))
			write_classes(file, &share->tour.dpor);
		else
			write_choices(file, &share->tour.explore);
}

bool state_save(const char *path, uint32_t key, const struct jobs *jobs)
{
	char *text = NULL;
	size_t size = 0;
	FILE *file = open_memstream(&text, &size);
	bool saved;

	ensure(file);
	write_jobs(file, key, jobs);
	ensure(!fflush(file));
	fprintf(file, STATE_SUM, hash_bytes(HASH_START, text, size));
	ensure(!fclose(file));
	saved = output_write(path, text, size);
	free(text);
	return saved;
}

/* ------------------------------------------------------------------ reading */

static void read_steps(char (*steps)[SITE_NAME_MAX])
{
	unsigned int i;

	for (i = 0; i < 2; i++)
		if (!strcmp(steps[i], "-"))
			steps[i][0] = '\0';
}

static bool read_bug(FILE *file, struct explored *found)
{
	struct explored_bug bug;
	unsigned int i;
	int crashed;

	memset(&bug, 0, sizeof(bug));
	if (fscanf(file, "%63s %159[^\t\n] %159[^\t\n]%d%lu%u%u", bug.id,
		   bug.steps[0], bug.steps[1], &crashed, &bug.schedules,
		   &bug.preemptions, &bug.nr_taken) != 7)
		return false;
	bug.crashed = crashed;
	read_steps(bug.steps);
	for (i = 0; i < bug.nr_taken && i < PROGRAM_SWITCHES; i++)
		if (fscanf(file, "%hhu%hhu%hhu%hu%hhu", &bug.taken[i].task,
			   &bug.taken[i].op, &bug.taken[i].kind,
			   &bug.taken[i].point, &bug.taken[i].next) != 5)
			return false;
	explored_add(found, &bug);
	return true;
}

static bool read_level(FILE *file, struct explore_level *level)
{
	return fscanf(file, "%hx%hx%hhx%hhx", &level->all, &level->left,
		      &level->next, &level->first) == 4 &&
	       !(level->left & ~level->all) && level->next < ENGINE_TASKS;
}

static bool read_choices(FILE *file, struct jobs *jobs)
{
	static struct tour tour;
	struct explore *part = &tour.explore;
	unsigned int reorderings, prefix, pending, base, nr;

	tour_begin(&tour, jobs->preemptions, false);
	if (tour_is_all(&tour) ||
	    fscanf(file, "%u%u%u%u%u", &reorderings, &prefix, &pending, &base,
		   &nr) != 5 ||
	    base > nr || nr > EXPLORE_LEVELS || jobs->shares.nr == SHARES_MAX)
		return false;
	part->reorderings = reorderings;
	part->prefix = prefix;
	part->pending = pending;
	part->base = base;
	for (part->nr = 0; part->nr < nr; part->nr++)
		if (!read_level(file, &part->levels[part->nr]))
			return false;
	shares_add(&jobs->shares, &tour);
	return true;
}

static bool read_class_level(FILE *file, struct dpor_level *level)
{
	*level = (struct dpor_level){ .enabled = 0 };
	return fscanf(file, "%" SCNx64 "%" SCNx64 "%" SCNx64 "%hhu",
		      &level->enabled, &level->backtrack, &level->tried,
		      &level->choice) == 4 &&
	       !((level->backtrack | level->tried) & ~level->enabled) &&
	       level->choice < 64 && level->enabled >> level->choice & 1;
}

static bool read_classes(FILE *file, struct jobs *jobs)
{
	static struct tour tour;
	struct dpor *part = &tour.dpor;
	unsigned int prefix, pending, nr, i;

	tour_begin(&tour, jobs->preemptions, false);
	if (!tour_is_all(&tour) ||
	    fscanf(file, "%u%u%u%u%u", &prefix, &pending, &part->base,
		   &part->hold, &nr) != 5 ||
	    part->base > nr || part->hold > nr || nr > DPOR_STEPS ||
	    jobs->shares.nr == SHARES_MAX)
		return false;
	part->prefix = prefix;
	part->pending = pending;
	for (i = 0; i < nr; i++)
		if (!read_class_level(file, &part->level[i]))
			return false;
	dpor_forget(part, nr);
	shares_add(&jobs->shares, &tour);
	return true;
}

static bool read_bounds(FILE *file, struct jobs *jobs)
{
	struct explored *found = &jobs->found;
	unsigned int i;

	if (fscanf(file, " at %u%lu%lu%lu%lu", &jobs->preemptions, &jobs->runs,
		   &found->runs.redundant, &found->runs.cut,
		   &found->runs.crowded) != 5 ||
	    bounds_of(jobs) >= EXPLORED_BOUNDS)
		return false;
	for (i = 0; i <= bounds_of(jobs); i++)
		if (fscanf(file, " bound %lu%lu", &found->schedules[i],
			   &found->findings[i]) != 2)
			return false;
	return true;
}

static bool read_jobs(FILE *file, struct jobs *jobs)
{
	char word[8];
	bool good = read_bounds(file, jobs);

	while (good && fscanf(file, "%7s", word) == 1)
		if (!strcmp(word, "bug"))
			good = read_bug(file, &jobs->found);
		else if (!strcmp(word, "part"))
			good = read_choices(file, jobs);
		else if (!strcmp(word, "all"))
			good = read_classes(file, jobs);
		else
			good = false;
	return good;
}

/* Is it one, and whole? Without the checksum then, its size in @size. */
static bool state_is_whole(char *text, size_t *size)
{
	char sum[SUM_SIZE + 1];

	if (*size < sizeof(STATE_HEAD) - 1 + SUM_SIZE ||
	    memcmp(text, STATE_HEAD, sizeof(STATE_HEAD) - 1))
		return false;
	*size -= SUM_SIZE;
	snprintf(sum, sizeof(sum), STATE_SUM,
		 hash_bytes(HASH_START, text, *size));
	return !memcmp(text + *size, sum, SUM_SIZE);
}

static enum state_load state_read(const char *path, uint32_t key,
				  struct jobs *jobs, char *text, size_t size)
{
	enum state_load result = STATE_BAD;
	unsigned int theirs;
	FILE *file;

	if (!state_is_whole(text, &size)) {
		complain(path, "not a state file of pagerace explore");
		return STATE_BAD;
	}
	file = fmemopen(text, size, "r");
	ensure(file);
	if (fscanf(file, STATE_HEAD "key %x", &theirs) != 1)
		complain(path, "not a state file of pagerace explore");
	else if (theirs != key)
		complain(path, "state of another program, target or prefix; "
			       "remove it, or choose another file, to begin "
			       "anew");
	else if (!read_jobs(file, jobs))
		complain(path, "damaged state");
	else
		result = STATE_LOADED;
	fclose(file);
	return result;
}

enum state_load state_load(const char *path, uint32_t key, struct jobs *jobs)
{
	FILE *file = fopen(path, "rb"), *memory;
	enum state_load result;
	char *text = NULL;
	size_t size = 0;
	int letter;

	if (!file && errno == ENOENT)
		return STATE_NONE;
	if (!file) {
		complain(path, "%s", strerror(errno));
		return STATE_BAD;
	}
	memory = open_memstream(&text, &size);
	ensure(memory);
	while ((letter = fgetc(file)) != EOF)
		fputc(letter, memory);
	ensure(!fclose(memory));
	fclose(file);
	result = state_read(path, key, jobs, text, size);
	free(text);
	return result;
}
