/* SPDX-License-Identifier: MIT */
/* report_notes.c: see report_notes.h. */
#include "report_notes.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "complain.h"
#include "file.h"
#include "trace.h"

/* Columns of UTF-8: bytes that go on with a letter are none. */
static size_t columns(const char *line, size_t length)
{
	size_t i, nr = 0;

	for (i = 0; i < length; i++)
		nr += ((unsigned char)line[i] & 0xc0) != 0x80;
	return nr;
}

static bool lines_fit(const char *path, const char *at)
{
	unsigned int line = 1;
	size_t length;

	for (; *at; at += length + 1, line++) {
		length = strcspn(at, "\n");
		if (columns(at, length) > TRACE_WIDTH) {
			complain(path, "line %u is longer than %d columns",
				 line, TRACE_WIDTH);
			return false;
		}
	}
	return true;
}

/* Take the title off. Returns: what is behind it; NULL if it is too long. */
static const char *take_title(struct report_notes *notes, const char *path)
{
	const char *text = notes->data;
	size_t length = strcspn(text, "\n");

	*notes->title = '\0';
	if (strncmp(text, "# ", 2))
		return text;
	if (length - 2 >= sizeof(notes->title)) {
		complain(path, "its title is longer than %d bytes",
			 REPORT_TITLE_MAX - 1);
		return NULL;
	}
	memcpy(notes->title, text + 2, length - 2);
	notes->title[length - 2] = '\0';
	return text + length;
}

bool report_notes_read(struct report_notes *notes, const char *path)
{
	size_t size;

	notes->data = file_read(path, &size);
	if (!notes->data) {
		complain(path, "%s", strerror(errno));
		return false;
	}
	if (!size || strlen(notes->data) != size ||
	    notes->data[size - 1] != '\n') {
		complain(path, "notes are lines of text");
		return false;
	}
	if (!lines_fit(path, notes->data))
		return false;
	notes->body = take_title(notes, path);
	if (!notes->body)
		return false;
	notes->body += strspn(notes->body, "\n");
	return true;
}
