/* SPDX-License-Identifier: MIT */
/* file.c: see file.h. */
#include "file.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *file_read(const char *path, size_t *size)
{
	FILE *file = strcmp(path, "-") ? fopen(path, "rb") : stdin;
	char *data = file ? malloc(FILE_SIZE_MAX + 2) : NULL;
	int trouble;

	if (!data) {
		if (file && file != stdin)
			fclose(file);
		return NULL;
	}
	errno = 0;
	*size = fread(data, 1, FILE_SIZE_MAX + 1, file);
	trouble = *size > FILE_SIZE_MAX ? EFBIG : errno;
	if (!ferror(file) && trouble != EFBIG)
		trouble = 0;
	if (file != stdin)
		fclose(file);
	data[*size] = '\0';
	if (!trouble)
		return data;
	free(data);
	errno = trouble;
	return NULL;
}

bool file_replace(const char *path, const void *data, size_t size)
{
	char new[PATH_MAX];
	bool written;
	FILE *file;

	if (snprintf(new, sizeof(new), "%s.new", path) >= (int)sizeof(new)) {
		errno = ENAMETOOLONG;
		return false;
	}
	file = fopen(new, "wb");
	if (!file)
		return false;
	written = fwrite(data, 1, size, file) == size;
	if (fclose(file) || !written || rename(new, path)) {
		int trouble = errno;

		unlink(new);
		errno = trouble;
		return false;
	}
	return true;
}

bool file_make_way(const char *path)
{
	char folder[PATH_MAX];
	char *at;

	if (snprintf(folder, sizeof(folder), "%s", path) >=
	    (int)sizeof(folder)) {
		errno = ENAMETOOLONG;
		return false;
	}
	for (at = strchr(folder + 1, '/'); at; at = strchr(at + 1, '/')) {
		*at = '\0';
		if (mkdir(folder, 0777) && errno != EEXIST)
			return false;
		*at = '/';
	}
	return true;
}
