/* SPDX-License-Identifier: MIT */
/* keep.c: see keep.h. */
#include "keep.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "artifact.h"
#include "build.h"
#include "called.h"
#include "complain.h"
#include "crash.h"
#include "decided.h"
#include "file.h"
#include "output.h"
#include "sites.h"

/* -------------------------------------------------------------------- words */

bool keep_is_name(const char *name)
{
	char before = '_';

	for (; *name; before = *name++)
		if (!islower((unsigned char)*name) &&
		    !isdigit((unsigned char)*name) &&
		    (*name != '_' || before == '_'))
			return false;
	return before != '_';
}

bool keep_wrap(const char *why, char lines[TEXT_WHY_MAX])
{
	size_t nr = 0, column = 0;

	while (*(why += strspn(why, " \t\r\n"))) {
		size_t length = strcspn(why, " \t\r\n");

		if (nr + length + 2 > TEXT_WHY_MAX)
			return false;
		if (nr)
			lines[nr++] = column + 1 + length > KEEP_WHY_WIDTH ?
					      '\n' : ' ';
		column = nr && lines[nr - 1] == ' ' ? column + 1 : 0;
		memcpy(lines + nr, why, length);
		nr += length;
		column += length;
		why += length;
	}
	lines[nr] = '\0';
	return nr;
}

/* -------------------------------------------------------------------- place */

/*
 * Where the corpus lies, in @corpus, its last part being what it is called; of
 * one that is yet to be made no more than that.
 */
static bool find_corpus(const struct keep *keep, size_t length,
			char corpus[PATH_MAX])
{
	const char *name;

	if (realpath(keep->corpus, corpus))
		return true;
	if (errno != ENOENT)
		complain(keep->corpus, "%s", strerror(errno));
	else if (!keep->make)
		complain(keep->corpus, "no such folder here; --corpus DIR says "
				       "where stories are kept, and makes it");
	if (errno != ENOENT || !keep->make)
		return false;
	snprintf(corpus, PATH_MAX, "/%.*s", (int)length, keep->corpus);
	name = strrchr(corpus, '/');
	memmove(corpus, name, strlen(name) + 1);
	return true;
}

bool keep_place(struct keep *keep)
{
	const struct variant *variant = keep->variant;
	const char *revert = variant->revert, *base;
	size_t length = strlen(keep->corpus);
	char corpus[PATH_MAX], story[PATH_MAX];

	while (length > 1 && keep->corpus[length - 1] == '/')
		length--;
	if (!find_corpus(keep, length, corpus))
		return false;
	if (!strcmp(revert, "none"))
		revert = variant->target->name;
	base = strrchr(corpus, '/') + 1;
	if (snprintf(story, PATH_MAX, "%s/%s/%s",
		     *BUILD_PLAIN ? "plain" : "bugs", revert,
		     keep->name) >= PATH_MAX ||
	    snprintf(keep->shown, PATH_MAX, "%s/%s.prog", base, story) >=
		    PATH_MAX ||
	    snprintf(keep->path, PATH_MAX, "%.*s/%s", (int)length, keep->corpus,
		     keep->shown + strlen(base) + 1) >= PATH_MAX) {
		complain(keep->corpus, "%s", strerror(ENAMETOOLONG));
		return false;
	}
	snprintf(keep->folder, PATH_MAX, "%s", keep->path);
	*strrchr(keep->folder, '/') = '\0';
	if (access(keep->path, F_OK))
		return output_folder_is_possible(keep->folder);
	complain(keep->path, "is there already; choose another --name");
	return false;
}

/* --------------------------------------------------------------------- text */

bool keep_tell(struct keep *keep, const struct program *program,
	       const char *why, const struct outcome *outcome)
{
	const char *target = keep->variant->target->name;
	struct text_head head = { .why = "" };
	struct input *input = &keep->input;
	char error[256] = "";

	if (strcmp(target, variants[0].target->name))
		snprintf(head.target, TEXT_WORD_MAX, "%s", target);
	snprintf(head.revert, TEXT_WORD_MAX, "%s", keep->variant->revert);
	snprintf(head.expect, TEXT_WORD_MAX, "%s", outcome->id);
	memcpy(head.sanitizer, outcome->sanitizer, TEXT_WORD_MAX);
	snprintf(head.why, TEXT_WHY_MAX, "%s", why);
	keep->size = text_print(&head, program,
				sites_names(keep->variant->target), keep->text,
				sizeof(keep->text));
	*input = (struct input){ .path = keep->shown, .text = true };
	if (keep->size && text_parse(keep->text, keep->size, &input->head,
				     &input->program, error, sizeof(error)))
		return true;
	complain(NULL, "keep: --why cannot be written as text: %s", error);
	return false;
}

/* --------------------------------------------------------------- duplicates */

/* What @program is known by when minimized. Returns: false if stopped. */
static bool identify(struct keep *keep, const struct program *program,
		     struct identity *identity)
{
	static struct minimize minimizing;

	minimizing = (struct minimize){ .worker = keep->worker,
					.progress = keep->progress,
					.arg = keep->arg };
	*identity = (struct identity){ .id = "" };
	if (minimize(&minimizing, program))
		*identity = identity_of(&minimizing.best.outcome);
	return !minimizing.stopped;
}

/* Does the story at @path say the same? Minimized if need be. */
static bool compare(struct keep *keep, const char *path, bool *same)
{
	static struct artifact kept;
	struct identity identity;
	struct outcome outcome;

	*same = false;
	if (artifact_load(&kept, path) ||
	    artifact_variant(&kept, path) != keep->variant)
		return true;
	if (!worker_run(keep->worker, &kept.program, WORKER_CONFLICT, &outcome))
		return false;
	if (strcmp(outcome.id, keep->identity.id))
		return true;
	identity = identity_of(&outcome);
	*same = identity_equal(&identity, &keep->identity);
	if (*same)
		return true;
	if (!identify(keep, &kept.program, &identity))
		return false;
	*same = identity_equal(&identity, &keep->identity);
	return true;
}

bool keep_compare(struct keep *keep)
{
	struct paths paths = { NULL, 0, 0 };
	bool same = false, good = true;
	size_t i;

	*keep->duplicate = '\0';
	if (!paths_add(&paths, keep->folder, NULL))
		return true; /* the first of its folder */
	paths_sort(&paths);
	for (i = 0; i < paths.nr && good && !same; i++) {
		const char *dot = strrchr(paths.path[i], '.');

		if (!dot || strcmp(dot, ".prog"))
			continue;
		good = compare(keep, paths.path[i], &same);
		if (same)
			snprintf(keep->duplicate, PATH_MAX, "%s",
				 paths.path[i]);
	}
	paths_free(&paths);
	return good;
}

/* -------------------------------------------------------------------- files */

/* What `pagerace show` prints. Returns: malloc'ed; NULL: it shows nothing. */
static char *trace_of(struct keep *keep, size_t *size)
{
	struct show show;
	struct outcome outcome;
	struct deciding deciding;
	char *trace = NULL;
	FILE *out;

	decided_find(&deciding, &keep->player->engine, keep->worker,
		     keep->variant, &keep->input.program, NULL);
	if (!crash_play(&show, keep->player, keep->worker, keep->variant,
			&keep->input, &outcome))
		return NULL;
	trace_decide(&show.trace, &deciding);
	out = open_memstream(&trace, size);
	ensure(out);
	show.command = called_name(); /* whoever compares it, from wherever */
	show_table(&show, out);
	ensure(!fclose(out));
	return trace;
}

/* The trace first: without its program it is not looked at. */
bool keep_write(struct keep *keep)
{
	char path[PATH_MAX + 1]; /* a letter longer */
	size_t size;
	char *trace = trace_of(keep, &size);
	bool written;

	if (!trace) {
		complain(NULL, "no step of it can be shown; nothing was kept");
		return false;
	}
	snprintf(path, sizeof(path), "%.*s.trace",
		 (int)(strlen(keep->path) - strlen(".prog")), keep->path);
	written = file_make_way(path) && file_replace(path, trace, size);
	if (written && !file_replace(keep->path, keep->text, keep->size)) {
		int trouble = errno;

		unlink(path);
		errno = trouble;
		written = false;
	}
	if (!written) {
		complain(keep->path, "%s", strerror(errno));
		rmdir(keep->folder); /* if it is empty: we made it */
	}
	free(trace);
	return written;
}
