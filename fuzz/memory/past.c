/* SPDX-License-Identifier: MIT */
/*
 * past.c: what was committed, newest first, and what stood there before.
 *
 * A value that memory shows and no commit has left was stored plainly, nobody
 * knows when: it is seen as late as can be, just before the next commit.
 */
#include "weak.h"

#include <string.h>

static unsigned int bucket_of(uintptr_t addr)
{
	return (unsigned int)(addr >> 3 ^ addr >> 11) % WEAK_BUCKETS;
}

static bool overlaps(const struct weak_commit *commit, uintptr_t addr,
		     size_t size)
{
	return commit->size && commit->addr < addr + size &&
	       addr < commit->addr + commit->size;
}

void weak_commit(struct weak *weak, uintptr_t addr, size_t size,
		 const unsigned char *old, const unsigned char *new)
{
	uint16_t *bucket = &weak->bucket[bucket_of(addr)];
	struct weak_commit *commit;
	unsigned int at;

	weak->now++;
	if (!weak->stale)
		return; /* nobody looks back */
	at = weak->nr_commits++ % WEAK_COMMITS;
	commit = &weak->commits[at];
	commit->time = weak->now;
	commit->addr = addr;
	commit->size = (uint8_t)size;
	commit->below = *bucket;
	memcpy(commit->old, old, WEAK_BYTES);
	memcpy(commit->new, new, WEAK_BYTES);
	*bucket = (uint16_t)(at + 1);
}

/* Before @commit in its bucket; NULL: none, or it is not kept any more. */
static const struct weak_commit *below(const struct weak *weak,
				       const struct weak_commit *commit)
{
	const struct weak_commit *next;

	if (!commit->below)
		return NULL;
	next = &weak->commits[commit->below - 1];
	return next->time < commit->time ? next : NULL;
}

static const struct weak_commit *newest(const struct weak *weak, uintptr_t addr)
{
	uint16_t at = weak->bucket[bucket_of(addr)];

	return at ? &weak->commits[at - 1] : NULL;
}

/* Do @bytes, at @addr, stem from @commit and nothing else? */
static bool is_from(const struct weak_commit *commit, uintptr_t addr,
		    size_t size, const unsigned char *bytes)
{
	return commit->addr <= addr &&
	       addr + size <= commit->addr + commit->size &&
	       !memcmp(commit->new + (addr - commit->addr), bytes, size);
}

static void undo(const struct weak_commit *commit, uintptr_t addr, size_t size,
		 unsigned char *bytes)
{
	size_t i;

	for (i = 0; i < size; i++)
		if (addr + i - commit->addr < commit->size)
			bytes[i] = commit->old[addr + i - commit->addr];
}

bool weak_past(const struct weak *weak, uintptr_t addr, size_t size,
	       unsigned int back, uint64_t low, unsigned char *bytes,
	       uint64_t *effect)
{
	const struct weak_commit *commit = newest(weak, addr);
	uint64_t end = weak->now + 1; /* when the value is another */

	weak_copy(bytes, (const void *)addr, size);
	for (; commit; commit = below(weak, commit)) {
		if (!overlaps(commit, addr, size))
			continue;
		if (!back)
			break;
		if (commit->time <= low)
			return false;
		undo(commit, addr, size, bytes);
		end = commit->time;
		back--;
	}
	if (back)
		return false;
	*effect = end - 1;
	if (commit && is_from(commit, addr, size, bytes))
		*effect = commit->time > low ? commit->time : low;
	return true;
}

void weak_forget(struct weak *weak, const void *object, size_t size)
{
	unsigned int i, nr = weak->nr_commits;

	for (i = 0; i < nr && i < WEAK_COMMITS; i++)
		if (overlaps(&weak->commits[i], (uintptr_t)object, size))
			weak->commits[i].size = 0;
}
