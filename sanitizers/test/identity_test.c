/* SPDX-License-Identifier: MIT */
/*
 * identity_test.c: a finding has an identity: one line, one function, and no
 * two of them look alike to those who sort crash reports.
 *
 * Two crash states are one bug to ClusterFuzz if two of their lines are equal,
 * in order, or if lines are on average more than 80 % similar. Similarity is
 * the share of the letters of both that need not be edited.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <ctype.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "checker.h"

#define LETTERS_MAX 80
#define LINES 3
#define IDS_MAX 64
#define SOURCE_MAX 65536
#define PATH_LETTERS 1024
#define HERE "sanitizers/test/identity_test.c"

struct state {
	char line[LINES][LETTERS_MAX];
};

struct ids {
	unsigned int nr;
	char id[IDS_MAX][LETTERS_MAX];
};

/* ------------------------------------------------------------- comparison */

static size_t min3(size_t a, size_t b, size_t c)
{
	size_t min = a < b ? a : b;

	return min < c ? min : c;
}

/* Levenshtein: letters to put in, take out or replace. */
static size_t edits(const char *a, const char *b)
{
	size_t row[LETTERS_MAX + 1], i, j;

	for (j = 0; j <= strlen(b); j++)
		row[j] = j;
	for (i = 1; i <= strlen(a); i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (j = 1; j <= strlen(b); j++) {
			size_t above = row[j];

			row[j] = min3(above + 1, row[j - 1] + 1,
				      diagonal + (a[i - 1] != b[j - 1]));
			diagonal = above;
		}
	}
	return row[strlen(b)];
}

static double similarity(const char *a, const char *b)
{
	double letters = (double)(strlen(a) + strlen(b));

	return letters > 0 ? (letters - (double)edits(a, b)) / letters : 1;
}

/* Length of the longest sequence of lines that both have, in order. */
static int equal_lines(const struct state *a, const struct state *b)
{
	int best[LINES + 1][LINES + 1] = { { 0 } };
	int i, j;

	for (i = 1; i <= LINES; i++)
		for (j = 1; j <= LINES; j++) {
			int up = best[i - 1][j], left = best[i][j - 1];

			best[i][j] = up > left ? up : left;
			if (!strcmp(a->line[i - 1], b->line[j - 1]))
				best[i][j] = best[i - 1][j - 1] + 1;
		}
	return best[LINES][LINES];
}

static bool look_alike(const struct state *a, const struct state *b)
{
	double sum = 0;
	int i;

	if (equal_lines(a, b) >= 2)
		return true;
	for (i = 0; i < LINES; i++)
		sum += similarity(a->line[i], b->line[i]);
	return sum / LINES > 0.8;
}

static void the_comparison_merges_what_clusterfuzz_merges(void **state)
{
	const struct state a = { { "buddy-free-list-order", "list_broken",
				   "page_cache_fuzzer.c" } };
	const struct state b = { { "buddy-free-list-count", "list_broken",
				   "page_cache_fuzzer.c" } };
	const struct state c = { { "page-loss", "page_loss_broken",
				   "page_cache_fuzzer.c" } };

	(void)state;
	assert_int_equal(edits("kitten", "sitting"), 3);
	assert_true(similarity("buddy-free-list-order",
			       "buddy-free-list-count") > 0.8);
	assert_true(look_alike(&a, &b));
	assert_false(look_alike(&a, &c));
}

/* ---------------------------------------------------------------- the line */

/* What the child that met @finding says. Returns: its wait status. */
static int last_words(const struct finding *finding, char *words, size_t max)
{
	const struct rlimit no_core = { 0, 0 };
	size_t length = 0;
	int ends[2], status;
	ssize_t got;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (!child) {
		signal(SIGABRT, SIG_DFL);
		setrlimit(RLIMIT_CORE, &no_core);
		dup2(ends[1], STDERR_FILENO);
		finding_assert(finding);
	}
	assert_true(child > 0);
	close(ends[1]);
	while ((got = read(ends[0], words + length, max - 1 - length)) > 0)
		length += (size_t)got;
	words[length] = '\0';
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

/* How many lines of @words begin with @start; the last of them in @line. */
static int lines_that_begin(char *words, const char *start, const char **line)
{
	int nr = 0;
	char *at;

	for (at = strtok(words, "\n"); at; at = strtok(NULL, "\n")) {
		if (strncmp(at, start, strlen(start)))
			continue;
		*line = at;
		nr++;
	}
	return nr;
}

static void expect_one_line_and_sigabrt(const struct finding *finding)
{
	char words[4096], expected[128];
	const char *line = "";
	int status = last_words(finding, words, sizeof(words));

	snprintf(expected, sizeof(expected), "ASSERTION FAILED: %s",
		 finding->id);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
	assert_int_equal(lines_that_begin(words, "ASSERTION FAILED", &line), 1);
	assert_string_equal(line, expected);
}

static void every_checker_prints_its_line_and_aborts(void **state)
{
	const struct checker *const *at;

	(void)state;
	for (at = checkers; *at; at++) {
		struct finding finding = checker_finding(*at, (*at)->id);

		finding.page = 7;
		finding.number = 3;
		expect_one_line_and_sigabrt(&finding);
	}
}

static void a_target_bug_prints_the_id_of_the_assertion(void **state)
{
	const struct finding finding =
		checker_finding(&checker_target_bug, "free-of-page-in-use");

	(void)state;
	expect_one_line_and_sigabrt(&finding);
}

static void every_checker_has_a_function_of_its_own(void **state)
{
	const struct checker *const *a, *const *b;

	(void)state;
	for (a = checkers; *a; a++)
		for (b = checkers; b < a; b++)
			assert_ptr_not_equal((*a)->broken, (*b)->broken);
}

/* --------------------------------------------------------------- the names */

static void expect_speaking_id(const char *id)
{
	for (; *id; id++)
		assert_true(islower((unsigned char)*id) || *id == '-');
}

static void ids_are_lower_case_words_without_digits(void **state)
{
	const struct checker *const *at;

	(void)state;
	for (at = checkers; *at; at++)
		expect_speaking_id((*at)->id);
}

static void checkers_are_told_apart(void **state)
{
	static const struct state states[] = {
#define CHECKER(name) { { "", #name, "page_cache_fuzzer.c" } },
#include "checkers.def"
	};
	size_t i, j;

	(void)state;
	for (i = 0; checkers[i]; i++)
		for (j = 0; j < i; j++) {
			struct state a = states[i], b = states[j];

			strcpy(a.line[0], checkers[i]->id);
			strcpy(b.line[0], checkers[j]->id);
			if (look_alike(&a, &b))
				fail_msg("%s and %s look alike", a.line[0],
					 b.line[0]);
		}
}

static void note_id(struct ids *ids, const char *start, size_t length)
{
	unsigned int i;

	assert_true(ids->nr < IDS_MAX && length < LETTERS_MAX);
	snprintf(ids->id[ids->nr], LETTERS_MAX, "%.*s", (int)length, start);
	for (i = 0; strcmp(ids->id[i], ids->id[ids->nr]); i++)
		;
	ids->nr += i == ids->nr;
}

/* The string that ends the statements which begin with @call in @text. */
static void ids_of_calls(const char *text, const char *call, struct ids *ids)
{
	const char *at = text;

	while ((at = strstr(at, call))) {
		const char *end = strstr(at, "\");"), *stop = strchr(at, ';');
		const char *start = end;

		at += strlen(call);
		if (!end || stop != end + 2)
			continue;
		while (start[-1] != '"')
			start--;
		note_id(ids, start, (size_t)(end - start));
	}
}

/* @name: from the root of the tree. */
static void path_of(const char *name, char *path, size_t max)
{
	const int root = (int)(sizeof(__FILE__) - sizeof(HERE));

	snprintf(path, max, "%.*s%s", root, __FILE__, name);
}

static void ids_of_file(const char *name, struct ids *ids)
{
	static char text[SOURCE_MAX];
	char path[PATH_LETTERS];
	FILE *file;
	size_t length;

	path_of(name, path, sizeof(path));
	file = fopen(path, "r");
	assert_non_null(file);
	length = fread(text, 1, sizeof(text) - 1, file);
	fclose(file);
	text[length] = '\0';
	assert_true(length < sizeof(text) - 1);
	ids_of_calls(text, "VM_BUG_ON(", ids);
	ids_of_calls(text, "machine_bug(", ids);
	ids_of_calls(text, "checker_finding(&checker_target_bug,", ids);
}

static void ids_of_folder(const char *folder, struct ids *ids)
{
	char path[PATH_LETTERS], name[PATH_LETTERS];
	struct dirent *entry;
	DIR *dir;

	path_of(folder, path, sizeof(path));
	dir = opendir(path);
	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		const char *dot = strrchr(entry->d_name, '.');

		if (!dot || (strcmp(dot, ".c") && strcmp(dot, ".h")))
			continue;
		snprintf(name, sizeof(name), "%s/%s", folder, entry->d_name);
		ids_of_file(name, ids);
	}
	closedir(dir);
}

static void assertions_of_targets_are_unlike_each_other(void **state)
{
	static struct ids ids;
	const struct checker *const *at;
	unsigned int i, j;

	(void)state;
	ids_of_file("target/machine_types.h", &ids);
	ids_of_folder("target/core", &ids);
	ids_of_folder("fuzz", &ids);
	assert_true(ids.nr >= 8);
	for (at = checkers; *at; at++)
		note_id(&ids, (*at)->id, strlen((*at)->id));
	for (i = 0; i < ids.nr; i++) {
		expect_speaking_id(ids.id[i]);
		for (j = 0; j < i; j++)
			if (similarity(ids.id[i], ids.id[j]) > 0.8)
				fail_msg("%s and %s look alike", ids.id[i],
					 ids.id[j]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_comparison_merges_what_clusterfuzz_merges),
		cmocka_unit_test(every_checker_prints_its_line_and_aborts),
		cmocka_unit_test(a_target_bug_prints_the_id_of_the_assertion),
		cmocka_unit_test(every_checker_has_a_function_of_its_own),
		cmocka_unit_test(ids_are_lower_case_words_without_digits),
		cmocka_unit_test(checkers_are_told_apart),
		cmocka_unit_test(assertions_of_targets_are_unlike_each_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
