/* SPDX-License-Identifier: MIT */
/*
 * show.h: a run, shown: as a table, as JSON, as a page, as a Chrome trace.
 *
 * Promises:
 *  1. Equal runs are shown equally, byte for byte: no address, no clock, no
 *     folder of this machine.
 *  2. All forms say the same: the page and the trace are made of what --json
 *     says.
 *
 * See: FORMATS.md (the JSON).
 */
#ifndef FUZZ_SHOW_H
#define FUZZ_SHOW_H

#include "input.h"
#include "leftovers.h"
#include "player.h"
#include "targets.h"
#include "trace.h"

#define SHOW_REPLAY_MAX 16640 /* with a path of the longest kind, in quotes */

/* What to show: a recorded run, with a timeline, and where it came from. */
struct show {
	struct trace trace;
	const char *command; /* that plays it again, for the replay line */
	const char *revert; /* "none": as it is */
	const char *file; /* name of the program's file, also for it */
	const char *text; /* the program as text */
	const struct text_source *source; /* where it says what; or NULL */
	struct leftovers left; /* what was not done of it */
};

/*
 * Play and record what @input is, on @variant, with a timeline, to be shown.
 * @also looks on behind the record (NULL: nobody). What crashes is for
 * crash_play() of replay/crash.h.
 */
void show_play(struct show *show, struct player *player,
	       const struct variant *variant, const struct input *input,
	       struct observer *also);

/* A page was in one state from one step to another. */
struct show_span {
	struct page_state state;
	bool lost; /* in nobody's books for ever, and that is the finding */
	unsigned int from, to; /* steps recorded before it began, ended */
	unsigned int next; /* change that ends it */
};

/*
 * The span of @page that follows @span; of a zeroed one: the first. Returns:
 * false if there is none.
 */
bool show_span(const struct show *show, int page, struct show_span *span);
/* page_state_word(), or "lost". */
const char *show_span_word(const struct show_span *span);
/* page_state_print(), with "lost: " in front if it is. */
void show_span_text(const struct show *show, const struct show_span *span,
		    char *text, size_t max);
/* "load", "rmw", "lock" ... */
const char *show_access(const struct site *site);
/* "preempted", "interrupted", "waited" */
const char *show_stop(enum trace_stop_kind kind);

/* The command that plays it again. */
void show_replay(const struct show *show, char *text, size_t max);
/* What `pagerace show` prints, and a story's golden trace is. */
void show_table(const struct show *show, FILE *out);
void show_json(const struct show *show, FILE *out);
struct json;
/* The part of it that is about steps: tasks, operations, steps, stops. */
void show_json_steps(struct json *json, const struct trace *trace);
/* Of a long run: how many steps are not in it. */
unsigned int show_steps_left_out(const struct trace *trace);
/* ... about deciding orders; nothing if nobody asked for them. */
void show_json_deciding(struct json *json, const struct trace *trace);
/* What was reordered, and what would forbid it; nothing if nothing was. */
void show_json_memory(struct json *json, const struct trace *trace);
/* Chrome trace events, for ui.perfetto.dev: one step is one microsecond. */
void show_perfetto(const struct show *show, FILE *out);
/* One self-contained page. */
void show_html(const struct show *show, FILE *out);

#endif
