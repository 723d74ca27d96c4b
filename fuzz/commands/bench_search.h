/* SPDX-License-Identifier: MIT */
/*
 * bench_search.h: pagerace bench search: a contest (contest.h), as people ask for
 * one.
 */
#ifndef FUZZ_BENCH_SEARCH_H
#define FUZZ_BENCH_SEARCH_H

#include "command.h"

/* @names: of rows, ends with NULL; empty: all. Returns: an exit code. */
int bench_search(const struct options *options, char *const *names);

#endif
