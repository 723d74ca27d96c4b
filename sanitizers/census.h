/* SPDX-License-Identifier: MIT */
/*
 * census.h: where every page is: one walk over free lists, cache and books.
 *
 * Valid at quiescence. Each checker reads its own line of it.
 */
#ifndef SANITIZERS_CENSUS_H
#define SANITIZERS_CENSUS_H

#include "books.h"

/* First page that breaks a rule, or TARGET_NO_PAGE. */
struct census {
	int wrong_order; /* block not as its list says, or misaligned */
	int overlap; /* page in two free blocks */
	int badly_linked; /* neighbours disagree, or not marked free */
	int counted; /* free page with a reference */
	int owned; /* free page with an owner */
	int on_cpu; /* free page on a per-CPU list */
	int lost; /* neither free nor cached nor held */
	unsigned int nr_lost;
};

void census_take(const struct target *target, const struct books *books,
		 struct census *census);

#endif
