/* SPDX-License-Identifier: MIT */
/*
 * generate.h: a program from nothing, that owes nothing to the corpus.
 *
 * Mutation inherits what its parents are made of, and parents are kept for what
 * they cover: operations that cover much crowd out the others, the more so the
 * larger the target. So programs are drawn afresh, too:
 *  - short: two or three tasks of a few operations each;
 *  - of a random half of the kinds of operations (swarm testing: Groce, Zhang,
 *    Eide, Chen, Regehr, ISSTA 2012), so that what is rare among everything is
 *    common in some programs;
 *  - and so that operations meet: what takes a handle or names an index finds
 *    it, given by another operation or by set-up; half of the time the task
 *    that got something gives it back.
 *
 * See: README.md, what the search finds without it.
 */
#ifndef FUZZ_GENERATE_H
#define FUZZ_GENERATE_H

#include "program.h"
#include "rng.h"

#define GENERATE_OPS 3 /* of a task at most, but for what gives back */

/* Deterministic in @rng; the result is normalized and has no switches. */
void generate_program(struct program *program, const struct target *target,
		      struct rng *rng);

#endif
