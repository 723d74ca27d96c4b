/* SPDX-License-Identifier: MIT */
/*
 * worker_stage.h: what tests of workers share: a target that crashes when asked.
 */
#ifndef FUZZ_WORKER_STAGE_H
#define FUZZ_WORKER_STAGE_H

#include "fake.h"
#include "worker.h"

enum act {
	SET, /* two stores, in front of each the CPU may go */
	CRASH, /* at once */
	CRASH_BETWEEN, /* if it comes between the two stores of SET */
	FREE_BETWEEN, /* the same, but a checker sees it */
};

static void crash(void)
{
	volatile int *nowhere = NULL;

	*nowhere = 1;
}

static void act(unsigned long nr)
{
	switch (nr) {
	case SET:
		WRITE_ONCE(fake.x, 1);
		WRITE_ONCE(fake.y, 1);
		break;
	case CRASH:
		WRITE_ONCE(fake.flag, 1);
		crash();
		break;
	case CRASH_BETWEEN:
		if (READ_ONCE(fake.x) && !READ_ONCE(fake.y))
			crash();
		break;
	case FREE_BETWEEN:
		if (READ_ONCE(fake.x) && !READ_ONCE(fake.y))
			machine_bug("between");
		break;
	}
}

/* cmocka's handler would make of a child's crash a second run of the tests. */
static inline struct worker *open_worker(struct stage *stage,
					 const struct target *target)
{
	signal(SIGSEGV, SIG_DFL);
	return worker_open(&stage->engine, &stage->record, target, NULL);
}

static inline struct outcome play(struct worker *worker, struct stage *stage,
				  const char *text)
{
	struct outcome outcome;

	stage_parse(&stage->program, text);
	assert_true(worker_run(worker, &stage->program,
			       WORKER_DIGEST | WORKER_CONFLICT | WORKER_SITED,
			       &outcome));
	return outcome;
}

#endif
