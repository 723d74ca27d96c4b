/* SPDX-License-Identifier: GPL-2.0 */
/*
 * reload.h: what /dev/reload is asked, by ioctl.
 */
#ifndef RELOAD_H
#define RELOAD_H

#include <linux/ioctl.h>

/* What a file has at an index. */
struct reload_look {
	int fd;
	unsigned int index;
	unsigned long pfn; /* 0: nothing, or a shadow entry */
	int order; /* of the folio, or of the shadow entry */
	int shadow; /* it is one */
};

/* In which order: where the reader's two loads of xas_reload() stand. */
enum reload_order {
	reload_none, /* nobody is held */
	reload_before, /* both before the shadow entry is split */
	reload_after, /* both after the newcomer is stored */
	reload_between, /* the first before, the second after: the finding's */
};

struct reload_counts {
	int first, second; /* the reader came to its stops */
	int split; /* the writer came to the split */
	int met; /* waits at whose end the other one had come */
	int late; /* or had not, in time */
};

#define RELOAD_LOOK _IOWR('r', 1, struct reload_look)
/* The file's entries at 0 and 1 are watched, when the caller reads them. */
#define RELOAD_WATCH _IOW('r', 2, int)
/* enum reload_order; what was counted is forgotten. */
#define RELOAD_ORDER _IOW('r', 3, int)
#define RELOAD_COUNTS _IOR('r', 4, struct reload_counts)
/* The block of order 2 that begins at this pfn is taken from the allocator and given back,
 * page by page, its first one last. The caller is the writer. -EAGAIN: it was not had. */
#define RELOAD_TAKE _IOW('r', 5, unsigned long)

#endif
