/* SPDX-License-Identifier: MIT */
/* ledger.c: see ledger.h. */
#include "ledger.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LEDGER_HEAD "pagerace systematic 1 "
#define LEDGER_LINE_MAX 256
#define LEDGER_FORMAT "%" SCNx64 " %d %d %lu %lu %lu %lu %u %u %lf"

static void remember_entry(struct ledger *ledger, const struct entry *entry)
{
	unsigned int bucket = entry->hash % LEDGER_BUCKETS;

	if (ledger->nr == ledger->room) {
		ledger->room = ledger->room ? 2 * ledger->room : 4096;
		ledger->entries =
			realloc(ledger->entries, ledger->room * sizeof(*entry));
		ensure(ledger->entries);
	}
	ledger->entries[ledger->nr] = *entry;
	ledger->entries[ledger->nr].next = ledger->bucket[bucket];
	ledger->bucket[bucket] = (int)ledger->nr++;
}

const struct entry *ledger_find(const struct ledger *ledger, uint64_t hash)
{
	int at = ledger->bucket[hash % LEDGER_BUCKETS];

	while (at >= 0 && ledger->entries[at].hash != hash)
		at = ledger->entries[at].next;
	return at < 0 ? NULL : &ledger->entries[at];
}

bool ledger_add(struct ledger *ledger, const struct entry *entry)
{
	remember_entry(ledger, entry);
	if (!ledger->file)
		return true;
	fprintf(ledger->file,
		"%016" PRIx64 " %d %d %lu %lu %lu %lu %u %u %.3f\n",
		entry->hash, entry->complete, entry->bound, entry->runs,
		entry->schedules, entry->redundant, entry->findings,
		entry->new.pairs, entry->new.places, entry->seconds);
	return !fflush(ledger->file);
}

static bool read_entry(const char *line, struct entry *entry)
{
	int complete;

	if (sscanf(line, LEDGER_FORMAT, &entry->hash, &complete, &entry->bound,
		   &entry->runs, &entry->schedules, &entry->redundant,
		   &entry->findings, &entry->new.pairs, &entry->new.places,
		   &entry->seconds) != 10)
		return false;
	entry->complete = complete;
	return true;
}

/* All whole lines; what comes after them is taken off. */
static const char *read_entries(struct ledger *ledger, const char *head)
{
	char line[LEDGER_LINE_MAX];
	struct entry entry;
	long end = 0;

	while (fgets(line, sizeof(line), ledger->file)) {
		if (!strchr(line, '\n') &&
		    (end || !strncmp(line, head, strlen(line))))
			break; /* torn */
		if (!end && strcmp(line, head))
			return strncmp(line, LEDGER_HEAD, strlen(LEDGER_HEAD)) ?
				       "is no ledger of pagerace" :
				       "is of another build, target or suite; "
				       "remove it, or name another folder";
		if (end && !read_entry(line, &entry))
			return "has a line that is no entry";
		if (end)
			remember_entry(ledger, &entry);
		end = ftell(ledger->file);
	}
	if (ftruncate(fileno(ledger->file), end) ||
	    fseek(ledger->file, end, SEEK_SET))
		return strerror(errno);
	if (!end)
		fputs(head, ledger->file);
	return NULL;
}

const char *ledger_open(struct ledger *ledger, const char *path, uint32_t key)
{
	const char *trouble;
	char head[64];

	*ledger = (struct ledger){ .file = path ? fopen(path, "a+") : NULL };
	memset(ledger->bucket, 0xff, sizeof(ledger->bucket));
	if (!path)
		return NULL;
	if (!ledger->file)
		return strerror(errno);
	rewind(ledger->file);
	snprintf(head, sizeof(head), LEDGER_HEAD "%08" PRIx32 "\n", key);
	trouble = read_entries(ledger, head);
	if (trouble)
		ledger_close(ledger);
	return trouble;
}

void ledger_close(struct ledger *ledger)
{
	if (ledger->file)
		fclose(ledger->file);
	free(ledger->entries);
	ledger->entries = NULL;
}
