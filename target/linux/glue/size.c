// SPDX-License-Identifier: GPL-2.0
/*
 * size.c: how long the file is, and who reads it while that changes.
 *
 * Promises:
 *  1. A read brings nothing from beyond the end: the file was as long as that at some
 *     instant in it.
 *  2. A read that may wait brings all of its first page that the shortest file had
 *     which there was meanwhile, unless there was no memory.
 *  Of weak memory neither: whose read takes no lock may see the size of before.
 *
 * Yields: linux_truncate(), linux_size_set().
 * See: ext4_setattr() and truncate_setsize(), for the order of steps; filemap_read().
 */
#include <linux/fs.h>
#include <linux/pagemap.h>

#include "glue.h"

#define QUARTER (PAGE_SIZE / 4) /* a block: i_blkbits */

/* By task. */
static struct reading {
	const struct inode *of; /* NULL: none */
	loff_t shortest, longest; /* file that there was meanwhile */
} readings[LINUX_TASKS];

void linux_reading_begin(const struct inode *inode)
{
	loff_t size = inode->i_size;

	readings[machine.self->id] = (struct reading){ inode, size, size };
}

/* It read from @at on, a page or more, and got @got bytes or an error. */
void linux_reading_end(loff_t at, bool waits, ssize_t got)
{
	struct reading *reading = &readings[machine.self->id];

	reading->of = NULL;
	if (machine.weak || got < 0)
		return;
	if (got && at + got > reading->longest)
		machine_bug("read-beyond-the-end");
	if (waits && at + got < min(at + (loff_t)PAGE_SIZE, reading->shortest))
		machine_bug("read-short-of-the-end");
}

/* Whoever does has the inode's lock. */
void linux_size_set(struct inode *inode, loff_t size)
{
	int i;

	linux_size_store(inode, size);
	for (i = 0; i < LINUX_TASKS; i++) {
		struct reading *reading = &readings[i];

		if (reading->of != inode)
			continue;
		reading->shortest = min(reading->shortest, size);
		reading->longest = max(reading->longest, size);
	}
}

/* Nobody else changes the size meanwhile. */
static void judge_mapped(unsigned long position)
{
	const char *wrong =
		linux_mapped_behind((unsigned int)target_file(position));

	if (wrong && !machine.weak)
		machine_bug(wrong);
}

/* Of so many pages and quarters of one. */
void linux_truncate(const struct op_args *args, struct op_result *result)
{
	struct inode *inode = linux_file_at(args->index);
	unsigned long end = target_file_end(args->index);
	unsigned long first = args->index + !!args->own[1];
	loff_t size = (loff_t)args->own[0] * PAGE_SIZE + args->own[1] * QUARTER;
	loff_t before;

	(void)result;
	inode_lock(inode);
	filemap_invalidate_lock(inode->i_mapping);
	before = inode->i_size;
	linux_zeros_begin(first, end);
	linux_size_set(inode, size);
	if (size > before)
		pagecache_isize_extended(inode, before, size);
	truncate_pagecache(inode, size);
	linux_zeros_end(first, end); /* the disk gives back its blocks */
	judge_mapped(args->index);
	filemap_invalidate_unlock(inode->i_mapping);
	inode_unlock(inode);
}
