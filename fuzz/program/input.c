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

bool input_load(struct input *input, const char *path)
{
	char error[256];
	size_t size;
	char *data = file_read(path, &size);
	bool loaded = true;

	if (!data) {
		complain(path, "%s",
			 errno == EFBIG ? "larger than 1 MiB" :
					  strerror(errno));
		return false;
	}
	*input = (struct input){ .path = path };
	input->text = text_sniff(data, size);
	if (input->text) {
		loaded = text_parse(data, size, &input->head, &input->program,
				    error, sizeof(error));
		/* "line N: message" becomes "path:N: message" */
		if (!loaded)
			fprintf(stderr, "%s:%s\n", path,
				strncmp(error, "line ", 5) ? error : error + 5);
		else if (*input->head.build &&
			 strcmp(input->head.build, BUILD_PLAIN))
			complain(path, "recorded with %s, played with %s",
				 input->head.build, BUILD_PLAIN);
	} else {
		program_decode((const uint8_t *)data, size, &input->program);
	}
	free(data);
	return loaded;
}
