/* SPDX-License-Identifier: MIT */
/*
 * sites.h: the names of access points.
 *
 * A site's durable name is function:accessor(expr)#n, where n counts the equal
 * function:accessor(expr) in one function by line. Numeric ids are the rank
 * among the sorted names; they change with the source and are kept nowhere.
 */
#ifndef FUZZ_SITES_H
#define FUZZ_SITES_H

#include "target.h"

#define SITE_NAME_MAX 160

/* Name, number and hash all sites of @target. Call once, before any run. */
void sites_init(const struct target *target);
/* Hash @site, which has its names and its number. */
void site_hash(struct site *site);
/* "function:accessor(expr)", without #n. Returns: the length. */
int site_name(const struct site *site, char *name, size_t max);

#endif
