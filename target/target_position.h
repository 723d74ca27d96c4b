/* SPDX-License-Identifier: MIT */
/*
 * target_position.h: positions in the cache: a number for each index of each file,
 * those of the first file, then those of the next.
 */
#ifndef TARGET_POSITION_H
#define TARGET_POSITION_H

#define TARGET_FILES_MAX 2
#define TARGET_FILE_PAGES 64 /* indices of a file: 0 .. 63 */
#define TARGET_INDEX_MAX (TARGET_FILES_MAX * TARGET_FILE_PAGES) /* positions */

/* Where @index of @file is among the positions; and back. */
static inline unsigned long target_position(unsigned long file,
					    unsigned long index)
{
	return file * TARGET_FILE_PAGES + index;
}

static inline unsigned long target_file(unsigned long position)
{
	return position / TARGET_FILE_PAGES;
}

static inline unsigned long target_index(unsigned long position)
{
	return position % TARGET_FILE_PAGES;
}

/* The first position behind the file that @position is in. */
static inline unsigned long target_file_end(unsigned long position)
{
	return target_position(target_file(position) + 1, 0);
}

#endif
