/* SPDX-License-Identifier: MIT */
/*
 * contest_scores.c: scores: what searches came to, a line each in a file, written as
 * they end, so that the same contest goes on where it was stopped or killed, and
 * another one takes over what they have in common (contest.h).
 *
 *     pagerace bench search 1
 *     KEY given|empty TARGET REVERT ENTRANT SEED LIMIT found|not EXECUTIONS SECONDS
 *
 * KEY is of all that a search depends on beside the words behind it: the program if
 * it was given; the fuzz target and its options, or by chance this command. What
 * another key has, nobody reads.
 *
 * Promises: what was noted is known after any death; a last line that was torn is
 * taken off. What found nothing within a limit is taken over up to that limit.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "contest.h"
#include "ensure.h"
#include "file.h"
#include "hash.h"

#define SCORES_HEAD "pagerace bench search 1\n"
#define SCORES_LINE_MAX 512

static const char *const part_names[CONTEST_PARTS] = { "given", "empty" };

/* -------------------------------------------------------------------- keys */

/* Its contents; what is not there has none. */
static uint32_t hash_file(uint32_t hash, const char *path)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	struct stat info;
	void *text;

	if (file < 0)
		return hash;
	if (!fstat(file, &info) && info.st_size) {
		text = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE,
			    file, 0);
		ensure(text != MAP_FAILED);
		hash = hash_bytes(hash, text, (size_t)info.st_size);
		munmap(text, (size_t)info.st_size);
	}
	close(file);
	return hash;
}

static void name_row(struct contest_row *row, uint32_t command)
{
	char options[PATH_MAX + 16];
	uint8_t bytes[PROGRAM_BYTES_MAX];
	unsigned int guided;
	size_t size = 0;

	if (*row->story)
		size = program_encode(&row->program, bytes, sizeof(bytes));

	snprintf(options, sizeof(options), "%s.options", row->fuzzer);
	row->keys[CONTEST_EMPTY][0] = command;
	row->keys[CONTEST_EMPTY][1] =
		hash_file(hash_file(HASH_START, row->fuzzer), options);
	for (guided = 0; guided < 2; guided++)
		row->keys[CONTEST_GIVEN][guided] = hash_bytes(
			row->keys[CONTEST_EMPTY][guided], bytes, size);
}

static uint32_t key_of(const struct contest *contest,
		       struct contest_place place)
{
	return contest->rows[place.row].keys[place.part][!place.entrant];
}

/* ----------------------------------------------------------------- reading */

struct score {
	uint32_t key;
	char part[8], target[TEXT_WORD_MAX], revert[TEXT_WORD_MAX];
	char entrant[32], result[8];
	unsigned int seed;
	unsigned long limit, executions;
	double seconds;
};

static bool score_parse(const char *line, struct score *score)
{
	return sscanf(line, "%" SCNx32 " %7s %63s %63s %31s %u %lu %7s %lu %lf",
		      &score->key, score->part, score->target, score->revert,
		      score->entrant, &score->seed, &score->limit,
		      score->result, &score->executions, &score->seconds) == 10;
}

static bool score_is_of(const struct contest *contest,
			const struct score *score, struct contest_place place)
{
	const struct variant *variant = contest->rows[place.row].variant;

	return score->key == key_of(contest, place) &&
	       !strcmp(score->target, variant->target->name) &&
	       !strcmp(score->revert, variant->revert);
}

/* NULL: it is of none. */
static struct contest_cell *score_cell(const struct contest *contest,
				       const struct score *score)
{
	unsigned int offset = score->seed - contest->seed;
	struct contest_place place = { CONTEST_GIVEN, 0, 0, 0 };

	if (!strcmp(score->part, part_names[CONTEST_EMPTY]))
		place.part = CONTEST_EMPTY;
	while (contest_entrant(place.entrant) &&
	       strcmp(contest_entrant(place.entrant), score->entrant))
		place.entrant++;
	for (; place.row < contest->nr_rows; place.row++)
		if (score_is_of(contest, score, place) &&
		    contest_has(contest, place.part, place.row, place.entrant))
			break;
	if (place.row == contest->nr_rows || offset >= contest->seeds)
		return NULL;
	return contest_at(contest, place.part, place.row, place.entrant) +
	       offset;
}

static void score_take(struct contest *contest, const struct score *score)
{
	struct contest_cell *cell = score_cell(contest, score);
	bool found = !strcmp(score->result, "found");

	if (!cell || cell->done || (!found && score->limit < contest->limit))
		return;
	contest_note(contest, cell, found, score->executions);
	cell->seconds = score->seconds;
	contest->before++;
	contest->done++;
}

/* All whole lines; what comes after them is taken off. Returns: what is wrong. */
static const char *read_scores(struct contest *contest)
{
	char line[SCORES_LINE_MAX];
	struct score score;
	long end = 0;

	while (fgets(line, sizeof(line), contest->file)) {
		if (!strchr(line, '\n') &&
		    (end || !strncmp(line, SCORES_HEAD, strlen(line))))
			break; /* torn */
		if (!end && strcmp(line, SCORES_HEAD))
			return "is no file of scores";
		if (end && !score_parse(line, &score))
			return "has a line that is no score";
		if (end)
			score_take(contest, &score);
		end = ftell(contest->file);
	}
	if (ftruncate(fileno(contest->file), end) ||
	    fseek(contest->file, end, SEEK_SET))
		return strerror(errno);
	if (!end)
		fputs(SCORES_HEAD, contest->file);
	return fflush(contest->file) ? strerror(errno) : NULL;
}

static bool scores_fail(struct contest *contest, const char *why)
{
	snprintf(contest->trouble, sizeof(contest->trouble), "%.600s: %s",
		 contest->scores, why);
	return false;
}

bool scores_open(struct contest *contest)
{
	const char *trouble;
	uint32_t command;
	unsigned int i;

	if (!contest->scores)
		return true;
	command = hash_file(HASH_START, "/proc/self/exe");
	for (i = 0; i < contest->nr_rows; i++)
		name_row(&contest->rows[i], command);
	if (file_make_way(contest->scores))
		contest->file = fopen(contest->scores, "a+");
	if (!contest->file)
		return scores_fail(contest, strerror(errno));
	rewind(contest->file);
	trouble = read_scores(contest);
	return !trouble || scores_fail(contest, trouble);
}

bool scores_add(struct contest *contest, unsigned int nr)
{
	struct contest_place place = contest_place(contest, nr);
	const struct variant *variant = contest->rows[place.row].variant;
	const struct contest_cell *cell = &contest->cells[nr];

	if (!contest->file)
		return true;
	fprintf(contest->file, "%08" PRIx32 " %s %s %s %s %u %lu %s %lu %.3f\n",
		key_of(contest, place), part_names[place.part],
		variant->target->name, variant->revert,
		contest_entrant(place.entrant), place.seed, contest->limit,
		cell->found ? "found" : "not", cell->executions, cell->seconds);
	return !fflush(contest->file) || scores_fail(contest, strerror(errno));
}

void scores_close(struct contest *contest)
{
	if (contest->file)
		fclose(contest->file);
}
