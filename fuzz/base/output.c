/* SPDX-License-Identifier: MIT */
/* output.c: see output.h. */
#include "output.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "complain.h"
#include "file.h"

/* A device, a pipe, a link: to be written to, not replaced. */
static bool is_special(const char *path)
{
	struct stat status;

	return !lstat(path, &status) && !S_ISREG(status.st_mode);
}

/* A reader that has left has what he wanted. */
static bool write_through(FILE *file, const void *data, size_t size)
{
	if (!file)
		return false;
	errno = 0;
	return (fwrite(data, 1, size, file) == size && !fflush(file)) ||
	       errno == EPIPE;
}

bool output_write(const char *path, const void *data, size_t size)
{
	bool named = path && strcmp(path, "-"), written;
	FILE *file = NULL;

	if (!named) {
		written = write_through(stdout, data, size);
	} else if (is_special(path)) {
		file = fopen(path, "wb");
		written = write_through(file, data, size);
		if (file && fclose(file) && errno != EPIPE)
			written = false;
	} else {
		written = file_replace(path, data, size);
	}
	if (!written)
		complain(named ? path : "standard output", "%s",
			 strerror(errno));
	return written;
}
