/* SPDX-License-Identifier: GPL-2.0 */
/* own.h: operations of this target alone, in the order of their numbers: operations.c. */
#ifndef LINUX_GLUE_OWN_H
#define LINUX_GLUE_OWN_H

#ifdef TREE_HAS_MAPS
#define LINUX_MAPS(name) name
#else
#define LINUX_MAPS(name) NULL
#endif

/* clang-format off */
#define LINUX_OWN \
	{ { .name = "pcp_disable", .run = linux_pcp_disable, .weight = 2 }, \
	  { .name = "compact", .run = linux_compact, \
	    .arguments = { { "order", 0, LINUX_ORDER_MAX } }, .weight = 3 }, \
	  { .name = "reclaim_some", .run = linux_reclaim_some, \
	    .arguments = { { "pages", 1, 16 } }, .weight = 3 }, \
	  { .name = "alloc_hard", .run = linux_alloc_hard, \
	    .arguments = { { "order", 0, LINUX_ORDER_MAX }, { "again", 0, 2 } }, \
	    .weight = 3 }, \
	  { .name = "truncate", .run = linux_truncate_of_file, \
	    .arguments = { { "pages", 0, TARGET_FILE_PAGES - 1 }, \
			   { "quarters", 0, 3 } }, \
	    .indexed = true, .weight = 4 }, \
	  { .name = "modify", .run = linux_modify_of_file, \
	    .arguments = { { "page", 0, TARGET_FILE_PAGES - 1 } }, \
	    .indexed = true, .weight = 5 }, \
	  { .name = "read_ahead", .run = linux_read_ahead_of_file, \
	    .arguments = { { "page", 0, TARGET_FILE_PAGES - 1 }, \
			   { "pages", 1, TARGET_BATCH_MAX } }, \
	    .indexed = true, .fills = true, .weight = 5 }, \
	  { .name = "evict", .run = linux_evict, .filed = true, .weight = 3 }, \
	  { .name = "split_at", .run = linux_split_at, \
	    .arguments = { { "page", 0, TARGET_FILE_PAGES - 1 } }, \
	    .indexed = true, .weight = 3 }, \
	  { .name = LINUX_MAPS("map"), .run = linux_map_of_file, \
	    .arguments = { { "page", 0, TARGET_FILE_PAGES - 1 }, \
			   { "write", 0, 1 } }, \
	    .indexed = true, .weight = 5 }, \
	  { .name = LINUX_MAPS("unmap"), .run = linux_unmap_of_file, \
	    .arguments = { { "page", 0, TARGET_FILE_PAGES - 1 }, \
			   { "pages", 1, 16 } }, \
	    .indexed = true, .weight = 3 } }
/* clang-format on */

#endif
