/* SPDX-License-Identifier: MIT */
/*
 * zone_picture.h: the free lists of the core as a line of text, for tests.
 *
 *     0:[1] 1:[2-3][6-7] 3:[8-15]
 *
 * Order, colon, the blocks in list order; orders without a block are left out,
 * and nothing at all is "empty". What contradicts itself is marked: [2-3?] a
 * block whose page records another order or is not marked as free, !N a list
 * of another length than its counter N. On per-CPU lists !N stands at the end.
 *
 * It reads the lists by itself: the views of the core are under test, too.
 */
#ifndef CORE_TEST_ZONE_PICTURE_H
#define CORE_TEST_ZONE_PICTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "machine_stub.h"
#include "zone.h"

struct picture {
	char text[1024];
	size_t used;
};

/* Of the buddy's lists; of one CPU's. Returns: picture->text. */
const char *zone_picture(struct picture *picture);
const char *pcp_picture(struct picture *picture, int cpu);

/* The machine as new, and a core of @pages. */
void fresh_core(unsigned int pages, unsigned int high, unsigned int batch);
/* cmocka set-up: 16 pages, nothing is kept on per-CPU lists. */
int fresh_16_pages(void **state);

#define PAGE(pfn) (&core.mem_map[pfn])
#define PFN(page) ((int)page_to_pfn(page))

#define assert_zone(expected)                                                  \
	do {                                                                   \
		struct picture picture_;                                       \
		assert_string_equal(zone_picture(&picture_), expected);        \
	} while (0)
#define assert_pcp(cpu, expected)                                              \
	do {                                                                   \
		struct picture picture_;                                       \
		assert_string_equal(pcp_picture(&picture_, cpu), expected);    \
	} while (0)
/* @fn(@arg) ends in machine_bug(@id). */
#define assert_bug(fn, arg, id)                                                \
	do {                                                                   \
		const char *bug_ = machine_stub_catch(fn, arg);                \
		assert_non_null(bug_);                                         \
		assert_string_equal(bug_, id);                                 \
	} while (0)

#endif
