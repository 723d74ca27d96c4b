/* SPDX-License-Identifier: MIT */
/* guards.c: see guards.h. */
#include "guards.h"

#include <string.h>

__attribute__((section("__sancov_guards"))) static uint32_t
	guards[FEEDBACK_MAP_SIZE];

/* The engine's. */
__attribute__((weak)) void __sanitizer_cov_trace_pc_guard(uint32_t *guard);

void guards_take(uint8_t map[FEEDBACK_MAP_SIZE])
{
	unsigned int i;

	if (!guards[0] || !__sanitizer_cov_trace_pc_guard)
		return;
	for (i = 0; i < FEEDBACK_MAP_SIZE; i++)
		if (map[i])
			__sanitizer_cov_trace_pc_guard(&guards[i]);
	memset(map, 0, FEEDBACK_MAP_SIZE);
}
