/* SPDX-License-Identifier: MIT */
/*
 * decided.h: which orders decide a program's finding (explore/decide.h), and which
 * barriers forbid it (forbid.h), for who has an engine and a worker.
 */
#ifndef FUZZ_DECIDED_H
#define FUZZ_DECIDED_H

#include "decide.h"
#include "targets.h"
#include "worker.h"

/*
 * Before the run that is to be shown is played. @worker plays on @variant from now
 * on. @stop: as of decide.h. Returns: false if it was stopped.
 */
bool decided_find(struct deciding *deciding, struct engine *engine,
		  struct worker *worker, const struct variant *variant,
		  const struct program *program,
		  const volatile sig_atomic_t *stop);

#endif
