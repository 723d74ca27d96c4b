/* SPDX-License-Identifier: MIT */
/*
 * identity_test.c: a finding has an identity: one line, one function, and no
 * two of them look alike to those who sort crash reports (report.h).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dying.h"

#define LETTERS_MAX 80
#define IDS_MAX 128
#define SOURCE_MAX 65536
#define PATH_LETTERS 1024
#define HERE "sanitizers/test/identity_test.c"

struct ids {
	unsigned int nr;
	char id[IDS_MAX][LETTERS_MAX];
};

/* ---------------------------------------------------------------- the line */

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
	char words[DYING_WORDS], expected[128];
	const char *line = "";
	int status = dying_words(finding, words);

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

/* ClusterFuzz needs a line that says nothing to anybody else. */
static void people_at_a_terminal_are_told_nothing_for_machines(void **state)
{
	const struct finding finding =
		checker_finding(checkers[0], checkers[0]->id);
	char words[DYING_WORDS];
	int ends[2];

	(void)state;
	dying_words(&finding, words);
	assert_non_null(strstr(words, "created by main thread at"));
	ends[0] = posix_openpt(O_RDWR | O_NOCTTY);
	assert_true(ends[0] >= 0 && !grantpt(ends[0]) && !unlockpt(ends[0]));
	ends[1] = open(ptsname(ends[0]), O_RDWR | O_NOCTTY);
	assert_true(ends[1] >= 0);
	dying_words_by(&finding, ends, words);
	assert_non_null(strstr(words, "ASSERTION FAILED: "));
	assert_null(strstr(words, "created by main thread at"));
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

static void numbers_and_details_are_no_part_of_an_identity(void **state)
{
	const struct checker *const *at;

	(void)state;
	for (at = checkers; *at; at++) {
		struct finding a = checker_finding(*at, (*at)->id), b = a;
		struct report one, other;

		b.page = 4711;
		b.number = 3;
		b.details = "pagerace: page 4711 count 1 -> 0\n";
		dying_report(&a, &one);
		dying_report(&b, &other);
		assert_string_equal(one.type, "ASSERT");
		assert_string_equal(one.state[0], (*at)->id);
		assert_true(report_equal(&one, &other));
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

/* The strings in functions called check(void): a target's last words. */
static void ids_of_last_words(const char *text, struct ids *ids)
{
	const char *at = text;

	while ((at = strstr(at, "check(void)\n{"))) {
		const char *end = strstr(at, "\n}");

		assert_non_null(end);
		while ((at = strchr(at, '"')) && at < end) {
			note_id(ids, at + 1, strcspn(at + 1, "\""));
			at = strchr(at + 1, '"') + 1;
		}
		at = end;
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
	ids_of_calls(text, "linux_refuse(", ids);
	ids_of_calls(text, "checker_finding(&checker_target_bug,", ids);
	ids_of_last_words(text, ids);
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

/* All that may follow "ASSERTION FAILED: ", as children report it. */
static unsigned int reports_of_all(struct report reports[IDS_MAX])
{
	static struct ids ids;
	const struct checker *const *at;
	unsigned int i, nr = 0;

	ids_of_file("target/machine_point.h", &ids);
	ids_of_folder("target/core", &ids);
	ids_of_folder("target/examples", &ids);
	ids_of_folder("target/linux/glue", &ids);
	ids_of_folder("fuzz/threads", &ids);
	ids_of_folder("fuzz/engine", &ids);
	assert_true(ids.nr >= 40);
	for (i = 0; i < ids.nr; i++) {
		struct finding finding =
			checker_finding(&checker_target_bug, ids.id[i]);

		expect_speaking_id(ids.id[i]);
		dying_report(&finding, &reports[nr++]);
	}
	for (at = checkers; *at; at++) {
		struct finding finding = checker_finding(*at, (*at)->id);

		assert_true(nr < IDS_MAX);
		dying_report(&finding, &reports[nr++]);
	}
	return nr;
}

static void no_two_identities_look_alike(void **state)
{
	static struct report reports[IDS_MAX];
	unsigned int i, j, nr = reports_of_all(reports);

	(void)state;
	for (i = 0; i < nr; i++)
		for (j = 0; j < i; j++)
			if (strcmp(reports[i].state[0], reports[j].state[0]) &&
			    report_alike(&reports[i], &reports[j]))
				fail_msg("%s and %s look alike",
					 reports[i].state[0],
					 reports[j].state[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_checker_prints_its_line_and_aborts),
		cmocka_unit_test(a_target_bug_prints_the_id_of_the_assertion),
		cmocka_unit_test(
			people_at_a_terminal_are_told_nothing_for_machines),
		cmocka_unit_test(every_checker_has_a_function_of_its_own),
		cmocka_unit_test(ids_are_lower_case_words_without_digits),
		cmocka_unit_test(
			numbers_and_details_are_no_part_of_an_identity),
		cmocka_unit_test(no_two_identities_look_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
