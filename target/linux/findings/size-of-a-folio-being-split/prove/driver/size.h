/* SPDX-License-Identifier: GPL-2.0 */
/*
 * size.h: what /dev/size is asked, by ioctl.
 */
#ifndef SIZE_H
#define SIZE_H

#include <linux/ioctl.h>

struct size_counts {
	int stopped; /* the split was held where the size is another word */
	int scanned; /* and the range had read it by then */
	int late; /* or not, in time */
	unsigned long end_max; /* pages up to here were to be migrated */
	unsigned long pages; /* pages up to here there are */
	int error; /* of alloc_contig_range() */
};

/* The folio of order 9 that begins at this pfn is watched: the caller splits it. 0: what
 * was counted is forgotten, and nothing is watched. */
#define SIZE_WATCH _IOW('s', 1, unsigned long)
/* alloc_contig_range() of the 512 pages from this pfn on, and free_contig_range(). */
#define SIZE_RANGE _IOW('s', 2, unsigned long)
#define SIZE_COUNTS _IOR('s', 3, struct size_counts)

#endif
