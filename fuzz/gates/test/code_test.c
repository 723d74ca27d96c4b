/* SPDX-License-Identifier: MIT */
/* code_test.c: places in code that somebody else compiled: the test compiles it. */
#include <unistd.h>

#include "code.h"
#include "stage.h"

static char folder[] = "/tmp/pagerace-code-XXXXXX";
static char program[64], list[64];

static const char *const source =
	"int word, other;\n"
	"static inline __attribute__((always_inline)) int look(int *at)\n"
	"{\n"
	"	return __atomic_load_n(at, __ATOMIC_RELAXED);\n" /* 4 */
	"}\n"
	"__attribute__((noinline)) int once(void)\n"
	"{\n"
	"	return look(&word);\n" /* 8 */
	"}\n"
	"__attribute__((noinline)) int twice(int nr)\n"
	"{\n"
	"	if (nr & 1)\n"
	"		return look(&word) + 7 * nr;\n" /* 13 */
	"	__atomic_store_n(&other, nr, __ATOMIC_RELEASE);\n"
	"	return look(&other);\n" /* 15 */
	"}\n"
	"__attribute__((noinline)) int beside(void)\n"
	"{\n"
	"	return look(&word) * look(&other);\n"
	"}\n"
	"static __attribute__((noinline)) int own(int nr) { return nr * 3 + word; }\n"
	"int main(int nr, char **v) { (void)v; return own(nr) + once() + twice(nr) + beside(); }\n";

static int compile(void **state)
{
	char path[64], command[400];
	FILE *out;

	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/code.c", folder);
	snprintf(program, sizeof(program), "%s/code", folder);
	snprintf(list, sizeof(list), "%s/list", folder);
	out = fopen(path, "w");
	if (!out || fputs(source, out) < 0 || fclose(out))
		return -1;
	snprintf(
		command, sizeof(command),
		"cc -g -O1 -fno-pie -no-pie -o %s %s && cc -O1 -s -o %s-bare %s && cc -c -o %s.o %s && nm %s >%s",
		program, path, program, path, program, path, program, list);
	return system(command);
}

static int clean(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "rm -r %s", folder);
	return system(command);
}

/* @inner called by @outer, at line @line. */
static struct code_places places_of(const char *outer, const char *inner,
				    unsigned int line)
{
	struct chain chain = { .nr = 2,
			       .call = { { .function = outer },
					 { .function = inner } } };
	struct code_places places;
	struct symbols symbols;
	struct lines *lines = lines_open(program);

	assert_non_null(lines);
	assert_true(symbols_open(&symbols, program));
	code_find(&places, &symbols, lines, &chain, line);
	if (places.symbol)
		assert_true(places.nr == 0 ||
			    (places.at[0] >= places.symbol->address &&
			     places.at[0] < places.symbol->address +
						    places.symbol->size));
	places.symbol = places.symbol ? &symbols.symbol[0] : NULL;
	lines_close(lines);
	symbols_close(&symbols);
	return places;
}

static void a_line_that_is_inlined_once_has_one_place(void **state)
{
	(void)state;
	assert_int_equal(places_of("once", "look", 4).nr, 1);
}

static void one_that_is_inlined_twice_has_several(void **state)
{
	(void)state;
	assert_true(places_of("twice", "look", 4).nr >= 2);
}

static void two_that_touch_are_two(void **state)
{
	(void)state;
	assert_int_equal(places_of("beside", "look", 4).nr, 2);
}

static void one_that_was_not_compiled_has_none(void **state)
{
	struct code_places places = places_of("once", "look", 5000);

	(void)state;
	assert_non_null(places.symbol);
	assert_int_equal(places.nr, 0);
	assert_null(places_of("nobody", "knows", 4).symbol);
}

static void who_is_inlined_is_known(void **state)
{
	struct lines *lines = lines_open(program);
	const struct symbol *symbol;
	struct symbols symbols;
	unsigned int nr;

	(void)state;
	assert_true(symbols_open(&symbols, program));
	symbol = symbols_find(&symbols, "once", &nr);
	assert_non_null(symbol);
	assert_int_equal(nr, 1);
	assert_true(code_inlines(lines, symbol, "look"));
	assert_false(code_inlines(lines, symbol, "once"));
	symbols_close(&symbols);
	lines_close(lines);
}

static void code_is_what_stands_there(void **state)
{
	struct symbols symbols;
	const struct symbol *symbol;
	unsigned char bytes[4];
	unsigned int nr;

	(void)state;
	assert_true(symbols_open(&symbols, program));
	assert_true(symbols.elf && symbols.lines);
	symbol = symbols_find(&symbols, "once", &nr);
	assert_int_equal(symbols_code(&symbols, symbol->address, bytes, 4), 4);
	assert_true(bytes[0] || bytes[1]);
	assert_int_equal(symbols_code(&symbols, 1, bytes, 4), 0);
	symbols_close(&symbols);
}

static void a_list_of_symbols_will_do(void **state)
{
	struct symbols symbols;
	unsigned int nr;

	(void)state;
	assert_true(symbols_open(&symbols, list));
	assert_false(symbols.elf);
	assert_non_null(symbols_find(&symbols, "twice", &nr));
	assert_null(symbols_find(&symbols, "word", &nr)); /* no code */
	assert_null(symbols_find(&symbols, "look", &nr)); /* inlined */
	symbols_close(&symbols);
}

static void a_file_without_functions_is_refused(void **state)
{
	char bare[80];
	struct symbols symbols;

	(void)state;
	snprintf(bare, sizeof(bare), "%s-bare", program);
	assert_false(symbols_open(&symbols, bare));
	snprintf(bare, sizeof(bare), "%s.o", program);
	assert_false(symbols_open(&symbols, bare)); /* not linked */
	assert_false(symbols_open(&symbols, "/dev/null"));
	snprintf(bare, sizeof(bare), "%s/none", folder);
	assert_false(symbols_open(&symbols, bare));
}

static void a_name_with_a_suffix_of_the_compilers_is_that_function(void **state)
{
	static struct symbol some[] = { { "f.cold", 6, 1, 0 },
					{ "f.isra.0", 8, 2, 0 },
					{ "first", 5, 3, 0 } };
	const struct symbols symbols = { .symbol = some, .nr = 3 };
	unsigned int nr;

	(void)state;
	assert_ptr_equal(symbols_find(&symbols, "f", &nr), &some[1]);
	assert_int_equal(nr, 0);
	assert_ptr_equal(symbols_find(&symbols, "first", &nr), &some[2]);
	assert_int_equal(nr, 1);
	assert_null(symbols_find(&symbols, "fir", &nr));
}

static void a_call_from_another_line_is_another_call(void **state)
{
	const struct chain one = {
		.nr = 3, .call = { { "a", 1, 0 }, { "b", 2, 0 }, { "c", 3, 0 } }
	};
	const struct chain two = {
		.nr = 3, .call = { { "a", 1, 0 }, { "b", 5, 0 }, { "c", 3, 0 } }
	};
	const struct chain three = { .nr = 2,
				     .call = { { "a", 1, 0 }, { "d", 5, 0 } } };

	(void)state;
	assert_int_equal(chain_shared(&one, &one), 3);
	assert_int_equal(chain_shared(&one, &two), 2); /* c is called anew */
	assert_int_equal(chain_shared(&one, &three), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_that_is_inlined_once_has_one_place),
		cmocka_unit_test(one_that_is_inlined_twice_has_several),
		cmocka_unit_test(two_that_touch_are_two),
		cmocka_unit_test(one_that_was_not_compiled_has_none),
		cmocka_unit_test(who_is_inlined_is_known),
		cmocka_unit_test(code_is_what_stands_there),
		cmocka_unit_test(a_list_of_symbols_will_do),
		cmocka_unit_test(a_file_without_functions_is_refused),
		cmocka_unit_test(
			a_name_with_a_suffix_of_the_compilers_is_that_function),
		cmocka_unit_test(a_call_from_another_line_is_another_call),
	};

	return cmocka_run_group_tests(tests, compile, clean);
}
