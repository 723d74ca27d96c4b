/* SPDX-License-Identifier: MIT */
/*
 * artifact.h: artifacts: what fuzzing engines leave in folders, to be played.
 *
 * libFuzzer's crash-* and its kin, ClusterFuzz's test cases, AFL's queue, our
 * own bytes and texts. Every byte string is a program, so that what counts is
 * which files are not meant to be one: input.h, promise 1.
 *
 * See: README.md, "From a crash to a kept story".
 */
#ifndef FUZZ_ARTIFACT_H
#define FUZZ_ARTIFACT_H

#include "program.h"
#include "targets.h"

/* Paths of files, sorted. Owns them. */
struct paths {
	char **path;
	size_t nr, room;
};

/*
 * Add the files below @folder, or @folder itself if it is a file; hidden ones
 * and what lies below @except (NULL: nothing) left out. Returns: false with
 * errno if it cannot be read, or is neither.
 */
bool paths_add(struct paths *paths, const char *folder, const char *except);
/* Sort them; a path that was added twice stays once. */
void paths_sort(struct paths *paths);
void paths_free(struct paths *paths);

struct artifact {
	uint64_t hash; /* of its contents */
	struct program program;
	bool text;
	struct text_head head; /* empty if it is bytes */
};

/* Why artifact_load() has no use for what pagerace itself wrote. */
extern const char artifact_ours[];
/*
 * Read @path. Returns: NULL, or why it is no artifact: a phrase, valid until
 * the next call.
 */
const char *artifact_load(struct artifact *artifact, const char *path);
/*
 * The variant that @artifact's text, or else the nearest folder on @path names:
 * REVERT, TARGET-REVERT or TARGET, as in findings/. Returns: NULL if none does.
 */
const struct variant *artifact_variant(const struct artifact *artifact,
				       const char *path);

#endif
