/* SPDX-License-Identifier: MIT */
/*
 * player.h: a player: an engine, and what it takes to look on closely.
 */
#ifndef FUZZ_PLAYER_H
#define FUZZ_PLAYER_H

#include "record.h"
#include "timeline.h"

struct player {
	struct engine engine;
	struct record record;
	struct timeline timeline; /* for the record, when it is asked to */
	struct observer *also; /* looks on at what is shown; or NULL */
};

/* The one of this process: engine.c. */
struct player *player_open(void);

#endif
