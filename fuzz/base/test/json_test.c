/* SPDX-License-Identifier: MIT */
/* json_test.c: what is written is JSON, whatever the strings. */
#include "json.h"
#include "json_tree.h"

static struct json_tree tree;
static char paper[65536];

static void start(struct json *json)
{
	FILE *out = fmemopen(paper, sizeof(paper), "w");

	assert_non_null(out);
	*json = (struct json){ .out = out };
}

static const struct json_node *parsed(struct json *json)
{
	const struct json_node *root;

	fclose(json->out);
	root = json_parse(&tree, paper);
	if (!root)
		fail_msg("not JSON: %s", paper);
	return root;
}

static void expect_written(const char *value, const char *written)
{
	struct json json;

	start(&json);
	json_string(&json, NULL, value);
	parsed(&json);
	assert_string_equal(paper, written);
}

static void commas_stand_between_values(void **state)
{
	struct json json;

	(void)state;
	start(&json);
	json_open(&json, NULL, '{');
	json_number(&json, "a", -1);
	json_line(&json);
	json_open(&json, "b", '[');
	json_line(&json);
	json_bool(&json, NULL, true);
	json_string(&json, NULL, NULL);
	json_open(&json, NULL, '{');
	json_close(&json, '}');
	json_close(&json, ']');
	json_string(&json, "c", "");
	json_close(&json, '}');
	parsed(&json);
	assert_string_equal(paper, "{\"a\":-1,\n\"b\":[\ntrue,null,{}],"
				   "\"c\":\"\"}");
}

static void quotes_and_controls_are_escaped(void **state)
{
	(void)state;
	expect_written("a\"b\\c\nd\te\x7f",
		      "\"a\\\"b\\\\c\\nd\\u0009e\\u007f\"");
}

static void no_script_element_can_end_inside_a_string(void **state)
{
	(void)state;
	expect_written("</script><!--", "\"\\u003c/script>\\u003c!--\"");
}

static void utf8_passes_and_other_bytes_are_replaced(void **state)
{
	(void)state;
	expect_written("\xc3\xbc \xe2\x86\x92 \xf0\x9f\x90\xa7",
		      "\"\xc3\xbc \xe2\x86\x92 \xf0\x9f\x90\xa7\"");
	expect_written("a\xffz", "\"a\\ufffdz\"");
	expect_written("\xc3", "\"\\ufffd\"");
	expect_written("\xc0\xaf", "\"\\ufffd\\ufffd\"");
	expect_written("\xed\xa0\x80", "\"\\ufffd\\ufffd\\ufffd\"");
	expect_written("\xf4\x90\x80\x80",
		      "\"\\ufffd\\ufffd\\ufffd\\ufffd\"");
}

static void every_byte_gives_json(void **state)
{
	char value[4] = { 0 };
	int a, b;

	(void)state;
	for (a = 1; a < 256; a++)
		for (b = 1; b < 256; b++) {
			struct json json;

			value[0] = (char)a;
			value[1] = (char)b;
			start(&json);
			json_string(&json, NULL, value);
			parsed(&json);
			assert_null(strchr(paper, '<'));
		}
}

/* The judge of the other tests is judged here. */
static void what_is_not_json_is_not_taken_for_it(void **state)
{
	static const char *const wrong[] = {
		"", "{", "[1,]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "[01]",
		"\"\n\"", "\"\\x\"", "\"\\u12g4\"", "1 2", "{\"a\":1,\"a\":2}",
		"tru", "\"a", "[1", "{\"a\":1", "[1 2]", "-", "'a'", "[\"a\",\n]",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		if (json_parse(&tree, wrong[i]))
			fail_msg("taken for JSON: %s", wrong[i]);
	assert_non_null(json_parse(&tree, " {\"a\": [1, -2, \"x\"]} "));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commas_stand_between_values),
		cmocka_unit_test(quotes_and_controls_are_escaped),
		cmocka_unit_test(no_script_element_can_end_inside_a_string),
		cmocka_unit_test(utf8_passes_and_other_bytes_are_replaced),
		cmocka_unit_test(every_byte_gives_json),
		cmocka_unit_test(what_is_not_json_is_not_taken_for_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
