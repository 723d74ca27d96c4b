/* SPDX-License-Identifier: MIT */
/* stack.h: a lock-free stack of numbers, in C++. */
#ifndef FUZZ_TEST_STACK_H
#define FUZZ_TEST_STACK_H

#include "target.h"

#ifdef __cplusplus
extern "C" {
#endif

void stack_init(void);
struct target_region stack_region(void);
void stack_push(int number); /* 0 .. 3; not one that is on it */
int stack_pop(void); /* 0: none is left */

#ifdef __cplusplus
}
#endif
#endif
