/* SPDX-License-Identifier: MIT */
/*
 * stage.h: a stage: the engine with a program and a record, for its tests.
 *
 * One engine a process: it is set up for the group, and tests play on it one
 * after the other, which they must not notice.
 */
#ifndef FUZZ_TEST_STAGE_H
#define FUZZ_TEST_STAGE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mutate.h"
#include "policy.h"
#include "record.h"
#include "sites.h"
#include "targets.h"

struct stage {
	struct engine engine;
	struct record record;
	struct program program;
};

static inline int stage_open(void **state)
{
	static struct stage stage; /* too large for a stack */

	sites_init_all();
	engine_init(&stage.engine);
	*state = &stage;
	return 0;
}

static inline int stage_close(void **state)
{
	struct stage *stage = *state;

	engine_destroy(&stage->engine);
	return 0;
}

/* The core with @revert taken out. */
static inline const struct target *stage_core(const char *revert)
{
	const struct variant *variant = targets_find("core", revert);

	assert_non_null(variant);
	return variant->target;
}

/* @text: all but the first line. */
static inline void stage_parse(struct program *program, const char *text)
{
	static const char first[] = "pagerace 1\n";
	char whole[4096], error[256] = "";
	struct text_head head;
	int length = snprintf(whole, sizeof(whole), "%s%s", first, text);

	assert_in_range(length, 0, sizeof(whole) - 1);
	if (!text_parse(whole, (size_t)length, &head, program, error,
			sizeof(error)))
		fail_msg("%s in:\n%s", error, whole);
}

/* Play and record @program on @target. */
static inline const struct verdict *stage_run(struct stage *stage,
					      const struct target *target,
					      const struct program *program)
{
	const struct run_options options = { .observers = { record_observer(
						     &stage->record) } };

	return engine_run(&stage->engine, target, program, &options);
}

static inline const struct verdict *stage_play(struct stage *stage,
					       const struct target *target,
					       const char *text)
{
	stage_parse(&stage->program, text);
	return stage_run(stage, target, &stage->program);
}

/* What was recorded last, as a number. */
static inline uint32_t stage_digest(const struct stage *stage)
{
	return record_digest(&stage->record, &stage->engine);
}

static inline uint32_t stage_run_digest(struct stage *stage,
					const struct target *target,
					const struct program *program)
{
	stage_run(stage, target, program);
	return stage_digest(stage);
}

/* Some program: @times mutations from the empty one. */
static inline void stage_random(struct program *program, uint64_t seed,
				unsigned int times)
{
	struct rng rng;

	rng_seed(&rng, seed);
	program_clear(program);
	while (times--)
		mutate_program(program, variants[0].target, &rng);
}

/* How many of variants[] random programs may be played on, in any build. */
static inline unsigned int stage_nr_targets(void)
{
	unsigned int nr = 0;

	while (variants[nr].target && !*variants[nr].sanitizer)
		nr++;
	return nr;
}

static inline void expect_finding(const struct verdict *verdict,
				  const char *id)
{
	const char *got = verdict->finding.checker ? verdict->finding.id :
						     "clean";

	assert_string_equal(got, id);
}

/* The race of the mail of January 2021, without and with its schedule. */
#define FOUNDING_PROGRAM                                                       \
	"pages 16\n"                                                           \
	"pcp high=0 batch=1\n"                                                 \
	"setup add 3\n"                                                        \
	"task0 lookup 3\n"                                                     \
	"task1 remove 3\n"                                                     \
	"task1 b0 = alloc order=2\n"                                           \
	"task1 free b0\n"
#define FOUNDING_RACE                                                          \
	FOUNDING_PROGRAM                                                       \
	"preempt task0 op0 before get_page_unless_zero#1 -> task1\n"           \
	"switch task1 op2 begin -> task0\n"                                    \
	"preempt task0 op0 before xas_reload#1 -> task1\n"

#endif
