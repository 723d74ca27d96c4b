/* SPDX-License-Identifier: MIT */
/* gates_show.c: see gates_show.h. */
#include "gates_show.h"

#include <string.h>

#include "complain.h"
#include "gates.h"
#include "lines.h"

enum {
	GATES_ALL,
	GATES_SOME,
	GATES_TROUBLE
};

static struct chains *watching; /* the run that is about to be shown */

void gates_watch(struct player *player)
{
	watching = chains_open();
	player->also = chains_observer(watching, &player->record);
}

/* What was asked of the kernel's file: into @symbols and @lines. */
static bool open_kernel(const char *path, struct symbols *symbols,
			struct lines **lines)
{
	*lines = NULL;
	if (!symbols_open(symbols, path))
		return false;
	if (!symbols->elf)
		return true; /* entries alone, by a list */
	if (!symbols->lines) {
		complain(path, "has no debug information: give its System.map, "
			       "for entries alone");
		return false;
	}
	*lines = lines_open(path);
	return *lines;
}

static int find_and_print(const struct show *show,
			  const struct symbols *symbols, struct lines *lines,
			  const char *file)
{
	struct gates gates;

	gates_find(&gates, &show->trace, watching, symbols, lines);
	if (gates.needed && !chains_known(watching)) {
		complain(file, "nobody knows who calls whom in it: no debug "
			       "information of this command can be read");
		return GATES_TROUBLE;
	}
	if (symbols && gates.needed && !gates.known) {
		complain(symbols->path, "of another kernel: it has none of the "
					"functions that the story comes to");
		return GATES_TROUBLE;
	}
	gates_print(&gates, file, stdout);
	return gates.nr_cannot ? GATES_SOME : GATES_ALL;
}

int gates_show(struct player *player, const struct show *show, const char *file,
	       const char *vmlinux)
{
	const struct target *target = show->trace.engine->target;
	struct symbols symbols = { 0 };
	struct lines *lines = NULL;
	int result = GATES_TROUBLE;

	player->also = NULL;
	if (strcmp(target->name, "linux"))
		complain(file,
			 "gates are for the target linux, not for %s: "
			 "there is no kernel to boot",
			 target->name);
	else if (!show->trace.engine->verdict.finding.checker)
		complain(file, "clean: there is nothing to force");
	else if (!vmlinux || open_kernel(vmlinux, &symbols, &lines))
		result = find_and_print(show, vmlinux ? &symbols : NULL, lines,
					file);
	lines_close(lines);
	symbols_close(&symbols);
	chains_close(watching);
	watching = NULL;
	return result;
}
