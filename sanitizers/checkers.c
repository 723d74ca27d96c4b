/* SPDX-License-Identifier: MIT */
/* checkers.c: the table of checkers, asked in its order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "checker.h"
#include "plural_noun.h"

const struct checker *const checkers[] = {
#define CHECKER(name) &checker_##name,
#include "checkers.def"
	NULL,
};

/* Who watches a moment, each ends with NULL; filled before the first run. */
#define MOMENTS(moment)                                                        \
	moment(access) moment(result) moment(boundary) moment(release)         \
		moment(quiescence) moment(progress)

#define WATCH(moment) static const struct checker *moment##_watchers[NR + 1];

enum {
#define CHECKER(name) AT_##name,
#include "checkers.def"
	NR
};

MOMENTS(WATCH)

__attribute__((constructor)) static void checkers_sort(void)
{
	const struct checker *const *at;
	int nr;

#define SORT(moment)                                                           \
	for (nr = 0, at = checkers; *at; at++)                                 \
		if ((*at)->moment)                                             \
			moment##_watchers[nr++] = *at;
	MOMENTS(SORT)
}

struct finding checker_finding(const struct checker *checker, const char *id)
{
	return (struct finding){ .checker = checker,
				 .id = id,
				 .page = TARGET_NO_PAGE };
}

/* What checkers fill in; the one before may have, and found nothing. */
static inline void finding_begin(struct finding *finding,
				 const struct checker *checker)
{
	finding->checker = checker;
	finding->id = checker->id;
	finding->page = TARGET_NO_PAGE;
	finding->number = 0;
	finding->block = 0;
	finding->object = NULL;
}

/* What is filled in by others, if it is one. */
static inline bool finding_is(struct finding *finding)
{
	finding->where = NULL;
	finding->touched = (struct touched){ .addr = 0 };
	finding->details = NULL;
	return true;
}

/*
 * FIRST_BROKEN - ask the checkers that watch @moment, in order, with the given
 * arguments. A finding starts out without a page.
 */
#define FIRST_BROKEN(finding, moment, ...)                                     \
	({                                                                     \
		const struct checker *const *at_ = moment##_watchers;          \
		for (; *at_; at_++) {                                          \
			finding_begin(finding, *at_);                          \
			if ((*at_)->moment(__VA_ARGS__))                       \
				break;                                         \
		}                                                              \
		*at_ &&finding_is(finding);                                    \
	})

bool checkers_begin(struct scene *scene, const struct op_start *start)
{
	supply_begin(scene, start);
	calls_begin(scene, start);
	return history_begin(scene, start);
}

bool checkers_end(struct scene *scene, int task)
{
	supply_end(&scene->supply, task);
	return history_end(&scene->history, task);
}

bool checkers_access(struct scene *scene, const struct access *access,
		     struct finding *finding)
{
	history_access(scene, access);
	return FIRST_BROKEN(finding, access, scene, access, finding);
}

bool checkers_result(struct scene *scene, const struct op_end *end,
		     struct finding *finding)
{
	history_settle(scene, end->task);
	calls_end(scene, end);
	return FIRST_BROKEN(finding, result, scene, end, finding);
}

bool checkers_boundary(struct scene *scene, struct finding *finding)
{
	return FIRST_BROKEN(finding, boundary, scene, finding);
}

bool checkers_release(struct scene *scene, int pfn, struct finding *finding)
{
	return FIRST_BROKEN(finding, release, scene, pfn, finding);
}

bool checkers_quiescence(struct scene *scene, struct finding *finding)
{
	census_take(scene->target, &scene->books, &scene->census);
	return FIRST_BROKEN(finding, quiescence, scene, finding);
}

bool checkers_progress(const struct progress *progress, struct finding *finding)
{
	return FIRST_BROKEN(finding, progress, progress);
}

/* Is "a " in front of @at, a word of its own, and has @name to be "an "? */
static bool wants_an(const char *text, const char *at, const char *name)
{
	return at - text >= 2 && at[-1] == ' ' && at[-2] == 'a' &&
	       (at - text == 2 || at[-3] == ' ') && *name &&
	       strchr("aeiou", *name);
}

const char *checker_promise(const struct checker *checker,
			    const struct target *target,
			    char text[CHECKER_PROMISE_MAX])
{
	static const char page[] = "page";
	const char *name = target_page_name(target), *from = NULL, *at;
	char names[CHECKER_PROMISE_MAX];
	size_t length = 0;

	if (checker->narrower)
		from = checker->narrower(target);
	if (!from)
		from = checker->promise;
	plural_noun(name, names, sizeof(names));
	*text = '\0';
	while ((at = strstr(from, page))) {
		bool many = at[strlen(page)] == 's';
		bool an = wants_an(from, at, name);

		length += (size_t)snprintf(text + length,
					   CHECKER_PROMISE_MAX - length,
					   "%.*s%s%s", (int)(at - from) - an,
					   from, an ? "n " : "",
					   many ? names : name);
		if (length >= CHECKER_PROMISE_MAX)
			return text;
		from = at + strlen(page) + many;
	}
	snprintf(text + length, CHECKER_PROMISE_MAX - length, "%s", from);
	return text;
}

/*
 * After the second line ClusterFuzz takes no frame into the state, for the sake
 * of "created by main thread at". The id is all of it then: with the frames
 * that all findings share two ids need only be 60 % similar to be one bug.
 * Should it ever take frames: "assert" in a name keeps this one out. Nobody sorts
 * crashes at a terminal, and to people the line says nothing.
 */
void assert_fail(const struct finding *finding)
{
	fflush(stdout);
	fprintf(stderr, "\nASSERTION FAILED: %s\n", finding->id);
	if (!isatty(STDERR_FILENO))
		fprintf(stderr, "pagerace: tasks were created by main thread "
				"at start\n");
	fputs(finding->details ? finding->details : "", stderr);
	fflush(stderr);
	abort();
}

__attribute__((noinline)) void finding_assert(const struct finding *finding)
{
	finding->checker->broken(finding);
	abort();
}
