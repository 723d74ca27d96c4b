/* SPDX-License-Identifier: MIT */
/* systematic.c: see systematic.h. */
#include "systematic.h"

#include <stdio.h>
#include <string.h>

void tally_add(struct tally *tally, const struct entry *entry, int sign)
{
	unsigned long by = (unsigned long)sign; /* modulo 2^64 */

	tally->programs += by;
	tally->complete += by * entry->complete;
	tally->bounded +=
		by * (!entry->complete && entry->bound == ENUMERATE_BOUND);
	tally->schedules += by * entry->schedules;
	tally->redundant += by * entry->redundant;
	tally->findings += by * entry->findings;
	tally->seconds += sign * entry->seconds;
}

/* Returns: NULL if there is no room. */
static struct systematic_bug *bug_like(struct systematic *systematic,
				       const struct explored_bug *bug)
{
	struct systematic_bug *at = systematic->bugs;

	for (; at < systematic->bugs + systematic->nr_bugs; at++)
		if (!strcmp(at->id, bug->id) &&
		    !strcmp(at->steps[0], bug->steps[0]) &&
		    !strcmp(at->steps[1], bug->steps[1]))
			return at;
	if (systematic->nr_bugs == SYSTEMATIC_BUGS)
		return NULL;
	systematic->nr_bugs++;
	memset(at, 0, sizeof(*at));
	memcpy(at->id, bug->id, sizeof(at->id));
	memcpy(at->steps, bug->steps, sizeof(at->steps));
	return at;
}

void systematic_found(struct systematic *systematic,
		      const struct program *program,
		      const struct explored_bug *bug)
{
	struct systematic_bug *like = bug_like(systematic, bug);

	if (like && !like->programs++ &&
	    !systematic->found(systematic, program, bug))
		systematic->trouble = "a finding could not be kept";
}

static void take_work(struct systematic *systematic, const struct work *work)
{
	const struct enumerated *done = &work->done;
	struct entry entry = { .hash = program_hash(&work->program),
			       .complete = done->complete,
			       .bound = done->bound,
			       .runs = done->runs,
			       .schedules = done->schedules,
			       .redundant = done->redundant,
			       .findings = done->findings,
			       .seconds = done->seconds };
	unsigned int i;

	entry.new = met_merge(&systematic->met, &done->met);
	for (i = 0; i < done->nr; i++)
		systematic_found(systematic, &work->program, &done->bugs[i]);
	if (systematic->trouble)
		return;
	if (!ledger_add(systematic->ledger, &entry))
		systematic->trouble = "the ledger cannot be written";
	systematic->done(systematic, &work->program, work->tag, &entry);
}

/* Would another time, within these limits, come to more? */
static bool is_enough(const struct systematic *systematic,
		      const struct entry *entry)
{
	return entry->complete || entry->runs >= systematic->limits.all;
}

/* Returns: false if there is no program for it now. */
static bool give_work(struct systematic *systematic, struct work *work)
{
	const struct entry *entry;

	while (systematic->next(systematic, &work->program, &work->tag)) {
		entry = ledger_find(systematic->ledger,
				    program_hash(&work->program));
		if (!entry || !is_enough(systematic, entry)) {
			work->limits = systematic->limits;
			pool_give(systematic->pool, work);
			return true;
		}
		systematic->done(systematic, &work->program, work->tag, entry);
	}
	return false;
}

bool systematic_work(struct systematic *systematic)
{
	const struct work *done;
	struct work *work;
	bool more = true;

	while (more && (work = pool_free(systematic->pool)))
		more = give_work(systematic, work);
	if (pool_is_idle(systematic->pool))
		return false;
	done = pool_wait(systematic->pool);
	if (done)
		take_work(systematic, done);
	if (pool_failed(systematic->pool))
		systematic->trouble = "a process died, and not of a schedule";
	return !systematic->trouble;
}
