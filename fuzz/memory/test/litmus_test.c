/* SPDX-License-Identifier: MIT */
/*
 * litmus_test.c: litmus tests, all schedules and reorderings of each: what the
 * kernel's memory model forbids is not seen; what it allows is, but for what the
 * test itself, or not_shown, says is not played, and why.
 *
 * As a test it plays those in litmus/. Given files, it prints a table of them.
 */
#include <dirent.h>
#include <errno.h>

#include "litmus_play.h"

#define LITMUS_FOLDER PAGERACE_CORPUS "/../fuzz/memory/test/litmus"
#define REORDERINGS 16 /* no test makes so many accesses */

/* Into @litmus. Returns: false if it is not understood. */
static bool litmus_load(const char *path)
{
	static char text[LITMUS_TEXT];
	FILE *file = fopen(path, "r");
	size_t size;

	if (!file) {
		snprintf(litmus.trouble, sizeof(litmus.trouble), "%s",
			 strerror(errno));
		return false;
	}
	size = fread(text, 1, sizeof(text) - 1, file);
	fclose(file);
	text[size] = '\0';
	litmus_parse(&litmus, text);
	return !*litmus.trouble;
}

/* Why it need not be seen though it is allowed, or NULL. */
static const char *excuse(const struct litmus *test)
{
	static char line[512];
	FILE *file = fopen(LITMUS_FOLDER "/not_shown", "r");
	size_t length = strlen(test->name);
	bool found = false;

	if (*test->not_shown)
		found = snprintf(line, sizeof(line), "%s", test->not_shown) > 0;
	while (file && !found && fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\n")] = '\0';
		found = !strncmp(line, test->name, length) &&
			line[length] == ' ';
		if (found)
			memmove(line, line + length + 1,
				strlen(line + length + 1) + 1);
	}
	if (file)
		fclose(file);
	return found ? line : NULL;
}

/* What is wrong with @result, or NULL. */
static const char *mistake(const struct litmus_result *result)
{
	bool allowed = !strcmp(litmus.verdict, "Sometimes");

	if (result->trouble)
		return result->trouble;
	if (!allowed && strcmp(litmus.verdict, "Never"))
		return "no verdict";
	if (!allowed && result->seen)
		return "FORBIDDEN";
	if (allowed && !result->seen && !excuse(&litmus))
		return "NOT SEEN";
	if (allowed && result->seen && excuse(&litmus))
		return "SEEN";
	return NULL;
}

static void print_row(const struct litmus_result *result)
{
	const char *wrong = mistake(result), *why = excuse(&litmus);
	char said[512];

	if (wrong)
		snprintf(said, sizeof(said), "**%s**", wrong);
	else if (result->seen)
		snprintf(said, sizeof(said), "seen");
	else
		snprintf(said, sizeof(said), "not seen%s%s", why ? ": " : "",
			 why ? why : "");
	printf("| %s | %u | %s | %s | %lu%s%s | %s |\n", litmus.name,
	       litmus.nr_threads, litmus.verdict, said, result->runs,
	       *litmus.bound ? ", bound " : "", litmus.bound, litmus.why);
	fflush(stdout);
}

/* Returns: true if all is as it should be. */
static bool print_table(struct engine *engine, char **paths)
{
	bool right = true;

	printf("| test | threads | model | here | runs | why |\n"
	       "|---|---|---|---|---|---|\n");
	for (; *paths; paths++) {
		struct litmus_result result;

		if (!litmus_load(*paths)) {
			printf("| %s | | | **%s** | | |\n", *paths,
			       litmus.trouble);
			right = false;
			continue;
		}
		result = litmus_play(engine, REORDERINGS);
		print_row(&result);
		right &= !mistake(&result);
	}
	return right;
}

/* ------------------------------------------------------------------- tests */

static void play_file(struct stage *stage, const char *name)
{
	struct litmus_result result;
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", LITMUS_FOLDER, name);
	if (!litmus_load(path))
		fail_msg("%s: %s", name, litmus.trouble);
	result = litmus_play(&stage->engine, REORDERINGS);
	if (mistake(&result))
		fail_msg("%s: %s, %lu of %lu runs", name, mistake(&result),
			 result.seen, result.runs);
}

static void every_verdict_is_kept(void **state)
{
	DIR *folder = opendir(LITMUS_FOLDER);
	const struct dirent *entry;
	unsigned int nr = 0;

	assert_non_null(folder);
	while ((entry = readdir(folder))) {
		const char *dot = strrchr(entry->d_name, '.');

		if (!dot || strcmp(dot, ".litmus"))
			continue;
		play_file(*state, entry->d_name);
		nr++;
	}
	closedir(folder);
	assert_true(nr >= 30);
}

/* No reordering, no reordered outcome: all that is seen is sequential. */
static void without_reorderings_memory_is_sequential(void **state)
{
	struct stage *stage = *state;
	struct litmus_result result;

	assert_true(litmus_load(LITMUS_FOLDER "/SB.litmus"));
	result = litmus_play(&stage->engine, 0);
	assert_int_equal(result.seen, 0);
	assert_int_equal(result.runs, 20);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_verdict_is_kept),
		cmocka_unit_test(without_reorderings_memory_is_sequential),
	};
	void *stage;
	bool right;

	sites_init(&target_litmus);
	if (argc < 2)
		return cmocka_run_group_tests(tests, stage_open, stage_close);
	stage_open(&stage);
	right = print_table(&((struct stage *)stage)->engine, argv + 1);
	stage_close(&stage);
	return !right;
}
