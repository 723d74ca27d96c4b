/* SPDX-License-Identifier: MIT */
/*
 * bench_switch.h: what one switch between two stacks costs, in nanoseconds.
 */
#ifndef FUZZ_BENCH_SWITCH_H
#define FUZZ_BENCH_SWITCH_H

enum bench_switch {
	BENCH_SWITCH_FIBER, /* fiber_switch(), as the scheduler uses it */
	BENCH_SWITCH_BARE, /* the backend's assembly, without anything around */
	BENCH_SWITCH_UCONTEXT, /* swapcontext(), with its system call */
};

/*
 * Switch @switches times (at least 2) to and fro between this stack and
 * another one, several times over.
 * Returns: nanoseconds per switch in the best of the repeats; 0 for
 * BENCH_SWITCH_BARE if the backend has no assembly.
 */
double bench_switch_ns(enum bench_switch what, unsigned long switches);

#endif
