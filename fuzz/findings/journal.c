/* SPDX-License-Identifier: MIT */
/* journal.c: see journal.h. */
#include "journal.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEAD "pagerace triage 1 "
#define NOTE_LINE_MAX 4096
#define WORDS_MAX 10

static const char *const kinds[] = { "played", "minimized" };

/* ----------------------------------------------------------------- identity */

static void copy(char *to, size_t max, const char *from)
{
	snprintf(to, max, "%s", from);
}

struct identity identity_of(const struct outcome *outcome)
{
	const char *a = outcome->crashed ? outcome->where : outcome->step_a;
	const char *b = outcome->crashed ? "" : outcome->step_b;
	bool swap = strcmp(a, b) > 0 && *b;
	struct identity identity;

	copy(identity.id, sizeof(identity.id), outcome->id);
	copy(identity.site[swap], OUTCOME_NAME_MAX, a);
	copy(identity.site[!swap], OUTCOME_NAME_MAX, b);
	return identity;
}

bool identity_equal(const struct identity *a, const struct identity *b)
{
	return !strcmp(a->id, b->id) && !strcmp(a->site[0], b->site[0]) &&
	       !strcmp(a->site[1], b->site[1]);
}

/* ----------------------------------------------------------------- in memory */

static void remember(struct journal *journal, const struct note *note)
{
	unsigned int bucket = note->hash % JOURNAL_BUCKETS;

	if (journal->nr == journal->room) {
		journal->room = journal->room ? 2 * journal->room : 256;
		journal->notes = realloc(journal->notes,
					 journal->room * sizeof(*note));
		ensure(journal->notes);
	}
	journal->notes[journal->nr] = *note;
	journal->notes[journal->nr].next = journal->bucket[bucket];
	journal->bucket[bucket] = (int)journal->nr++;
}

const struct note *journal_find(const struct journal *journal,
				enum note_kind kind, uint64_t hash,
				const char *variant)
{
	int at = journal->bucket[hash % JOURNAL_BUCKETS];

	for (; at >= 0; at = journal->notes[at].next) {
		const struct note *note = &journal->notes[at];

		if (note->hash == hash && note->kind == kind &&
		    !strcmp(note->variant, variant))
			return note;
	}
	return NULL;
}

/* ------------------------------------------------------------------ on disk */

/* Cut @line at its tabs. Returns: how many words. */
static int words_of(char *line, char *words[WORDS_MAX])
{
	int nr = 0;

	while (line && nr < WORDS_MAX) {
		words[nr++] = line;
		line = strchr(line, '\t');
		if (line)
			*line++ = '\0';
	}
	return nr;
}

static bool read_note(char *line, struct note *note)
{
	char *words[WORDS_MAX];
	int nr = words_of(line, words);

	if (nr < 8 || (strcmp(words[0], kinds[0]) && strcmp(words[0], kinds[1])))
		return false;
	*note = (struct note){ .kind = !strcmp(words[0], kinds[1]) };
	note->hash = strtoull(words[1], NULL, 16);
	copy(note->variant, sizeof(note->variant), words[2]);
	copy(note->identity.id, sizeof(note->identity.id), words[3]);
	copy(note->identity.site[0], OUTCOME_NAME_MAX, words[4]);
	copy(note->identity.site[1], OUTCOME_NAME_MAX, words[5]);
	note->preemptions = (unsigned int)strtoul(words[6], NULL, 10);
	note->operations = (unsigned int)strtoul(words[7], NULL, 10);
	if (nr > 8)
		copy(note->file, sizeof(note->file), words[8]);
	if (nr > 9)
		copy(note->orders, sizeof(note->orders), words[9]);
	return true;
}

bool journal_add(struct journal *journal, const struct note *note)
{
	const struct identity *identity = &note->identity;

	remember(journal, note);
	if (!journal->file)
		return true;
	fprintf(journal->file, "%s\t%016" PRIx64 "\t%s\t%s\t%s\t%s\t%u\t%u",
		kinds[note->kind], note->hash, note->variant, identity->id,
		identity->site[0], identity->site[1], note->preemptions,
		note->operations);
	if (note->kind == NOTE_MINIMIZED)
		fprintf(journal->file, "\t%s\t%s", note->file, note->orders);
	fputc('\n', journal->file);
	return !fflush(journal->file);
}

/* Read all whole lines; take off what comes after. */
static const char *read_notes(struct journal *journal, uint32_t build)
{
	char line[NOTE_LINE_MAX], head[64];
	struct note note;
	long end = 0;

	snprintf(head, sizeof(head), HEAD "%08" PRIx32 "\n", build);
	while (fgets(line, sizeof(line), journal->file)) {
		if (!strchr(line, '\n') &&
		    (end || !strncmp(line, head, strlen(line))))
			break; /* torn */
		if (!end && strncmp(line, HEAD, strlen(HEAD)))
			return "not a journal of triage";
		if (!end)
			journal->other = strcmp(line, head);
		line[strlen(line) - 1] = '\0';
		if (end && !read_note(line, &note))
			return "a line that is no note";
		if (end)
			remember(journal, &note);
		end = ftell(journal->file);
	}
	if (journal->other)
		return NULL;
	if (ftruncate(fileno(journal->file), end) ||
	    fseek(journal->file, end, SEEK_SET))
		return strerror(errno);
	if (!end && (fputs(head, journal->file) < 0 || fflush(journal->file)))
		return strerror(errno);
	return NULL;
}

const char *journal_open(struct journal *journal, const char *path,
			 uint32_t build)
{
	const char *trouble;

	*journal = (struct journal){ .file = NULL };
	memset(journal->bucket, -1, sizeof(journal->bucket));
	if (!path)
		return NULL;
	journal->file = fopen(path, "a+");
	if (!journal->file)
		return strerror(errno);
	rewind(journal->file);
	trouble = lockf(fileno(journal->file), F_TLOCK, 0) ?
			  "in use by another triage" :
			  read_notes(journal, build);
	if (trouble)
		journal_close(journal);
	return trouble;
}

void journal_close(struct journal *journal)
{
	if (journal->file)
		fclose(journal->file);
	free(journal->notes);
}
