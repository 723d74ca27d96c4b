/* SPDX-License-Identifier: MIT */
/*
 * show_stage.h: runs that are shown, for the tests of what is shown: the kept
 * programs, random ones, the founding race.
 */
#ifndef FUZZ_TEST_SHOW_STAGE_H
#define FUZZ_TEST_SHOW_STAGE_H

#include <glob.h>

#include "fake.h"
#include "json_tree.h"
#include "show.h"

#define PROGRAMS 200
#define PAPER (16 << 20)

typedef void print_form(const struct show *show, FILE *out);

static struct timeline timeline;
static struct json_tree tree;
static char paper[PAPER], copy[PAPER];

static inline void print_to(print_form *print, const struct show *show,
			    char *text)
{
	FILE *out = fmemopen(text, PAPER, "w");

	assert_non_null(out);
	print(show, out);
	assert_int_equal(fclose(out), 0);
	assert_true(strlen(text) < PAPER - 1);
}

static inline struct show play(struct stage *stage,
			       const struct variant *variant,
			       const struct program *program)
{
	struct show show = { .revert = variant->revert,
			     .file = "a.prog",
			     .text = "pagerace 1\nwhy </script>\n" };

	stage->record.timeline = &timeline;
	stage_run(stage, variant->target, program);
	trace_init(&show.trace, &stage->engine, &stage->record, false);
	stage->record.timeline = NULL;
	return show;
}

/* Print twice: equal, well-formed, and nothing of this machine in it. */
static inline const struct json_node *parsed(print_form *print,
					     const struct show *show)
{
	const struct json_node *root;

	print_to(print, show, paper);
	print_to(print, show, copy);
	assert_string_equal(paper, copy);
	assert_null(strstr(paper, "0x"));
	assert_null(strstr(paper, "\"/"));
	assert_null(strstr(paper, "</"));
	root = json_parse(&tree, paper);
	if (!root)
		fail_msg("not JSON:\n%.2000s", paper);
	return root;
}

static inline const struct variant *show_core(const char *revert)
{
	const struct variant *variant = targets_find("core", revert);

	assert_non_null(variant);
	return variant;
}

static inline struct show founding(struct stage *stage, const char *revert)
{
	stage_parse(&stage->program, FOUNDING_RACE);
	return play(stage, show_core(revert), &stage->program);
}

/* Ask @judge about the run of each. */
static inline void each_kept_program(struct stage *stage,
				     void (*judge)(const struct show *show))
{
	struct program program;
	struct text_head head;
	char text[16384], error[256];
	size_t i, size;
	glob_t found;

	assert_int_equal(
		glob(PAGERACE_CORPUS "/*/*.prog", 0, NULL, &found), 0);
	assert_int_equal(glob(PAGERACE_CORPUS "/bugs/*/*.prog", GLOB_APPEND,
			      NULL, &found), 0);
	for (i = 0; i < found.gl_pathc; i++) {
		FILE *in = fopen(found.gl_pathv[i], "r");
		struct show show;

		assert_non_null(in);
		size = fread(text, 1, sizeof(text), in);
		fclose(in);
		assert_true(text_parse(text, size, &head, &program, error,
				       sizeof(error)));
		show = play(stage, targets_find(head.target, head.revert),
			    &program);
		judge(&show);
	}
	globfree(&found);
}

static inline void each_random_program(struct stage *stage,
				       void (*judge)(const struct show *show))
{
	struct program program;
	unsigned int i, nr = stage_nr_targets();

	for (i = 0; i < PROGRAMS; i++) {
		struct show show;

		stage_random(&program, i, 40);
		program.config.pages = 16u << i % 4;
		show = play(stage, &variants[i % nr], &program);
		judge(&show);
	}
}

/* add N on the fake target: more steps than are kept. */
static void act(unsigned long nr)
{
	int i;

	for (i = 0; i < RECORD_STEPS; i++)
		WRITE_ONCE(fake.x, (int)nr + i);
}

static inline struct show marathon(struct stage *stage)
{
	static const struct variant variant = { &target_fake, "none", "",
						"",	      "",     "" };

	stage_parse(&stage->program, "task0 add 1\n");
	return play(stage, &variant, &stage->program);
}

/* A lookup that a finding breaks off. */
static inline struct show broken_off(struct stage *stage)
{
	stage_parse(&stage->program,
		    "setup add 3\ntask0 lookup 3\ntask1 remove 3\n"
		    "preempt task0 op0 before xas_descend -> task1\n");
	return play(stage, show_core("no-grace-period"), &stage->program);
}

#endif
