/* SPDX-License-Identifier: MIT */
/*
 * plain.h: plain accesses as access points, in a build that asks for it
 * (PAGERACE_PLAIN); in any other everything here is empty.
 *
 * The compiler puts a call in front of every load and store of the target; what
 * reaches the target's regions or the arena becomes an access point, announced
 * and judged as a marked one is. Copies by memcpy() and memset() stay unseen.
 *
 * Promises:
 *  1. A marked access is announced once, as itself. Views, init() and the
 *     engine announce nothing.
 *  2. A plain store counts as performed at the task's next word, with the value
 *     that it stored: nobody else runs in between.
 *  3. The name of a plain access is function:store8(page mapping): the function
 *     from the binary's symbols, or with file and line from what the build knew
 *     (target.h), what is accessed from the target's describe().
 *     One binary, one set of names and digests; another compiler, others.
 *
 * Limits: PLAIN_SITES; the binary has its symbols.
 * See: https://clang.llvm.org/docs/SanitizerCoverage.html#tracing-data-flow
 */
#ifndef FUZZ_PLAIN_H
#define FUZZ_PLAIN_H

#include "engine.h"

#define PLAIN_SITES 16384

#ifdef PAGERACE_PLAIN

/* From now on @engine is the machine; NULL: nobody is. */
void plain_attach(struct engine *engine);
/*
 * A site whose name, or whose function's, has @hash, among those visited in
 * this process and its children since the first plain_attach(); or NULL.
 */
const struct site *plain_find(uint32_t hash);

/* The target runs from here to there. */
static inline void plain_begin(struct engine *engine)
{
	engine->in_target++;
}

static inline void plain_end(struct engine *engine)
{
	machine_settle();
	engine->in_target--;
}

#else

static inline void plain_attach(struct engine *engine)
{
	(void)engine;
}

static inline const struct site *plain_find(uint32_t hash)
{
	(void)hash;
	return NULL;
}

static inline void plain_begin(struct engine *engine)
{
	(void)engine;
}

static inline void plain_end(struct engine *engine)
{
	(void)engine;
}

#endif
#endif
