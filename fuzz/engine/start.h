/* SPDX-License-Identifier: MIT */
/*
 * start.h: the start of an operation's stack, for whoever walks it.
 *
 * Frames below an operation's are ours, and alike in every report: two crashes
 * that have two lines of three in common are one to ClusterFuzz. So the walk ends
 * here, in a function whose name it passes over, as it does _start.
 *
 * Promises: calls @func with what stands in front of it. Where we have no assembly
 *   (fiber_ucontext.c) the walk goes on.
 * See: https://github.com/google/clusterfuzz, stacktraces/constants.py
 */
#ifndef FUZZ_START_H
#define FUZZ_START_H

#include "target.h"

/* Yields: where @func does. */
void start_operation(
	const struct op_args *args, struct op_result *result,
	void (*func)(const struct op_args *args,
		     struct op_result *result)) __asm__("_start_operation");
void start_interrupt(
	enum operation op, const struct op_args *args, struct op_result *result,
	void (*func)(enum operation op, const struct op_args *args,
		     struct op_result *result)) __asm__("_start_interrupt");
void start_callback(
	struct rcu_head *head,
	void (*func)(struct rcu_head *head)) __asm__("_start_callback");

#endif
