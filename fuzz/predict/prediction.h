/* SPDX-License-Identifier: MIT */
/*
 * prediction.h: a prediction: a block of a predictor's, a set-up and a few first
 * operations, played step by step.
 *
 * Promises: the same steps, in the same order, of the same block each time, as far as
 * others did not try meanwhile what it is about to try.
 */
#ifndef FUZZ_PREDICTION_H
#define FUZZ_PREDICTION_H

#include "forms.h"
#include "predictor.h"
#include "profile.h"
#include "record.h"

#define PREDICT_SPOTS 4096 /* of a block, at most */
#define PREDICT_SLOTS (4U * PREDICT_SPOTS) /* a power of two */

enum predict_end {
	PREDICT_CLEAN,
	PREDICT_SPOILT, /* a finding: nothing follows from this run */
	PREDICT_ENOUGH, /* a finding, and no more runs in this step */
};

/* Who plays. */
struct predict_player {
	/* Plays @program, recorded. @stop: not to be looked at, a stop. */
	enum predict_end (*play)(void *arg, const struct program *program,
				 bool stop);
	void *arg;
	const struct record *record; /* of the last run */
};

/* A look of an operation that can be stopped. */
struct look {
	uint16_t id; /* of its spot */
	uint16_t point;
	uint32_t mark;
	uint64_t value; /* that it met */
	uint8_t op; /* of a callback: which */
	bool last; /* nothing to be stopped in front of behind it */
};

struct stopped {
	struct program_op op; /* OP_NOP: callbacks of the set-up */
	unsigned int nr;
	struct look looks[PROFILE_SPOTS];
};

/* What the others did to a spot. */
struct stored {
	uint64_t value; /* in the end */
	uint32_t mark, before; /* of stores; 0: nobody stores there */
};

struct prediction {
	struct predictor *predictor;
	const struct target *target;
	struct predict_player player;
	unsigned long programs; /* that were stopped anywhere */
	struct block_turn turn;
	bool enough;
	struct rng rng;
	struct program setup;
	/* First operations left, and the second ones of the last. */
	unsigned int first, end, second, nr_seconds;
	struct program_op firsts[FORMS_PLACED_MAX], seconds[FORMS_PLACED_MAX];
	struct program one; /* set-up and first operation */
	unsigned int nr_stopped;
	struct stopped stopped[FORMS_PLACED_MAX + 1];
	unsigned int nr_ids;
	uint64_t at[PREDICT_SPOTS];
	uint16_t slot[PREDICT_SLOTS]; /* 0: free, else one more than an id */
	struct stored stores[PREDICT_SPOTS];
	struct profile profile;
};

/* @predictor, @target and what @player has: the caller's, for as long. */
void prediction_init(struct prediction *own, struct predictor *predictor,
		     const struct target *target,
		     const struct predict_player *player);
/*
 * Begin the block of that turn: its set-up and each operation in it are played alone.
 * Returns: false if there is nothing in it.
 */
bool prediction_begin(struct prediction *own, struct block_turn turn);
/* One or two operations, and all their stops. Returns: false if the block is over. */
bool prediction_step(struct prediction *own);

#endif
