/* SPDX-License-Identifier: MIT */
/* command.c: see command.h. */
#include "command.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "build.h"
#include "file.h"

void complain(const char *path, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "%s: ", path ? path : "pagerace");
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

/* -------------------------------------------------------------------- files */

bool input_load(struct input *input, const char *path)
{
	char error[256];
	size_t size;
	char *data = file_read(path, &size);
	bool loaded = true;

	if (!data) {
		complain(path, "%s", errno == EFBIG ? "larger than 1 MiB" :
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
				strncmp(error, "line ", 5) ? error :
							     error + 5);
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

/* A device, a pipe, a link: to be written to, not replaced. */
static bool is_special(const char *path)
{
	struct stat status;

	return !lstat(path, &status) && !S_ISREG(status.st_mode);
}

static bool write_through(FILE *file, const void *data, size_t size)
{
	return file && fwrite(data, 1, size, file) == size && !fflush(file);
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
		if (file && fclose(file))
			written = false;
	} else {
		written = file_replace(path, data, size);
	}
	if (!written)
		complain(named ? path : "standard output", "%s",
			 strerror(errno));
	return written;
}

static bool has_site(const struct target *target, uint32_t hash)
{
	const struct site *site;

	for (site = target->sites; site < target->sites_end; site++)
		if (site->name_hash == hash || site->function_hash == hash)
			return true;
	return false;
}

/* A site that no variant of the target has is a slip of the pen. */
static bool sites_exist(const struct input *input, const char *target)
{
	const struct variant *variant;
	unsigned int i;

	if (*input->head.build) /* its sites are known when they are visited */
		return true;
	for (i = 0; i < input->program.nr_switches; i++) {
		uint32_t site = input->program.switches[i].site;
		bool found = !site;

		for (variant = variants; variant->target; variant++)
			if (!strcmp(variant->target->name, target))
				found |= has_site(variant->target, site);
		if (found)
			continue;
		complain(input->path,
			 "switch %u names no site of %s; try: pagerace list "
			 "sites", i + 1, target);
		return false;
	}
	return true;
}

const struct variant *input_variant(const struct input *input,
				    const struct options *options)
{
	const char *target = options->target, *revert = options->revert;
	const struct variant *variant;

	if (input && !target)
		target = input->head.target;
	if (input && !revert)
		revert = input->head.revert;
	if (!targets_find(target, NULL)) {
		complain(input ? input->path : NULL,
			 "no target %s; try: pagerace list targets", target);
		return NULL;
	}
	variant = targets_find(target, revert);
	targets_init();
	if (!variant)
		complain(input ? input->path : NULL,
			 "no revert %s of %s; try: pagerace list reverts",
			 revert, target && *target ? target :
						   variants[0].target->name);
	else if (input && !sites_exist(input, variant->target->name))
		return NULL;
	return variant;
}

struct stage *stage_open(void)
{
	static struct stage stage; /* too large for a stack */

	engine_init(&stage.engine);
	return &stage;
}

/* A signal handler has nothing else to write to. */
static volatile sig_atomic_t stop;

static void on_signal(int signal)
{
	(void)signal;
	stop = 1;
}

/* No SA_RESTART: what waits for a worker is to wake up. */
const volatile sig_atomic_t *command_stop(void)
{
	const struct sigaction action = { .sa_handler = on_signal };

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	return &stop;
}
