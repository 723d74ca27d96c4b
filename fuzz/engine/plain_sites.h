/* SPDX-License-Identifier: MIT */
/*
 * plain_sites.h: the sites of plain accesses, entered as they are visited.
 *
 * The table is shared with child processes: what a child visited, its parent
 * can name. Private to plain.c.
 */
#ifndef FUZZ_PLAIN_SITES_H
#define FUZZ_PLAIN_SITES_H

#include "plain.h"

/* Where a plain access is made, and to what. */
struct plain_key {
	uintptr_t where; /* in the code, behind the call */
	const char *class, *field; /* of what is accessed; constants */
	uint8_t kind; /* MACHINE_LOADS or MACHINE_STORES */
	uint8_t size; /* bytes */
};

struct plain_sites;

/* Reads the symbols of the running binary. Aborts with a message if it cannot. */
struct plain_sites *plain_sites_open(void);
/*
 * The site of @key in @target, entered if it is new. Aborts if there are too
 * many.
 */
struct site *plain_sites_get(struct plain_sites *sites,
			     const struct plain_key *key,
			     const struct target *target);
/* Returns: a site whose name, or whose function's, has @hash; or NULL. */
const struct site *plain_sites_find(const struct plain_sites *sites,
				    uint32_t hash);

#endif
