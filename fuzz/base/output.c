/* SPDX-License-Identifier: MIT */
/* output.c: see output.h. */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

static bool is_named(const char *path)
{
	return path && strcmp(path, "-");
}

bool output_write(const char *path, const void *data, size_t size)
{
	bool named = is_named(path), written;
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

bool output_rescue(const char *path, const void *data, size_t size)
{
	if (output_write(path, data, size))
		return true;
	if (is_named(path))
		output_write(NULL, data, size);
	return false;
}

/* -------------------------------------------------------------- before the work */

/* Make a file beside @path, or in that folder, and take it away again. */
static bool can_make(const char *path, const char *ending)
{
	char new[PATH_MAX];
	int file;

	if (snprintf(new, sizeof(new), "%s%s", path, ending) >=
	    (int)sizeof(new)) {
		errno = ENAMETOOLONG;
		return false;
	}
	file = open(new, O_WRONLY | O_CREAT | O_EXCL, 0666);
	if (file < 0) /* one that is there already is to be replaced */
		return errno == EEXIST && !access(new, W_OK);
	close(file);
	unlink(new);
	return true;
}

static bool can_write_through(const char *path)
{
	struct stat status;

	if (stat(path, &status))
		return errno == ENOENT; /* a link to what is to be made */
	errno = EISDIR;
	return !S_ISDIR(status.st_mode) && !access(path, W_OK);
}

bool output_is_possible(const char *path)
{
	bool possible;

	if (!is_named(path))
		return true;
	if (!*path)
		complain(NULL, "an output without a name");
	if (!*path)
		return false;
	possible = is_special(path) ? can_write_through(path) :
				      can_make(path, ".new");
	if (!possible)
		complain(path, "%s", strerror(errno));
	return possible;
}

bool output_folder_is_possible(const char *folder)
{
	char path[PATH_MAX], *slash;
	struct stat status;
	bool possible;

	snprintf(path, sizeof(path), "%s", folder);
	while (stat(path, &status) && errno == ENOENT) {
		slash = strrchr(path, '/');
		if (slash && slash != path)
			*slash = '\0';
		else
			snprintf(path, sizeof(path), slash ? "/" : ".");
	}
	possible = can_make(path, "/.new");
	if (!possible)
		complain(folder, "%s", strerror(errno));
	return possible;
}

bool output_end(void)
{
	if (!fflush(stdout) || errno == EPIPE)
		return true;
	complain("standard output", "%s", strerror(errno));
	return false;
}
