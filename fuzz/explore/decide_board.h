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

#define DECIDE_ROUNDS 3 /* looks for what did not come ... */
#define DECIDE_PROBES 32 /* ... at so many schedules each */

/* What a schedule came to. */
struct decide_row {
	struct candidates_mask held;
	bool lost; /* it ended in the finding */
	bool reordered; /* something in it was */
};

struct decide_board {
	enum decide_phase phase;
	bool playing; /* a run is under way */
	bool done; /* the phase is */
	bool over; /* there was more than may be played */
	unsigned int preemptions; /* bounded: the most */
	unsigned int reorderings; /* ... if the program has any; else 0 */
	/* So many schedules are looked at in which these hold, and which end otherwise. */
	unsigned int probes;
	struct candidates_mask probe;
	unsigned long runs, points;
	struct finding finding; /* of the story; checker NULL: none */
	/* Of what was no more: the access that ended the story; or NULL. */
	const struct site *dead;
	uint8_t dead_task;
	unsigned int whole; /* bounded: rows of those with fewer, all of them */
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
/* Do all of @chosen hold in @row? */
bool decide_all_held(const struct candidates_mask *chosen,
		     const struct decide_row *row);
/*
 * Which candidates the rows say decide, into @chosen. Returns: false if they are
 * not enough.
 */
bool decide_choose(const struct decide_board *board,
		   struct candidates_mask *chosen);
/* What the rows say of them. */
void decide_tell(const struct decide_board *board,
		 const struct candidates_mask *chosen,
		 struct deciding *deciding);

#endif
