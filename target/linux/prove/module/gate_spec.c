// SPDX-License-Identifier: GPL-2.0
/*
 * gate_spec.c: gates as they are said in words.
 */
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/string.h>

#include "gate.h"

#define refuse(...) (pr_err("gate: refused: " __VA_ARGS__), -EINVAL)

static const char *const gate_kinds[] = { "arg", "pfn", "index", "ino", "map" };

/* LOW-HIGH, or one number. */
static int gate_range(struct gate_test *test, char *value)
{
	char *high = strchr(value, '-');

	if (high)
		*high++ = '\0';
	if (kstrtoul(value, 0, &test->low) ||
	    kstrtoul(high ?: value, 0, &test->high))
		return -EINVAL;
	return 0;
}

static int gate_add_test(struct gate *gate, const char *key, char *value)
{
	struct gate_test *test = &gate->tests[gate->test_count];
	int kind;

	for (kind = 0; kind < ARRAY_SIZE(gate_kinds); kind++) {
		size_t length = strlen(gate_kinds[kind]);

		if (strncmp(key, gate_kinds[kind], length) != 0 ||
		    !key[length] || key[length + 1])
			continue;
		if (key[length] < '0' || key[length] > '5')
			return refuse("%s: %s: arguments are 0 to 5\n",
				      gate->name, key);
		if (gate->test_count == gate_test_max)
			return refuse("%s: more than %d tests\n", gate->name,
				      gate_test_max);
		test->kind = kind;
		test->argument = key[length] - '0';
		if (gate_range(test, value))
			return refuse("%s: %s=%s is no range\n", gate->name,
				      key, value);
		gate->test_count++;
		return 0;
	}
	return refuse("%s: no word %s\n", gate->name, key);
}

static int gate_place(struct gate *gate, char *value)
{
	char *offset = strchr(value, '+');
	unsigned int bytes = 0;

	if (offset) {
		*offset++ = '\0';
		if (kstrtouint(offset, 0, &bytes))
			return refuse("%s: %s is no offset\n", gate->name,
				      offset);
	}
	if (strscpy(gate->symbol, value, sizeof(gate->symbol)) < 0)
		return refuse("%s: %s is too long\n", gate->name, value);
	gate->probe.symbol_name = gate->symbol;
	gate->probe.offset = bytes;
	return 0;
}

static int gate_code(struct gate *gate, const char *value)
{
	for (; value[0] && gate->byte_count < gate_bytes_max; value += 2) {
		const char one[] = { value[0], value[1], '\0' };

		if (!value[1] ||
		    kstrtou8(one, 16, &gate->bytes[gate->byte_count]))
			return refuse("%s: bytes: '%s' is no byte\n",
				      gate->name, one);
		gate->byte_count++;
	}
	return value[0] ? refuse("%s: more than %d bytes\n", gate->name,
				 gate_bytes_max) :
			  0;
}

static int gate_number(struct gate *gate, const char *key, const char *value,
		       unsigned int *to)
{
	if (kstrtouint(value, 0, to))
		return refuse("%s: %s=%s is no number\n", gate->name, key,
			      value);
	return 0;
}

static int gate_word(struct gate *gate, const char *key, char *value)
{
	if (!strcmp(key, "at"))
		return gate_place(gate, value);
	if (!strcmp(key, "bytes"))
		return gate_code(gate, value);
	if (!strcmp(key, "cpu"))
		return gate_number(gate, key, value,
				   (unsigned int *)&gate->cpu);
	if (!strcmp(key, "ms"))
		return gate_number(gate, key, value, &gate->ms);
	if (!strcmp(key, "linger"))
		return gate_number(gate, key, value, &gate->linger);
	if (!strcmp(key, "times"))
		return gate_number(gate, key, value, &gate->times);
	if (!strcmp(key, "nth"))
		return gate_number(gate, key, value, &gate->nth);
	if (!strcmp(key, "busy"))
		return gate_number(gate, key, value, &gate->busy);
	if (!strcmp(key, "comm"))
		return strscpy(gate->comm, value, sizeof(gate->comm)) < 0 ?
			       -EINVAL :
			       0;
	if (!strcmp(key, "waits"))
		return strscpy(gate->partner, value, sizeof(gate->partner)) <
				       0 ?
			       -EINVAL :
			       0;
	return gate_add_test(gate, key, value);
}

static int gate_said(struct gate *gate, char *text)
{
	char *word, *value;
	int error;

	gate->cpu = gate->waits = -1;
	gate->ms = 1000;
	gate->times = 1;
	text = strim(text);
	word = strsep(&text, " ");
	if (strscpy(gate->name, word, sizeof(gate->name)) <= 0)
		return refuse("a name of 1 to 15 letters, not '%s'\n", word);
	while ((word = strsep(&text, " ")) != NULL) {
		if (!*word)
			continue;
		value = strchr(word, '=');
		if (!value)
			return refuse("%s: '%s' is no word=value\n", gate->name,
				      word);
		*value++ = '\0';
		error = gate_word(gate, word, value);
		if (error)
			return error;
	}
	return 0;
}

/* What cannot work, by name. */
static int gate_check(struct gate *gates, int count, struct gate *gate)
{
	struct gate *other;
	int i;

	if (!gate->symbol[0])
		return refuse("%s: no place (at=)\n", gate->name);
	if (gate->probe.offset && gate->test_count)
		return refuse(
			"%s: inside a function nobody knows its arguments\n",
			gate->name);
	if (gate->probe.offset && !gate->byte_count)
		return refuse("%s: an offset is of one build: say its bytes=\n",
			      gate->name);
	if (!gate->partner[0])
		return 0;
	for (i = 0; i < count; i++)
		if (!strcmp(gates[i].name, gate->partner))
			gate->waits = i;
	if (gate->waits < 0)
		return refuse("%s: waits for %s, which is no gate\n",
			      gate->name, gate->partner);
	other = &gates[gate->waits];
	if (other == gate)
		return refuse("%s: waits for itself\n", gate->name);
	if (gate->ms > gate_ms_max || gate->linger > gate_ms_max)
		return refuse("%s: more than %d ms of a busy CPU\n", gate->name,
			      gate_ms_max);
	if (gate->probe.offset)
		gate->busy = 1;
	if (gate->busy &&
	    (gate->cpu < 0 || other->cpu < 0 || gate->cpu == other->cpu))
		return refuse(
			"%s, %s: who waits holds its CPU: give both a cpu of their own\n",
			gate->name, other->name);
	return 0;
}

int gate_parse(struct gate *gates, char *text)
{
	char *one;
	int count = 0, i, error;

	while ((one = strsep(&text, ";")) != NULL) {
		if (!*strim(one))
			continue;
		if (count == gate_count_max)
			return refuse("more than %d gates\n", gate_count_max);
		error = gate_said(&gates[count++], one);
		if (error)
			return error;
	}
	if (!count)
		return refuse("no gate is said\n");
	for (i = 0; i < count; i++) {
		error = gate_check(gates, count, &gates[i]);
		if (error)
			return error;
	}
	return count;
}
