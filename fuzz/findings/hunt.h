/* SPDX-License-Identifier: MIT */
/*
 * hunt.h: a hunt: one fuzz target, from an empty corpus or one program, until it
 * finds something.
 *
 * DIR/log has what the fuzz target says, DIR/corpus what it keeps, DIR itself
 * gets the artifact. What it ends with is a finding of a checker, or a crash as
 * a sanitizer or the engine reports it; the artifact of either may be missing.
 *
 * Promises:
 *  1. The fuzz target dies with the hunt.
 *  2. It runs with the options that lie beside it, as BINARY.options.
 */
#ifndef FUZZ_HUNT_H
#define FUZZ_HUNT_H

#include <signal.h>

#include "campaign.h"
#include "report.h"

#define HUNT_OPTIONS 24 /* in a file of options */

struct hunt {
	/* the caller's */
	const char *fuzzer; /* the binary */
	const char *dir; /* made anew */
	unsigned int seed; /* not 0: the engine would choose one */
	unsigned long limit; /* seconds */
	unsigned long runs; /* executions; 0: any number */
	const char *memory; /* "sc", "weak"; NULL: what the target asks for */
	/* Only schedules of this one's operations are searched; NULL: no. */
	const struct program *program;
	const volatile sig_atomic_t *stop;
	/* Every HUNT_PROGRESS_S; NULL: nobody asks. */
	void (*progress)(const struct hunt *hunt);
	/* its own, and the answer */
	char options[HUNT_OPTIONS][64];
	struct campaign_worker process; /* what its log says */
	double began, took; /* seconds */
	bool stopped;
	bool found; /* something: there is a report, or an artifact */
	struct report report; /* its type is empty if there is none */
	char artifact[CAMPAIGN_PATH]; /* "": it left none */
	char trouble[512];
};

#define HUNT_PROGRESS_S 2.0

/* DIR/@name, in @path. */
const char *hunt_path(const struct hunt *hunt, const char *name,
		      char path[CAMPAIGN_PATH]);
/* Read the options beside the fuzz target. Returns: false with trouble set. */
bool hunt_read_options(struct hunt *hunt);
/* Make the folder, fuzz. Returns: false with trouble set. */
bool hunt_run(struct hunt *hunt);
/* What it kept is of no use any more; nor is all the rest. */
void hunt_forget_corpus(const struct hunt *hunt);
void hunt_forget(const struct hunt *hunt);
/* Executions until now, as exactly as it says. */
unsigned long hunt_executions(const struct hunt *hunt);

#endif
