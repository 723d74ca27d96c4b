/* SPDX-License-Identifier: MIT */
/* triage.c: see triage.h. Playing; grouping is in triage_group.c. */
#include "triage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "hash.h"

/* --------------------------------------------------------------- open, close */

uint32_t triage_build(void)
{
	int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	struct stat info;
	uint32_t hash;
	void *text;

	ensure(file >= 0 && !fstat(file, &info));
	text = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, file,
		    0);
	ensure(text != MAP_FAILED);
	hash = hash_bytes(HASH_START, text, (size_t)info.st_size);
	munmap(text, (size_t)info.st_size);
	close(file);
	return hash;
}

static bool open_journal(struct triage *triage, const char *path)
{
	const char *trouble =
		journal_open(&triage->journal, path, triage_build());

	if (trouble)
		snprintf(triage->trouble, sizeof(triage->trouble), "%.400s: %s",
			 path, trouble);
	return !trouble;
}

bool triage_open(struct triage *triage)
{
	char path[PATH_MAX];
	bool moved;

	if (!triage->out)
		return open_journal(triage, NULL);
	snprintf(path, sizeof(path), "%s/journal", triage->out);
	if (!file_make_way(path)) {
		snprintf(triage->trouble, sizeof(triage->trouble), "%s: %s",
			 triage->out, strerror(errno));
		return false;
	}
	if (!open_journal(triage, path) || !triage->journal.other)
		return !*triage->trouble;
	moved = triage_put_aside(triage);
	journal_close(&triage->journal);
	return moved && open_journal(triage, path);
}

void triage_close(struct triage *triage)
{
	unsigned int i;

	for (i = 0; i < TRIAGE_VARIANTS_MAX; i++)
		if (triage->workers[i])
			worker_close(triage->workers[i]);
	journal_close(&triage->journal);
	free(triage->finds);
	free(triage->groups);
}

struct worker *triage_worker(struct triage *triage,
			     const struct variant *variant)
{
	size_t at = (size_t)(variant - variants);

	ensure(at < TRIAGE_VARIANTS_MAX);
	if (!triage->workers[at])
		triage->workers[at] = worker_open(triage->engine,
						  triage->record,
						  variant->target,
						  triage->stop);
	return triage->workers[at];
}

bool triage_note(struct triage *triage, const struct note *note)
{
	if (journal_add(&triage->journal, note))
		return true;
	snprintf(triage->trouble, sizeof(triage->trouble), "%s/journal: %s",
		 triage->out, strerror(errno));
	return false;
}

const char *triage_variant_name(const struct variant *variant,
				char name[JOURNAL_VARIANT_MAX])
{
	snprintf(name, JOURNAL_VARIANT_MAX, "%s/%s", variant->target->name,
		 variant->revert);
	return name;
}

/* ------------------------------------------------------------------- playing */

/* How @artifact goes on @variant, in @note. Returns: false if stopped. */
static bool play_on(struct triage *triage, const struct artifact *artifact,
		    const struct variant *variant, struct note *note)
{
	const struct note *known;
	struct outcome outcome;

	*note = (struct note){ .kind = NOTE_PLAYED, .hash = artifact->hash };
	triage_variant_name(variant, note->variant);
	known = journal_find(&triage->journal, NOTE_PLAYED, note->hash,
			     note->variant);
	if (known) {
		*note = *known;
		return true;
	}
	if (!worker_run(triage_worker(triage, variant), &artifact->program,
			WORKER_CONFLICT, &outcome))
		return false;
	note->identity = identity_of(&outcome);
	note->preemptions = outcome.preemptions;
	note->operations = program_nr_ops(&artifact->program);
	return triage_note(triage, note);
}

static void add_find(struct triage *triage, const char *path,
		     const struct variant *variant, const struct note *note)
{
	if (triage->nr_finds == triage->room_finds) {
		triage->room_finds =
			triage->room_finds ? 2 * triage->room_finds : 64;
		triage->finds =
			realloc(triage->finds,
				triage->room_finds * sizeof(*triage->finds));
		ensure(triage->finds);
	}
	triage->finds[triage->nr_finds++] = (struct find){
		.path = path,
		.hash = note->hash,
		.variant = variant,
		.identity = note->identity,
		.preemptions = note->preemptions,
		.operations = note->operations,
		.group = -1,
	};
}

/* On the target as it is, or else on how many of its reverts? */
static bool play_on_all(struct triage *triage, const struct artifact *artifact,
			const char *path)
{
	const struct variant *first = targets_find(triage->target, NULL);
	const struct variant *variant;
	unsigned int nr = 0;
	struct note note;

	for (variant = variants; variant->target; variant++) {
		if (strcmp(variant->target->name, first->target->name) ||
		    *variant->sanitizer)
			continue; /* mistakes are asked for by name */
		if (!play_on(triage, artifact, variant, &note))
			return false;
		if (!*note.identity.id)
			continue;
		if (!nr++)
			add_find(triage, path, variant, &note);
		if (variant == first)
			break;
	}
	triage->nr_clean += !nr;
	triage->nr_unsure += nr > 1;
	return true;
}

/* What @path is to be played on; NULL: nobody knows. */
static const struct variant *choose(const struct triage *triage,
				    const struct artifact *artifact,
				    const char *path)
{
	const struct variant *variant = triage->variant;

	if (!variant)
		variant = artifact_variant(artifact, path);
	if (variant && triage->target &&
	    strcmp(variant->target->name, triage->target))
		variant = NULL;
	return variant;
}

bool triage_play(struct triage *triage, const char *path, const char **why)
{
	static struct artifact artifact;
	const struct variant *variant;
	struct note note;

	*why = artifact_load(&artifact, path);
	if (*why) {
		triage->nr_skipped += *why != artifact_ours;
		return true;
	}
	triage->progress(triage, "playing", path);
	variant = choose(triage, &artifact, path);
	if (!variant)
		return play_on_all(triage, &artifact, path);
	if (!play_on(triage, &artifact, variant, &note))
		return false;
	if (*note.identity.id)
		add_find(triage, path, variant, &note);
	else
		triage->nr_clean++;
	return true;
}
