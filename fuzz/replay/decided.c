/* SPDX-License-Identifier: MIT */
/* decided.c: see decided.h. */
#include "decided.h"

#include "forbid.h"

bool decided_find(struct deciding *deciding, struct engine *engine,
		  struct worker *worker, const struct variant *variant,
		  const struct program *program,
		  const volatile sig_atomic_t *stop)
{
	const struct decide decide = {
		.target = variant->target,
		.program = program,
		.engine = engine,
		.stop = stop,
		.name_crash = worker_name_crash,
		.arg = worker,
	};

	worker_aim(worker, variant->target);
	return deciding_find(&decide, deciding) &&
	       forbidding_find(worker, program, &deciding->forbidding);
}
