/* SPDX-License-Identifier: MIT */
/*
 * tsan_report.c: see tsan_report.h. TSan's interface has no room for a state.
 *
 * Before it prints TSan asks OnReport(), a weak function of its own, whether to. What
 * stacks it has is asked as debuggers do.
 * See: compiler-rt/lib/tsan/rtl/tsan_debugging.cpp, OutputReport().
 */
#include "tsan_report.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "known_races.h"
#include "tsan_glue.h"

#define ROWS_MAX 256

#if TSAN_ON
_Alignas(8) char tsan_nothing[TSAN_NOTHING];
#endif

static struct {
	unsigned int reports;
	const struct target *target;
	bool all; /* nothing is passed over */
	bool seen[ROWS_MAX]; /* rows of its races */
} state;

void tsan_report_of(const struct target *target)
{
	unsigned int rows = 0;

	while (target->races && target->races[rows].place)
		rows++;
	assert(rows <= ROWS_MAX);
	if (TSAN_ON)
		state.target = target;
}

void tsan_report_known(void)
{
	state.all = true;
}

unsigned int tsan_reports(void)
{
	return state.reports;
}

#if TSAN_ON

int __tsan_get_report_data(void *report, const char **kind, int *count,
			   int *stacks, int *mops, int *locations, int *mutexes,
			   int *threads, int *tids, void **sleep,
			   unsigned long nr_sleep);
int __tsan_get_report_mop(void *report, unsigned long i, int *tid, void **addr,
			  int *size, int *write, int *atomic, void **trace,
			  unsigned long nr);
void __sanitizer_symbolize_pc(void *pc, const char *format, char *out,
			      size_t size);
void __tsan_on_report(void *report);
bool tsan_passes(void *report, bool suppressed) __asm__(
	"_ZN6__tsan8OnReportEPKNS_10ReportDescEb");

void __tsan_on_report(void *report)
{
	(void)report;
	state.reports++;
}

/* "function file", one behind the other, for each frame inlined at @pc. */
static void add_frames(struct race_side *side, void *pc)
{
	char text[2048], *at = text, *file;

	memset(text, 0, sizeof(text));
	__sanitizer_symbolize_pc(pc, "%f %s", text, sizeof(text) - 2);
	for (; *at; at += strlen(at) + 1) {
		file = strchr(at, ' ');
		if (file)
			*file++ = '\0';
		race_frame(side, at, file ? file : "");
		if (file)
			at = file;
	}
}

static void *gather_side(void *report, int i, struct race_side *side)
{
	void *trace[RACE_FRAMES] = { NULL }, *addr, *before = NULL;
	int tid, size, write, atomic, j;

	__tsan_get_report_mop(report, (unsigned long)i, &tid, &addr, &size,
			      &write, &atomic, trace, RACE_FRAMES);
	for (j = 0; j < RACE_FRAMES && trace[j]; j++) {
		if (trace[j] != before) /* an inlined frame has the same */
			add_frames(side, trace[j]);
		before = trace[j];
	}
	return addr;
}

static void gather(void *report, struct race *race)
{
	const struct target *target = state.target;
	struct target_place place = { .thing = NULL };
	void *addr;

	memset(race, 0, sizeof(*race));
	gather_side(report, 1, &race->sides[1]);
	addr = gather_side(report, 0, &race->sides[0]);
	if (target && target->races)
		target->describe(addr, &place);
	if (place.thing)
		snprintf(race->place, RACE_NAME, "%s %s", place.thing,
			 place.field);
	else
		snprintf(race->place, RACE_NAME, "?");
}

static bool is_race(void *report)
{
	int count, stacks, mops, locations, mutexes, threads, tids;
	const char *kind;
	void *sleep;

	__tsan_get_report_data(report, &kind, &count, &stacks, &mops,
			       &locations, &mutexes, &threads, &tids, &sleep,
			       0);
	return mops == 2 && !strcmp(kind, "data-race");
}

/* "function:helper" of an access. */
static void say_side(const struct race_side *side)
{
	unsigned int i;

	for (i = side->own; i--;)
		fprintf(stderr, "%s%s", side->names[i], i ? ":" : "");
}

static void say(const char *what, const struct race *race)
{
	fprintf(stderr, "%s: %s: ", what, race->place);
	say_side(&race->sides[0]);
	fputs(" / ", stderr);
	say_side(&race->sides[1]);
	fputs("\n", stderr);
}

bool tsan_passes(void *report, bool suppressed)
{
	const struct target_race *row;
	struct race race;

	if (suppressed || !is_race(report))
		return suppressed;
	tsan_ignore_begin();
	gather(report, &race);
	row = race_known(state.target ? state.target->races : NULL, &race);
	if (!row || state.all)
		say("race", &race);
	else if (&sanitizers_halt && !state.seen[row - state.target->races]) {
		state.seen[row - state.target->races] = true;
		say("known race", &race);
	}
	tsan_ignore_end();
	return row && !state.all;
}

#endif
