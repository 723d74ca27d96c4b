/* SPDX-License-Identifier: MIT */
/* pulse_test.c: how far a search is. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "pulse.h"

struct search {
	struct pulse pulse;
	struct pulse_past past;
	uint64_t executions, seen;
};

/* So many executions, one in @each of which shows something. */
static void go_on(struct search *search, uint64_t nr, uint64_t each)
{
	while (nr--) {
		search->executions++;
		search->seen += each && search->executions % each == 0;
		pulse_beat(&search->pulse, &search->past, search->executions,
			   search->seen);
	}
}

static void it_counts(void **state)
{
	struct search search = { .seen = 0 };

	(void)state;
	go_on(&search, 1000, 10);
	go_on(&search, 7, 0);
	assert_int_equal(search.pulse.executions, 1007);
	assert_int_equal(search.pulse.seen, 100);
	assert_int_equal(search.pulse.newest, 1000);
}

/* Of a campaign they are an estimate, until its workers say. */
static void it_never_goes_back(void **state)
{
	struct search search = { .seen = 0 };

	(void)state;
	go_on(&search, 1000, 10);
	pulse_beat(&search.pulse, &search.past, 900, search.seen);
	assert_int_equal(search.pulse.executions, 1000);
	assert_in_range(search.pulse.newest, 0, search.pulse.executions);
}

/* Moments are so many, so that it is known to a part in that many, no better. */
static void half_way_is_half_way(void **state)
{
	static const uint64_t lengths[] = { 2, 100, 127, 129, 1000, 77777 };
	unsigned int i;

	(void)state;
	for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		struct search search = { .seen = 0 };
		uint64_t slack = lengths[i] / (PULSE_MOMENTS / 2) + 1;

		go_on(&search, lengths[i], 1);
		assert_in_range(search.pulse.half, lengths[i] / 2 - slack,
				lengths[i] / 2);
		assert_int_equal(search.pulse.half_seen, search.pulse.half);
	}
}

static void words_say_when_it_was_new_last(void **state)
{
	struct search search = { .seen = 0 };
	char text[PULSE_TEXT];

	(void)state;
	assert_string_equal(pulse_words(&search.pulse, text), "");
	go_on(&search, 64000, 100);
	go_on(&search, 64000, 1000);
	go_on(&search, 50, 0);
	pulse_words(&search.pulse, text);
	assert_non_null(strstr(text, "nothing new for 50 executions; "));
	assert_non_null(strstr(text, " one in 1,00"));
	go_on(&search, 300000, 0);
	pulse_words(&search.pulse, text);
	assert_non_null(strstr(text, " none showed anything"));
}

static void a_file_has_it(void **state)
{
	char option[64] = PULSE_OPTION "/tmp/pulse_test.XXXXXX";
	char *path = option + strlen(PULSE_OPTION);
	struct search search = { .seen = 0 };
	struct pulse *pulse, read = { .seen = 7 };

	(void)state;
	close(mkstemp(path));
	assert_false(pulse_read(path, &read));
	pulse = pulse_open(option);
	assert_non_null(pulse);
	assert_false(pulse_read(path, &read)); /* no beat yet */
	assert_int_equal(read.seen, 7);
	pulse_beat(pulse, &search.past, 5, 3);
	assert_true(pulse_read(path, &read));
	assert_memory_equal(pulse, &read, sizeof(read));
	unlink(path);
}

static void other_options_are_none(void **state)
{
	(void)state;
	errno = 0;
	assert_null(pulse_open("--schedules-only"));
	assert_int_equal(errno, 0);
	assert_null(pulse_open(PULSE_OPTION "/nowhere/at/all"));
	assert_int_equal(errno, ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_counts),
		cmocka_unit_test(it_never_goes_back),
		cmocka_unit_test(half_way_is_half_way),
		cmocka_unit_test(words_say_when_it_was_new_last),
		cmocka_unit_test(a_file_has_it),
		cmocka_unit_test(other_options_are_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
