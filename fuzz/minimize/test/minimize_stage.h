/* SPDX-License-Identifier: MIT */
/*
 * minimize_stage.h: what tests of minimizing share: a text, and what is left of it.
 */
#ifndef FUZZ_MINIMIZE_STAGE_H
#define FUZZ_MINIMIZE_STAGE_H

#include "fake.h"
#include "minimize.h"
#include "sites.h"

/* One minimizing; the worker is closed. */
struct minimized {
	bool found;
	struct minimize minimize;
	char text[4096];
};

static volatile sig_atomic_t stop; /* a signal handler would set it */

static void stop_at_once(const struct minimize *minimize, void *arg)
{
	unsigned int *attempts = arg;

	(void)minimize;
	if (!(*attempts)--)
		stop = 1;
}

static void print(struct minimized *minimized, const struct target *target)
{
	const struct text_head head = { 0 };

	assert_true(text_print(&head, &minimized->minimize.best.program,
			       sites_names(target), minimized->text,
			       sizeof(minimized->text)));
}

/* Minimize @text on @target; stopped after @attempts unless they are 0. */
static const struct minimized *minimize_text(void **state,
					     const struct target *target,
					     const char *text,
					     unsigned int attempts)
{
	static struct minimized minimized; /* too large for a stack */
	struct stage *stage = *state;
	struct minimize *minimize_it = &minimized.minimize;

	signal(SIGSEGV, SIG_DFL); /* not cmocka's */
	stop = 0;
	memset(&minimized, 0, sizeof(minimized));
	stage_parse(&stage->program, text);
	minimize_it->worker =
		worker_open(&stage->engine, &stage->record, target, &stop);
	minimize_it->progress = attempts ? stop_at_once : NULL;
	minimize_it->arg = &attempts;
	minimized.found = minimize(minimize_it, &stage->program);
	worker_close(minimize_it->worker);
	if (minimized.found)
		print(&minimized, target);
	return &minimized;
}

#endif
