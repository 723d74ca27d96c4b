/* SPDX-License-Identifier: MIT */
/* lines.c: see lines.h. */
#include "lines.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "complain.h"
#include "ensure.h"

#define ANSWER_MAX (64 * 1024) /* bytes of one answer */

struct lines {
	pid_t child;
	FILE *ask, *answer;
	char words[ANSWER_MAX];
};

/* In the child: become the reader, of whatever version there is. */
__attribute__((noreturn)) static void become_reader(const char *path, int from,
						    int to)
{
	char object[4096 + 8], name[32];
	int version;

	snprintf(object, sizeof(object), "--obj=%s", path);
	if (dup2(from, STDIN_FILENO) < 0 || dup2(to, STDOUT_FILENO) < 0)
		_exit(126);
	execlp("llvm-symbolizer", "llvm-symbolizer", object, "--inlines",
	       "--functions=linkage", "--output-style=LLVM", (char *)NULL);
	for (version = 25; version > 12; version--) {
		snprintf(name, sizeof(name), "llvm-symbolizer-%d", version);
		execlp(name, name, object, "--inlines", "--functions=linkage",
		       "--output-style=LLVM", (char *)NULL);
	}
	_exit(127);
}

struct lines *lines_open(const char *path)
{
	struct lines *lines = calloc(1, sizeof(*lines));
	struct frame frames[FRAMES_MAX];
	int there[2], back[2];

	ensure(lines && !pipe(there) && !pipe(back));
	fflush(NULL);
	lines->child = fork();
	ensure(lines->child >= 0);
	if (!lines->child) {
		close(there[1]);
		close(back[0]);
		become_reader(path, there[0], back[1]);
	}
	close(there[0]);
	close(back[1]);
	lines->ask = fdopen(there[1], "w");
	lines->answer = fdopen(back[0], "r");
	ensure(lines->ask && lines->answer);
	if (lines_at(lines, 0, frames))
		return lines;
	complain(
		NULL,
		"llvm-symbolizer, which reads debug information, cannot be run");
	lines_close(lines);
	return NULL;
}

void lines_close(struct lines *lines)
{
	if (!lines)
		return;
	fclose(lines->ask);
	fclose(lines->answer);
	/* A worker that was forked meanwhile holds the other end of its input. */
	kill(lines->child, SIGKILL);
	waitpid(lines->child, NULL, 0);
	free(lines);
}

/* "FILE:LINE:COLUMN", whose end is cut off. */
static unsigned int line_of(char *place, unsigned int *at)
{
	char *column = strrchr(place, ':'), *line;

	*at = 0;
	if (!column)
		return 0;
	*column = '\0';
	*at = (unsigned int)strtoul(column + 1, NULL, 10);
	line = strrchr(place, ':');
	if (!line)
		return 0;
	*line = '\0';
	return (unsigned int)strtoul(line + 1, NULL, 10);
}

/* The next line of the answer, behind @used bytes of others; NULL: that was all. */
static char *next_line(struct lines *lines, size_t *used)
{
	char *word = lines->words + *used;
	size_t length;

	if (*used + 2 > ANSWER_MAX ||
	    !fgets(word, (int)(ANSWER_MAX - *used), lines->answer))
		return NULL;
	length = strcspn(word, "\n");
	word[length] = '\0';
	*used += length + 1;
	return length ? word : NULL;
}

/* Who is not there to read it does not end us. */
static bool ask(struct lines *lines, uint64_t address)
{
	void (*before)(int) = signal(SIGPIPE, SIG_IGN);
	bool asked = fprintf(lines->ask, "0x%llx\n",
			     (unsigned long long)address) > 0 &&
		     !fflush(lines->ask);

	signal(SIGPIPE, before);
	return asked;
}

unsigned int lines_at(struct lines *lines, uint64_t address,
		      struct frame frames[FRAMES_MAX])
{
	unsigned int nr = 0;
	char *function, *place;
	size_t used = 0;

	if (!ask(lines, address))
		return 0;
	while ((function = next_line(lines, &used))) {
		place = next_line(lines, &used);
		if (!place)
			break;
		if (nr == FRAMES_MAX)
			continue;
		frames[nr].function = function;
		frames[nr].line = line_of(place, &frames[nr].column);
		frames[nr++].file = place;
	}
	return nr;
}
