// SPDX-License-Identifier: GPL-2.0
/*
 * contents.c: what the files say at each position: on the disk, and to who reads them.
 *
 * Each write of a page is a version of that position. The first byte of a page says whose
 * it is (sanitizers/stamps.h), the second which version. Zeros are a version, too: what
 * lies behind the end. Without writes there is one, as the disk had it at first.
 *
 * Promises:
 *  1. What a reader gets was current at some instant between its begin and its copy:
 *     what the last write put there, or one that is under way; or what the disk has, if
 *     somebody dropped the page meanwhile, written out or not.
 *  2. In the end the file says what the last write put there, and what is clean says
 *     what the disk does: stores.c.
 *  Of weak memory neither.
 *
 * Yields: linux_read_folio().
 */
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/uaccess.h>

#include "contents.h"
#include "glue.h"

#define places linux_places
struct linux_place linux_places[TARGET_INDEX_MAX];

static unsigned int versions; /* given out */

/* By task. */
static struct reader {
	bool on;
	bool alone; /* what bears no version of its page nobody else speaks of */
	unsigned long position;
	uint64_t may[TARGET_BATCH_MAX];
} readers[LINUX_TASKS];

/* By task: who drops a range. */
static struct dropper {
	bool on;
	unsigned long position, end;
} droppers[LINUX_TASKS];

static unsigned int largest; /* block so far: no folio was larger */

/* ------------------------------------------------------------------- versions */

static uint64_t current_at(unsigned long position)
{
	const struct linux_place *place = &places[position];
	uint64_t now = BIT_OF(place->latest) | place->fading | place->either;

	if (place->coming)
		now |= BIT_OF(place->coming - 1);
	if (place->lost)
		now |= place->lost | BIT_OF(place->disk);
	return now;
}

/* Behind the end of his file a reader gets nothing. */
void linux_place_changed(unsigned long position)
{
	int i;

	for (i = 0; i < LINUX_TASKS; i++) {
		struct reader *reader = &readers[i];

		if (reader->on &&
		    position - reader->position < TARGET_BATCH_MAX)
			reader->may[position - reader->position] |=
				current_at(position);
	}
}

unsigned int linux_version_of(const unsigned char *contents,
			      unsigned long position)
{
	if (!contents[0])
		return ZEROS;
	if (contents[0] != MACHINE_DISK(position) || contents[1] > ZEROS)
		return NONE;
	return contents[1];
}

static unsigned char *contents_of(struct page *page)
{
	return page_address(page);
}

/* -------------------------------------------------------------------- readers */

void linux_reader_begin(unsigned long position, bool alone)
{
	struct reader *reader = &readers[machine.self->id];
	unsigned long i;

	reader->on = true;
	reader->alone = alone;
	reader->position = position;
	for (i = 0; i < TARGET_BATCH_MAX && position + i < TARGET_INDEX_MAX;
	     i++)
		reader->may[i] = current_at(position + i);
}

void linux_reader_end(void)
{
	readers[machine.self->id].on = false;
}

/* It is about to get a page, the @nr-th from its position on. */
void linux_reader_gets(unsigned long nr, const unsigned char *contents)
{
	const struct reader *reader = &readers[machine.self->id];
	unsigned int version;

	if (!reader->on || machine.weak || nr >= TARGET_BATCH_MAX)
		return;
	version = linux_version_of(contents, reader->position + nr);
	if (version == NONE ? reader->alone : !(reader->may[nr] >> version & 1))
		machine_bug("read-of-a-version-that-was-not");
}

/* -------------------------------------------------------------------- writers */

unsigned int linux_version_new(void)
{
	return versions + 1 == ZEROS ? 0 : ++versions;
}

unsigned int linux_version_begin(unsigned long position)
{
	struct linux_place *place = &places[position];

	if (!linux_version_new())
		return 0;
	place->coming = (uint8_t)(1 + versions);
	place->stored = false;
	linux_place_changed(position);
	return versions;
}

/* The page has it, and is dirty; it is locked still. */
void linux_version_put(unsigned long position)
{
	struct linux_place *place = &places[position];

	place->fading = current_at(position);
	/* A store since then: before the copy or behind it. */
	place->either = place->stored ? BIT_OF(place->latest) : 0;
	place->latest = place->coming - 1;
	place->by_store = false;
	place->coming = 0;
	if (!place->droppers)
		place->lost = 0;
}

/* The write is over, or came to nothing. */
void linux_version_end(unsigned long position)
{
	places[position].fading = 0;
	places[position].coming = 0;
}

/* What the writer of @version has in hand. */
void linux_version_fill(unsigned char *contents, unsigned long position,
			unsigned int version)
{
	memset(contents, MACHINE_DISK(position), PAGE_SIZE);
	contents[1] = (unsigned char)version;
}

/* Behind the end, which is in front of @first: what is there is to go; has gone. */
void linux_zeros_begin(unsigned long first, unsigned long end)
{
	unsigned long i;

	for (i = first; i < end; i++) {
		places[i].coming = 1 + ZEROS;
		places[i].stored = false;
		linux_place_changed(i);
	}
}

void linux_zeros_end(unsigned long first, unsigned long end)
{
	unsigned long i;

	for (i = first; i < end; i++) {
		struct linux_place *place = &places[i];

		place->coming = 0;
		/* Stored into what goes, or into what could not go: see stores.c. */
		place->either = place->stored ?
					place->either | BIT_OF(place->latest) :
					0;
		place->by_store = false;
		place->latest = place->disk = ZEROS;
		place->lost = place->droppers ? BIT_OF(ZEROS) : 0;
	}
}

/* ------------------------------------------------------------ pages that are dropped */

/* Somebody drops pages that he locks, written out or not: a step of it. */
void linux_drop(unsigned long position, unsigned long nr)
{
	unsigned long i;

	for (i = position; i < position + nr && i < TARGET_INDEX_MAX; i++) {
		places[i].lost |= BIT_OF(places[i].disk);
		linux_place_changed(i);
	}
}

/* Large folios that reach into a range, and come meanwhile, go as they are. */
static void reach(const struct dropper *dropper, int change)
{
	unsigned long size = 1UL << largest;
	unsigned long first = round_down(dropper->position, size), i;
	unsigned long end = round_up(dropper->end, size);

	for (i = first; i < end; i++)
		places[i].droppers += change;
	if (change > 0)
		linux_drop(first, end - first);
}

/* The same of a range; where a folio cannot be split there are zeros, inside of it. */
void linux_drops_begin(unsigned long position, unsigned long nr)
{
	struct dropper *dropper = &droppers[machine.self->id];
	unsigned long end = min(position + nr, target_file_end(position)), i;

	*dropper = (struct dropper){ true, position, end };
	for (i = position; i < end; i++)
		places[i].lost |= BIT_OF(ZEROS);
	reach(dropper, 1);
}

void linux_drops_end(void)
{
	struct dropper *dropper = &droppers[machine.self->id];

	reach(dropper, -1);
	dropper->on = false;
}

unsigned int linux_largest_block(void)
{
	return largest;
}

void linux_block_out(unsigned int order)
{
	int i;

	if (order <= largest)
		return;
	for (i = 0; i < LINUX_TASKS; i++)
		if (droppers[i].on)
			reach(&droppers[i], -1);
	largest = order;
	for (i = 0; i < LINUX_TASKS; i++)
		if (droppers[i].on)
			reach(&droppers[i], 1);
}

void linux_gone(unsigned long position, unsigned long nr)
{
	unsigned long i;

	for (i = position; i < position + nr; i++)
		places[i] = (struct linux_place){ .disk = places[i].disk,
						  .latest = places[i].disk };
}

/* ------------------------------------------------------------------------ disk */

static void fill(struct page *page, unsigned long position,
		 unsigned char version)
{
	unsigned char *to = contents_of(page);
	unsigned char what = version == ZEROS ? 0 : MACHINE_DISK(position);

	machine_disk_read(to, what, PAGE_SIZE); /* names its site */
	to[1] = what ? version : 0;
}

static unsigned long position_of(const struct folio *folio, unsigned long i)
{
	return linux_position(folio->mapping, folio->index + i);
}

void linux_blocks_find(struct linux_blocks *blocks, const struct folio *folio)
{
	unsigned long i, nr = folio_nr_pages(folio);

	for (i = 0; i < nr; i++) {
		unsigned long position = position_of(folio, i);

		blocks->versions[target_index(position)] =
			places[position].disk;
	}
}

void linux_blocks_read(const struct linux_blocks *blocks, struct folio *folio)
{
	unsigned long i, nr = folio_nr_pages(folio);

	VM_BUG_ON_FOLIO(linux_file_of(folio->mapping) == LINUX_FILES, folio);
	for (i = 0; i < nr; i++) {
		unsigned long position = position_of(folio, i);

		fill(folio_page(folio, i), position,
		     blocks->versions[target_index(position)]);
	}
}

int linux_read_folio(struct file *file, struct folio *folio)
{
	unsigned long i, nr = folio_nr_pages(folio);

	(void)file;
	VM_BUG_ON_FOLIO(linux_file_of(folio->mapping) == LINUX_FILES, folio);
	for (i = 0; i < nr; i++) {
		unsigned long position = position_of(folio, i);

		fill(folio_page(folio, i), position, places[position].disk);
	}
	folio_mark_uptodate(folio);
	folio_unlock(folio);
	return 0;
}

/* All pages of a folio of 2^@order that was dirty have arrived on the disk. */
void linux_written_out(struct page *page, unsigned long position,
		       unsigned int order)
{
	unsigned long i;

	for (i = 0; i < 1UL << order && position + i < TARGET_INDEX_MAX; i++) {
		unsigned int version =
			linux_version_of(contents_of(page + i), position + i);

		if (version == NONE)
			continue;
		places[position + i].disk = (uint8_t)version;
		linux_place_changed(position + i);
	}
}
