/* SPDX-License-Identifier: GPL-2.0 */
/*
 * contents.h: which versions of a page there are at each position of the files, between
 * contents.c, for writes, reads and the disk, and stores.c, for what CPUs store.
 */
#ifndef LINUX_GLUE_CONTENTS_H
#define LINUX_GLUE_CONTENTS_H

#include <linux/types.h>

#include "target.h"

#define ZEROS 63 /* the version that has no bytes of its own */
#define NONE 64
#define BIT_OF(version) (1ULL << (version))

extern struct linux_place {
	uint64_t fading; /* versions before a write that has not ended yet */
	uint64_t lost; /* what drops may have brought back, a bit each */
	uint64_t either; /* what may be the last one as well */
	uint8_t disk, latest;
	uint8_t coming; /* 1 + it; 0: none */
	uint8_t droppers; /* on their way */
	bool stored; /* since a write began that has not ended */
	bool by_store; /* the last one was stored by a CPU */
} linux_places[TARGET_INDEX_MAX];

/* Returns: its number; 0: there are no more. */
unsigned int linux_version_new(void);
/* That the page at @contents bears, of @position; NONE: it bears something else. */
unsigned int linux_version_of(const unsigned char *contents,
			      unsigned long position);
/* Something has changed there: what readers may get. */
void linux_place_changed(unsigned long position);

#endif
