/* SPDX-License-Identifier: MIT */
/* quote_test.c: what a shell reads is the name that was meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "quote.h"

static const char *quoted(const char *path)
{
	static char text[64];

	assert_int_equal(quote_path(path, text, sizeof(text)), strlen(text));
	return text;
}

static void plain_names_stay_as_they_are(void **state)
{
	(void)state;
	assert_string_equal(quoted("findings/core-1/page-loss.prog"),
			    "findings/core-1/page-loss.prog");
	assert_string_equal(quoted("id:000007,src:000001,op:havoc"),
			    "id:000007,src:000001,op:havoc");
	assert_string_equal(quoted("-"), "-");
}

static void other_names_are_in_quotes(void **state)
{
	(void)state;
	assert_string_equal(quoted("a b"), "'a b'");
	assert_string_equal(quoted("$HOME;`x`"), "'$HOME;`x`'");
	assert_string_equal(quoted("it's"), "'it'\\''s'");
	assert_string_equal(quoted("~x"), "'~x'");
	assert_string_equal(quoted("caf\303\251"), "'caf\303\251'");
	assert_string_equal(quoted(""), "''");
}

static void no_name_passes_for_an_option(void **state)
{
	(void)state;
	assert_string_equal(quoted("-x"), "./-x");
	assert_string_equal(quoted("--a b"), "'./--a b'");
}

static void what_does_not_fit_is_cut(void **state)
{
	char text[4] = "";

	(void)state;
	assert_int_equal(quote_path("a b c", text, sizeof(text)), 7);
	assert_string_equal(text, "'a ");
}

/* What a shell makes of it. */
static void a_shell_reads_the_name(void **state)
{
	static const char name[] = "a 'b' \"c\" $d `e` \\ * ? [f] ~ # ! & | ;";
	char word[256], command[300], read[256] = "";
	FILE *shell;

	(void)state;
	quote_path(name, word, sizeof(word));
	snprintf(command, sizeof(command), "printf %%s %s", word);
	shell = popen(command, "r");
	assert_non_null(shell);
	assert_non_null(fgets(read, sizeof(read), shell));
	assert_int_equal(pclose(shell), 0);
	assert_string_equal(read, name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_names_stay_as_they_are),
		cmocka_unit_test(other_names_are_in_quotes),
		cmocka_unit_test(no_name_passes_for_an_option),
		cmocka_unit_test(what_does_not_fit_is_cut),
		cmocka_unit_test(a_shell_reads_the_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
