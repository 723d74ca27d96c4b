/* SPDX-License-Identifier: MIT */
/* nearest_test.c: what a misspelt word is taken for, and what it is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "nearest.h"

static const char *const names[] = { "page-loss", "wrong-page", "count",
				     "clean",	  "bus",	"segv" };

/* What is offered for @word; NULL: nothing. */
static const char *offered(const char *word)
{
	struct nearest nearest;
	size_t i;

	nearest_begin(&nearest, word, strlen(word));
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		nearest_offer(&nearest, names[i]);
	return nearest.name;
}

static void a_letter_less_more_another_or_swapped_is_a_slip(void **state)
{
	(void)state;
	assert_string_equal(offered("page-los"), "page-loss");
	assert_string_equal(offered("page-losss"), "page-loss");
	assert_string_equal(offered("pafe-loss"), "page-loss");
	assert_string_equal(offered("page-lsos"), "page-loss");
	assert_string_equal(offered("apge-lsos"), "page-loss");
	assert_string_equal(offered("clena"), "clean");
}

static void three_slips_are_another_word(void **state)
{
	(void)state;
	assert_null(offered("apge-lsso-"));
	assert_null(offered("bogus"));
	assert_null(offered("page"));
}

static void short_words_have_fewer_slips(void **state)
{
	(void)state;
	assert_string_equal(offered("bsu"), "bus");
	assert_null(offered("ubx"));
	assert_null(offered("segments"));
	assert_null(offered("sgvs"));
	assert_null(offered(""));
}

static void the_fewest_slips_win(void **state)
{
	struct nearest nearest;

	(void)state;
	nearest_begin(&nearest, "reverts", 7);
	nearest_offer(&nearest, "rivetts");
	nearest_offer(&nearest, "revert");
	nearest_offer(&nearest, "everts");
	assert_string_equal(nearest_hint(&nearest), "; did you mean revert?");
}

static void nothing_near_is_no_hint(void **state)
{
	struct nearest nearest;
	char longer[NEAREST_WORD_MAX + 2];

	(void)state;
	nearest_begin(&nearest, "x", 1);
	nearest_offer(&nearest, "page-loss");
	assert_string_equal(nearest_hint(&nearest), "");
	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	nearest_begin(&nearest, longer, strlen(longer));
	nearest_offer(&nearest, longer);
	nearest_offer(&nearest, "page-loss");
	assert_string_equal(nearest_hint(&nearest), "");
}

static void a_word_ends_where_its_length_says(void **state)
{
	struct nearest nearest;

	(void)state;
	nearest_begin(&nearest, "alocc order=1", 5);
	nearest_offer(&nearest, "alloc");
	assert_string_equal(nearest_hint(&nearest), "; did you mean alloc?");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_letter_less_more_another_or_swapped_is_a_slip),
		cmocka_unit_test(three_slips_are_another_word),
		cmocka_unit_test(short_words_have_fewer_slips),
		cmocka_unit_test(the_fewest_slips_win),
		cmocka_unit_test(nothing_near_is_no_hint),
		cmocka_unit_test(a_word_ends_where_its_length_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
