/* SPDX-License-Identifier: MIT */
/* chain.c: see chain.h. */
#include "chain.h"

#include <execinfo.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lines.h"

#define ADDRESSES 40 /* of a step: its frames, and the engine's */
#define PLACES (1 << 15) /* different addresses; a power of two */

/* What stands in this program, wherever it was loaded. */
extern const char __executable_start[];

struct place {
	uintptr_t address; /* 0: none */
	unsigned int nr;
	struct known {
		const char *function;
		unsigned int line;
		bool kernel; /* and not the harness */
	} *frame; /* innermost first */
};

struct chains {
	struct observer observer; /* first */
	const struct record *record;
	struct lines *lines; /* of this program; NULL: nothing is known */
	void *(*at)[ADDRESSES]; /* of each step, and of it ... */
	unsigned char *nr; /* ... so many */
	struct chain **chain; /* as far as it was asked for */
	bool asked, known; /* of one at least */
	struct place *places; /* a table by address */
};

/* ------------------------------------------------------------------ the run */

static struct chains *of(struct observer *observer)
{
	return (struct chains *)observer;
}

static void chains_reset(struct observer *observer, const struct engine *engine)
{
	(void)engine;
	memset(of(observer)->nr, 0, RECORD_STEPS);
}

/* Of the step that was recorded last. */
static void note(struct chains *chains)
{
	unsigned int nr = chains->record->nr;

	if (!nr || chains->record->dropped)
		return;
	chains->nr[nr - 1] =
		(unsigned char)backtrace(chains->at[nr - 1], ADDRESSES);
}

static void chains_access(struct observer *observer,
			  const struct engine *engine,
			  const struct access *access)
{
	(void)engine;
	(void)access;
	note(of(observer));
}

static void chains_dead_access(struct observer *observer,
			       const struct engine *engine)
{
	(void)engine;
	note(of(observer));
}

struct chains *chains_open(void)
{
	struct chains *chains = calloc(1, sizeof(*chains));
	char self[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);
	void *first[1];

	ensure(chains);
	chains->nr = calloc(RECORD_STEPS, 1);
	chains->at = calloc(RECORD_STEPS, sizeof(*chains->at));
	chains->chain = calloc(RECORD_STEPS, sizeof(struct chain *));
	chains->places = calloc(PLACES, sizeof(*chains->places));
	ensure(chains->nr && chains->at && chains->chain && chains->places);
	backtrace(first, 1); /* its own set-up allocates */
	if (length > 0) {
		self[length] = '\0';
		chains->lines = lines_open(self);
	}
	return chains;
}

struct observer *chains_observer(struct chains *chains,
				 const struct record *record)
{
	chains->record = record;
	chains->observer =
		(struct observer){ .reset = chains_reset,
				   .access = chains_access,
				   .dead_access = chains_dead_access };
	return &chains->observer;
}

void chains_close(struct chains *chains)
{
	unsigned int i, j;

	lines_close(chains->lines);
	for (i = 0; i < PLACES; i++) {
		for (j = 0; j < chains->places[i].nr; j++)
			free((void *)(uintptr_t)chains->places[i]
				     .frame[j]
				     .function);
		free(chains->places[i].frame);
	}
	for (i = 0; i < RECORD_STEPS; i++)
		free(chains->chain[i]);
	free(chains->places);
	free(chains->chain);
	free(chains->at);
	free(chains->nr);
	free(chains);
}

/* ----------------------------------------------------------------- its code */

/* Of a tree of the kernel's, and not of the harness around it. */
static bool is_kernel(const char *file)
{
	return !strstr(file, "/target/") && !strstr(file, "/glue/") &&
	       !strstr(file, "/fuzz/") && !strstr(file, "??");
}

static void find_out(struct chains *chains, struct place *place)
{
	struct frame frames[FRAMES_MAX];
	unsigned int i;

	/* The call is in front of where it returns to. */
	place->nr = lines_at(chains->lines,
			     place->address - 1 - (uintptr_t)__executable_start,
			     frames);
	place->frame = calloc(place->nr + 1, sizeof(*place->frame));
	ensure(place->frame);
	for (i = 0; i < place->nr; i++) {
		place->frame[i].function = strdup(frames[i].function);
		ensure(place->frame[i].function);
		place->frame[i].line = frames[i].line;
		place->frame[i].kernel = is_kernel(frames[i].file);
	}
}

static const struct place *place_of(struct chains *chains, void *address)
{
	uintptr_t at = (uintptr_t)address;
	size_t slot = at * 0x9e3779b97f4a7c15u >> 49;
	unsigned int tries;

	for (tries = 0; tries < PLACES; tries++) {
		struct place *place = &chains->places[slot];

		if (place->address == at)
			return place;
		if (!place->address) {
			place->address = at;
			find_out(chains, place);
			return place;
		}
		slot = (slot + 1) % PLACES;
	}
	return NULL;
}

/* ---------------------------------------------------------------- the chain */

static void turn_round(struct chain *chain)
{
	unsigned int i;

	for (i = 0; i < chain->nr / 2; i++) {
		struct call call = chain->call[i];

		chain->call[i] = chain->call[chain->nr - 1 - i];
		chain->call[chain->nr - 1 - i] = call;
	}
}

/* From @function outwards; NULL: all that there are. */
static void gather(struct chains *chains, unsigned int at, const char *function,
		   struct chain *chain)
{
	unsigned int i, j;

	for (i = 0; i < chains->nr[at]; i++) {
		const struct place *place = place_of(chains, chains->at[at][i]);

		for (j = 0; place && j < place->nr; j++) {
			const struct known *frame = &place->frame[j];

			if (!frame->kernel || chain->nr == CHAIN_MAX ||
			    (!chain->nr && function &&
			     strcmp(frame->function, function)))
				continue;
			chain->call[chain->nr++] = (struct call){
				.function = frame->function,
				.line = frame->line,
				.inlined = j + 1 < place->nr,
			};
		}
	}
}

const struct chain *chain_of(struct chains *chains, const struct record *record,
			     unsigned int at)
{
	const struct site *site = record->steps[at].site;
	struct chain *chain = chains->chain[at];

	if (chain)
		return chain;
	chain = calloc(1, sizeof(*chain));
	ensure(chain);
	chains->chain[at] = chain;
	chain->harness = !is_kernel(site->file);
	if (chains->lines && chains->record == record)
		gather(chains, at, chain->harness ? NULL : site->function,
		       chain);
	if (!chain->nr && !chain->harness) {
		/* Its last call, the machine's, was made a jump; or nobody looked. */
		chain->call[chain->nr++] = (struct call){
			.function = site->function,
			.line = site->line,
		};
		if (chains->lines && chains->record == record)
			gather(chains, at, NULL, chain);
	}
	chain->known = chains->lines && chains->nr[at];
	chains->asked = true;
	chains->known |= chain->nr > 1;
	turn_round(chain);
	return chain;
}

unsigned int chain_shared(const struct chain *before, const struct chain *chain)
{
	unsigned int i;

	for (i = 0; i < before->nr && i < chain->nr; i++) {
		if (strcmp(before->call[i].function, chain->call[i].function))
			return i;
		if (before->call[i].line != chain->call[i].line)
			return i + 1;
	}
	return i;
}

bool chains_known(const struct chains *chains)
{
	return chains->known || !chains->asked;
}
