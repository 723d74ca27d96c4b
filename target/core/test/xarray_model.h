/* SPDX-License-Identifier: MIT */
/*
 * xarray_model.h: a tree and the plain array that it has to be equal to.
 *
 * The tree is never larger than it has to be: the model knows how many nodes
 * that is, and the machine how many are allocated.
 */
#ifndef CORE_TEST_XARRAY_MODEL_H
#define CORE_TEST_XARRAY_MODEL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "machine_stub.h"
#include "xarray.h"

#define INDICES 64

struct model {
	struct xarray xa;
	void *entries[INDICES];
	uint64_t random;
};

/* The machine as new and an empty tree of this fan-out, seeded by it. */
void model_begin(struct model *model, unsigned int shift);
/* Returns: a random number below @below. */
unsigned int model_pick(struct model *model, unsigned int below);

void *model_load(struct model *model, unsigned long index);
/* @entry NULL: erase. Returns: false if there was no memory. */
bool model_store(struct model *model, unsigned long index, void *entry);
/* Returns: the nodes of the smallest tree; none for index 0 alone. */
unsigned int model_nodes(const struct model *model);

void assert_find_in_order(struct model *model, unsigned long start,
			  unsigned long max);
/* Everything the tree says and has is what the array says. */
void assert_as_model(struct model *model);

#endif
