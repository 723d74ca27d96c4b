/* SPDX-License-Identifier: MIT */
/* artifact.c: see artifact.h. */
#include "artifact.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "engine.h"
#include "file.h"
#include "hash.h"
#include "input.h"

#define DEPTH_MAX 32 /* folders in folders */

/* -------------------------------------------------------------------- paths */

static void paths_push(struct paths *paths, const char *path)
{
	if (paths->nr == paths->room) {
		paths->room = paths->room ? 2 * paths->room : 64;
		paths->path = realloc(paths->path,
				      paths->room * sizeof(*paths->path));
		ensure(paths->path);
	}
	paths->path[paths->nr] = strdup(path);
	ensure(paths->path[paths->nr]);
	paths->nr++;
}

static bool is_same(const struct stat *a, const char *path)
{
	struct stat b;

	return path && !stat(path, &b) && a->st_dev == b.st_dev &&
	       a->st_ino == b.st_ino;
}

static bool add_entries(struct paths *paths, const char *folder,
			const char *except, unsigned int depth);

/* Links to files are followed, links to folders are not: no circles. */
static bool add_path(struct paths *paths, const char *path, const char *except,
		     unsigned int depth)
{
	struct stat info, link;

	if (stat(path, &info) || lstat(path, &link))
		return !depth ? false : errno == ENOENT;
	if (S_ISREG(info.st_mode))
		paths_push(paths, path);
	else if (S_ISDIR(info.st_mode) && depth < DEPTH_MAX &&
		 (!depth || !S_ISLNK(link.st_mode)) && !is_same(&info, except))
		return add_entries(paths, path, except, depth + 1);
	else if (!depth && !S_ISDIR(info.st_mode)) {
		errno = ENOTDIR; /* a pipe, a device: read once and gone */
		return false;
	}
	return true;
}

static bool add_entries(struct paths *paths, const char *folder,
			const char *except, unsigned int depth)
{
	char path[PATH_MAX];
	struct dirent *entry;
	DIR *dir = opendir(folder);
	bool good = dir != NULL;

	while (good && (entry = readdir(dir))) {
		if (*entry->d_name == '.')
			continue;
		if (snprintf(path, sizeof(path), "%s/%s", folder,
			     entry->d_name) >= (int)sizeof(path)) {
			errno = ENAMETOOLONG;
			good = false;
			break;
		}
		good = add_path(paths, path, except, depth);
	}
	if (dir)
		closedir(dir);
	return good;
}

bool paths_add(struct paths *paths, const char *folder, const char *except)
{
	char path[PATH_MAX];
	size_t length = strlen(folder);

	while (length > 1 && folder[length - 1] == '/')
		length--;
	snprintf(path, sizeof(path), "%.*s", (int)length, folder);
	return add_path(paths, path, except, 0);
}

static int compare_paths(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void paths_sort(struct paths *paths)
{
	size_t i, nr = 0;

	if (!paths->nr)
		return;
	qsort(paths->path, paths->nr, sizeof(*paths->path), compare_paths);
	for (i = 1; i < paths->nr; i++)
		if (strcmp(paths->path[i], paths->path[nr]))
			paths->path[++nr] = paths->path[i];
		else
			free(paths->path[i]);
	paths->nr = nr + 1;
}

void paths_free(struct paths *paths)
{
	size_t i;

	for (i = 0; i < paths->nr; i++)
		free(paths->path[i]);
	free(paths->path);
	*paths = (struct paths){ NULL, 0, 0 };
}

/* ----------------------------------------------------------------- contents */

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

const char artifact_ours[] = "a journal, log, state or trace of ours";

static bool begins(const char *data, size_t size, const char *head)
{
	return size >= strlen(head) && !memcmp(data, head, strlen(head));
}

/* What tools of pagerace leave beside programs. */
static bool is_ours(const char *path, const char *data, size_t size)
{
	static const char *const heads[] = { "pagerace triage ",
					     "pagerace campaign ",
					     "pagerace explore state " };
	const char *name = base_name(path), *dot = strrchr(name, '.');
	size_t i;

	for (i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		if (begins(data, size, heads[i]))
			return true;
	if (!size)
		return !strcmp(name, "lock");
	return text_is_printable(data, size) &&
	       (!strcmp(name, "totals") ||
		(dot && (!strcmp(dot, ".trace") || !strcmp(dot, ".txt"))));
}

static bool is_here(const struct text_head *head)
{
	return targets_find(head->target, head->revert);
}

/* Letters: a program; or a log, a note, a list. */
static const char *load_text(struct artifact *artifact, const char *path,
			     const char *data, size_t size)
{
	static char why[256];

	if (!text_sniff(data, size) && !input_is_named_text(path))
		return size ? "text, but no program" : "empty";
	if (!text_parse(data, size, &artifact->head, &artifact->program, why,
			sizeof(why)))
		return why;
	return is_here(&artifact->head) ?
		       NULL :
		       "names a target or revert that is not here";
}

const char *artifact_load(struct artifact *artifact, const char *path)
{
	size_t size;
	char *data = file_read(path, &size);
	const char *trouble = NULL;

	if (!data)
		return errno == EFBIG ? "larger than 1 MiB" : strerror(errno);
	memset(artifact, 0, sizeof(*artifact));
	artifact->hash = hash_contents(data, size);
	artifact->text = input_is_text(path, data, size);
	if (is_ours(path, data, size))
		trouble = artifact_ours;
	else if (artifact->text)
		trouble = load_text(artifact, path, data, size);
	else
		program_decode((const uint8_t *)data, size, &artifact->program);
	free(data);
	return trouble;
}

/* ------------------------------------------------------------------ variants */

/* Does the folder's name, @length letters, say @variant? '_' passes for '-'. */
static bool names(const char *folder, size_t length,
		  const struct variant *variant)
{
	const char *target = variant->target->name, *revert = variant->revert;
	bool plain = !strcmp(revert, "none");
	char word[2 * TEXT_WORD_MAX], all[2 * TEXT_WORD_MAX];
	size_t i;

	if (length >= sizeof(word))
		return false;
	for (i = 0; i < length; i++)
		word[i] = folder[i] == '_' ? '-' : folder[i];
	word[length] = '\0';
	snprintf(all, sizeof(all), "%s-%s", target, revert);
	return !strcmp(word, all) || (plain && !strcmp(word, target)) ||
	       (!plain && (!strcmp(word, revert) ||
			   (*variant->alias && !strcmp(word, variant->alias))));
}

static const struct variant *variant_of_folder(const char *folder,
					       size_t length)
{
	const struct variant *variant;

	for (variant = variants; variant->target; variant++)
		if (names(folder, length, variant))
			return variant;
	return NULL;
}

/*
 * The end of the folders that may say it. AFL++ has "id:..." in a folder of its own
 * that is called "queue", which is a target as well.
 */
static const char *end_of_folders(const char *path)
{
	const char *end = strrchr(path, '/');

	if (!end || strncmp(end, "/id:", 4) != 0)
		return end;
	while (end > path && end[-1] != '/')
		end--;
	return end > path ? end - 1 : NULL;
}

const struct variant *artifact_variant(const struct artifact *artifact,
				       const char *path)
{
	const struct text_head *head = &artifact->head;
	const char *end = end_of_folders(path), *start;
	const struct variant *variant = NULL;

	if (*head->target || *head->revert)
		return targets_find(head->target, head->revert);
	for (; end && !variant; end = start > path ? start - 1 : NULL) {
		for (start = end; start > path && start[-1] != '/'; start--)
			;
		variant = variant_of_folder(start, (size_t)(end - start));
	}
	return variant;
}
