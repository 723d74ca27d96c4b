/* SPDX-License-Identifier: MIT */
/* decide_board.h: what decide.c shares with its child. Private to decide*.c. */
#ifndef FUZZ_DECIDE_BOARD_H
#define FUZZ_DECIDE_BOARD_H

#include "candidates.h"
#include "decide.h"

enum decide_phase {
	DECIDE_STORY, /* the program's own schedule */
	DECIDE_CLASSES,
	DECIDE_BOUNDED,
};

/* What a schedule came to. */
struct decide_row {
	struct candidates_mask held;
	bool lost; /* it ended in the finding */
};

struct decide_board {
	enum decide_phase phase;
	bool playing; /* a run is under way */
	bool done; /* the phase is */
	bool over; /* there was more than may be played */
	bool counts; /* the tour counts the last run */
	unsigned int preemptions; /* bounded: the most */
	unsigned long runs, points;
	struct finding finding; /* of the story; checker NULL: none */
	/* Of what was no more: the access that ended the story; or NULL. */
	const struct site *dead;
	uint8_t dead_task;
	unsigned int nr;
	struct decide_row row[DECIDE_ROWS];
	struct candidates candidates;
	struct meets meets;
	struct near near;
	struct tour tour;
	struct record record;
	struct engine engine;
};

/* The run that was recorded last is one of those that count. */
void decide_note(struct decide_board *board, bool lost);
/* Do @phase of @board, and exit. */
__attribute__((noreturn)) void decide_serve(const struct decide *decide,
					    struct decide_board *board);
/* What the rows come to. */
void decide_pick(const struct decide_board *board, struct deciding *deciding);

#endif
