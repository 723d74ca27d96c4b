/* SPDX-License-Identifier: GPL-2.0 */
/*
 * late.h: what /dev/late is asked, by ioctl.
 */
#ifndef LATE_H
#define LATE_H

#include <linux/ioctl.h>

/* When a lookup puts the reference that it took too late. */
enum late_order {
	late_none, /* there is no lookup */
	late_before, /* before cma_release() */
	late_behind, /* behind it, when somebody else has the page: the finding's */
};

struct late_look {
	int fd;
	unsigned int index;
	unsigned long pfn; /* 0: nothing */
	int in_area; /* it lies in the area of CMA */
};

struct late_counts {
	int first, second; /* the reader came to its stops */
	int moving; /* the writer came to migrate_pages() */
	int taken,
		released; /* the writer has the page from CMA, has given it back */
	int met, late; /* waits at whose end the other one had come, or not */
	int left; /* references of the page when it was given back */
	int refused; /* the allocator did not take it back for that */
	int others; /* or it was allocated then by somebody else */
	int over; /* so far */
	int count_before,
		count_after; /* of its references, before and after the put */
	int twice; /* and then it was allocated once more */
};

#define LATE_LOOK _IOWR('l', 1, struct late_look)
/* The file's entry at index is watched, when the caller reads it. */
#define LATE_WATCH _IOW('l', 2, struct late_look)
#define LATE_COUNTS _IOR('l', 3, struct late_counts)
/* enum late_order; what was counted is forgotten. */
#define LATE_ORDER _IOW('l', 4, int)
/* The caller is the writer: it takes the page at this pfn from CMA, and gives it back;
 * then somebody allocates that page. -EXDEV: CMA gave others; -ENOENT: nobody got it. */
#define LATE_CMA _IOW('l', 5, unsigned long)
/* After the reader has ended: is that page still its owner's? By the reader's CPU. */
#define LATE_JUDGE _IO('l', 6)

#endif
