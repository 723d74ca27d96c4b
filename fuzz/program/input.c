/* SPDX-License-Identifier: MIT */
/* input.c: see input.h. */
#include "input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "build.h"
#include "complain.h"
#include "file.h"
#include "finding_id.h"

/* -------------------------------------------------------------------- names */

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool ends_with(const char *name, const char *ending)
{
	const char *dot = strrchr(name, '.');

	return dot && !strcmp(dot, ending);
}

/* Named as engines name what is meant to be run. */
static bool is_named_bytes(const char *path)
{
	static const char *const begins[] = { "crash-",
					      "timeout-",
					      "oom-",
					      "leak-",
					      "slow-unit-",
					      "id:",
					      "clusterfuzz-testcase-" };
	const char *name = base_name(path);
	size_t i;

	for (i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
		if (!strncmp(name, begins[i], strlen(begins[i])))
			return true;
	return ends_with(name, ".bin") ||
	       (strlen(name) == 40 && strspn(name, "0123456789abcdef") == 40);
}

bool input_is_named_text(const char *path)
{
	return ends_with(base_name(path), ".prog");
}

bool input_is_text(const char *path, const char *data, size_t size)
{
	return text_sniff(data, size) || input_is_named_text(path) ||
	       (!is_named_bytes(path) && text_is_printable(data, size));
}

/* ------------------------------------------------------------------ loading */

const char *input_place(const struct input *input, unsigned int line,
			char place[INPUT_PLACE_MAX])
{
	if (line)
		snprintf(place, INPUT_PLACE_MAX, "%s:%u", input->path, line);
	else
		snprintf(place, INPUT_PLACE_MAX, "%s", input->path);
	return place;
}

/* What nothing can be called is expected in vain. */
static bool expects_sense(const struct input *input)
{
	char place[INPUT_PLACE_MAX], why[256];

	if (!*input->head.expect ||
	    finding_id_is_possible(input->head.expect, why, sizeof(why)))
		return true;
	complain(input_place(input, input->source.expect, place), "%s", why);
	return false;
}

static bool parse(struct input *input, const char *data, size_t size)
{
	char error[256];

	if (!text_parse_source(data, size, &input->head, &input->program,
			       &input->source, error, sizeof(error))) {
		/* "line N: message" becomes "path:N: message" */
		fprintf(stderr, "%s:%s\n", input->path,
			strncmp(error, "line ", 5) ? error : error + 5);
		return false;
	}
	if (*input->head.build && strcmp(input->head.build, BUILD_PLAIN))
		complain(input->path, "recorded with %s, played with %s",
			 input->head.build, BUILD_PLAIN);
	return expects_sense(input);
}

bool input_load(struct input *input, const char *path)
{
	bool loaded = true;
	size_t size;
	char *data = file_read(path, &size);

	if (!data) {
		complain(path, "%s",
			 errno == EFBIG ? "larger than 1 MiB" :
					  strerror(errno));
		return false;
	}
	*input = (struct input){ .path = path };
	input->text = input_is_text(path, data, size);
	if (input->text)
		loaded = parse(input, data, size);
	else
		program_decode((const uint8_t *)data, size, &input->program);
	free(data);
	return loaded;
}
