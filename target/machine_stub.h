/* SPDX-License-Identifier: MIT */
/*
 * machine_stub.h: what a unit test may ask of the machine that never yields.
 *
 * One task, number 0, at first on CPU 0. The stub is the machine of unit tests
 * of targets; hunting takes fuzz/engine/machine.c in its place.
 *
 * Yields: never. Whatever would wait for another task ends as machine_bug():
 *   nobody could ever wake us.
 */
#ifndef TARGET_MACHINE_STUB_H
#define TARGET_MACHINE_STUB_H

#include "machine_types.h"

#define MACHINE_STUB_OBJECTS 128

/* Back to power-on: no objects, no callbacks, no hook, CPU 0. */
void machine_stub_reset(void);

/* From now on the task runs on @cpu. */
void machine_stub_set_cpu(int cpu);

/* Returns: how many objects are allocated and not yet freed. */
unsigned int machine_stub_live(void);

/*
 * Run @fn, which is expected to meet a machine_bug(). Not to be nested.
 * Returns: the id of the bug, or NULL if @fn returned. After a bug the target
 * is in the middle of something: bring it up again.
 */
const char *machine_stub_catch(void (*fn)(void *arg), void *arg);

/*
 * Call @step before each access from now on; NULL: no more. It is not called
 * for the accesses that it makes itself. @addr is NULL where there is none.
 */
void machine_stub_watch(void (*step)(void *arg, const struct site *site,
				     const volatile void *addr),
			void *arg);

#endif
