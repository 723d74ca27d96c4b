/* SPDX-License-Identifier: MIT */
/* afl_mutator_test.c: the mutator as AFL++ calls it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "afl_mutator.h"
#include "hash.h"
#include "program.h"

#define CALLS 2000

static uint8_t zero[1];

/* Hash of a sequence of children of the empty program. */
static uint32_t sequence(unsigned int seed)
{
	struct afl_mutator *self = afl_custom_init(NULL, seed);
	uint32_t hash = HASH_START;
	uint8_t *out;
	size_t size;
	int i;

	for (i = 0; i < CALLS; i++) {
		size = afl_custom_fuzz(self, zero, sizeof(zero), &out, NULL, 0,
				       PROGRAM_BYTES_MAX);
		hash = hash_bytes(hash, out, size);
	}
	afl_custom_deinit(self);
	return hash;
}

static void children_are_deterministic_in_the_seed(void **state)
{
	uint32_t first = sequence(1);

	(void)state;
	assert_int_equal(sequence(1), first);
	assert_int_not_equal(sequence(2), first);
}

static void children_are_programs_no_longer_than_allowed(void **state)
{
	struct afl_mutator *self = afl_custom_init(NULL, 3);
	struct program program, same;
	unsigned int i, empty = 0;
	uint8_t *out;

	(void)state;
	for (i = 0; i < CALLS; i++) {
		size_t max = i % 2 ? PROGRAM_BYTES_MAX : 48;
		size_t size = afl_custom_fuzz(self, zero, sizeof(zero), &out,
					      NULL, 0, max);

		assert_in_range(size, 0, max);
		empty += !size;
		program_decode(out, size, &program);
		same = program;
		program_normalize(&same);
		assert_true(program_equal(&same, &program));
	}
	assert_in_range(empty, 1, CALLS / 2);
	afl_custom_deinit(self);
}

/* Programs of @pages pages, among children of the empty program. */
static unsigned int children_with_pages(struct afl_mutator *self,
					unsigned int pages)
{
	struct program program;
	unsigned int i, nr = 0;
	uint8_t *out;

	for (i = 0; i < CALLS; i++) {
		size_t size = afl_custom_fuzz(self, zero, sizeof(zero), &out,
					      NULL, 0, PROGRAM_BYTES_MAX);

		program_decode(out, size, &program);
		nr += program.config.pages == pages;
	}
	return nr;
}

/* A program that nobody makes out of the empty one by accident. */
static size_t rare_program(uint8_t *data)
{
	struct program program;

	program_clear(&program);
	program.config.pages = 4096;
	program_normalize(&program);
	assert_int_equal(program.config.pages, 4096);
	return program_encode(&program, data, PROGRAM_BYTES_MAX);
}

static void what_afl_keeps_has_children(void **state)
{
	struct afl_mutator *self = afl_custom_init(NULL, 4);
	char path[] = "/tmp/afl_mutator_test_XXXXXX";
	uint8_t data[PROGRAM_BYTES_MAX];
	size_t size = rare_program(data);
	int file = mkstemp(path);

	(void)state;
	assert_true(write(file, data, size) == (ssize_t)size);
	close(file);
	assert_in_range(children_with_pages(self, 4096), 0, CALLS / 10);
	assert_false(afl_custom_queue_new_entry(self, path, NULL));
	unlink(path);
	assert_in_range(children_with_pages(self, 4096), CALLS / 4, CALLS);
	afl_custom_deinit(self);
}

static void what_afl_offers_is_kept_once(void **state)
{
	struct afl_mutator *self = afl_custom_init(NULL, 5);
	uint8_t data[PROGRAM_BYTES_MAX], *out;
	size_t size = rare_program(data);
	unsigned int i;

	(void)state;
	afl_custom_fuzz(self, zero, sizeof(zero), &out, NULL, 0, sizeof(data));
	for (i = 0; i < 200; i++) {
		uint8_t other[] = { 0, (uint8_t)i, 1 };

		afl_custom_fuzz(self, other, sizeof(other), &out, NULL, 0,
				sizeof(data));
		afl_custom_fuzz(self, data, size, &out, NULL, 0, sizeof(data));
	}
	assert_in_range(children_with_pages(self, 4096), 0, CALLS / 10);
	afl_custom_deinit(self);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(children_are_deterministic_in_the_seed),
		cmocka_unit_test(children_are_programs_no_longer_than_allowed),
		cmocka_unit_test(what_afl_keeps_has_children),
		cmocka_unit_test(what_afl_offers_is_kept_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
