/* SPDX-License-Identifier: MIT */
/*
 * observe.h: the engine shows what happens to whoever looks on: observer.h.
 */
#ifndef FUZZ_OBSERVE_H
#define FUZZ_OBSERVE_H

#include "engine.h"

/* From here on those that @options (NULL: none) name. */
void observe(struct engine *engine, const struct run_options *options);

/* Each shows the running task's step to all of them: observer.h. */
void observe_reset(const struct engine *engine);
void observe_begin(const struct engine *engine, enum operation op,
		   const struct op_args *args);
void observe_access(const struct engine *engine, const struct access *access);
void observe_dead_access(const struct engine *engine);
void observe_pages(const struct engine *engine, unsigned long pfn,
		   unsigned int order, bool alloc);
void observe_end(const struct engine *engine, const struct op_result *result);
void observe_settled(const struct engine *engine, enum operation op,
		     const struct op_result *result);

#endif
