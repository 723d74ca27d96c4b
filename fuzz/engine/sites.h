/* SPDX-License-Identifier: MIT */
/*
 * sites.h: the names of access points.
 *
 * A site's durable name is function:accessor(expr)#n, where n counts the equal
 * function:accessor(expr) in one function by line, and by place within it. Of
 * a long expr the beginning counts. Copies of one place have one name. Numeric
 * ids are the rank among the sorted names; they change with the source and are
 * kept nowhere. What is in no code any more has kind NONE, id 0 and hash 0.
 */
#ifndef FUZZ_SITES_H
#define FUZZ_SITES_H

#include "program.h"

#define SITE_NAME_MAX TEXT_NAME_MAX
#define SITE_EXPR_MAX 40

/* Name, number and hash all sites of @target. Call once, before any run. */
void sites_init(const struct target *target);
/* ... of all targets that this binary holds. */
void sites_init_all(void);
/* ... of all targets that this binary holds. */
void sites_init_all(void);
/* Hash @site, which has its names and its number. */
void site_hash(struct site *site);
/* "function:accessor(expr)", without #n. Returns: the length. */
int site_name(const struct site *site, char *name, size_t max);
/* What text_print() calls the sites of @target; NULL: nothing. */
struct text_names sites_names(const struct target *target);
/*
 * Its file as a reader knows it: what the compiler was called with is cut to
 * the last name, a path within the tree of sources stays.
 */
const char *site_file(const struct site *site);

#endif
