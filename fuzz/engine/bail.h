/* SPDX-License-Identifier: MIT */
/*
 * bail.h: bailing out of a run that kills, where no child plays it: in the process
 * of a fuzzing engine, whose mutator plays programs of its own.
 *
 * An engine saves the input that it runs when it dies. While it asks for the next
 * one there is none: a crash would be saved as nothing, a run without an end would
 * be noticed by nobody. So that run is given up, and its program becomes the next
 * input, which dies for all to see.
 *
 * Not under ASan, MSan and TSan, who cannot follow: there a mutator has to ask for
 * its recorded runs (mutator.h).
 *
 * Promises: whoever had a handler before, a sanitizer or an engine, is called as if
 *   there was none of ours: no frame of it stands on the stack.
 */
#ifndef FUZZ_BAIL_H
#define FUZZ_BAIL_H

#include <signal.h>

#include "engine.h"

/*
 * Before the first run, and behind whoever has handlers. @say: called in front of
 * a death that is not bailed out of, async-signal-safe; NULL: nothing is said.
 */
void bail_catch(struct engine *engine, void (*say)(const siginfo_t *info));
/* Can a run of @engine be given up? If not, bail_run() is engine_run(). */
bool bail_can(const struct engine *engine);
/* engine_run(), but NULL: it was given up. */
const struct verdict *bail_run(struct engine *engine,
			       const struct target *target,
			       const struct program *program,
			       const struct run_options *options);

#endif
