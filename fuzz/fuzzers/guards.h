/* SPDX-License-Identifier: MIT */
/*
 * guards.h: schedule features for engines that see nothing but code.
 *
 * libFuzzer reads the map of features itself (fuzz_one.c). AFL++ and honggfuzz
 * know of edges alone: an instrumented edge has a guard, a word in the section
 * __sancov_guards, which the engine numbers before main(), and reports the guard
 * when it is passed. So each byte of the map has a guard in that section, too,
 * and a run ends by passing those of the features that it had.
 *
 * Promises: where nobody numbers guards (libFuzzer, a build without
 * instrumentation) nothing happens.
 */
#ifndef FUZZ_GUARDS_H
#define FUZZ_GUARDS_H

#include "feedback.h"

/* Report what a run left in @map and clear it, if guards are numbered. */
void guards_take(uint8_t map[FEEDBACK_MAP_SIZE]);

#endif
