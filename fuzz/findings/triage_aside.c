/* SPDX-License-Identifier: MIT */
/*
 * triage_aside.c: what a triage of another build left in the folder, put aside.
 *
 *     OUT/journal, OUT/VARIANT/ID-N.prog  -->  OUT/before-1/...
 *
 * What goes is what its journal names; files of others stay. The journal goes
 * last: killed before that, the next triage goes on with it.
 */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "triage.h"

/* Move OUT/@file to the folder of before. Gone already is as good. */
static bool move(const struct triage *triage, const char *file)
{
	char from[PATH_MAX], to[PATH_MAX], *slash;

	if (snprintf(from, PATH_MAX, "%s/%s", triage->out, file) >= PATH_MAX ||
	    snprintf(to, PATH_MAX, "%s/%s", triage->aside, file) >= PATH_MAX) {
		errno = ENAMETOOLONG;
		return false;
	}
	if (access(from, F_OK))
		return true;
	if (!file_make_way(to) || rename(from, to))
		return false;
	slash = strrchr(from, '/');
	*slash = '\0';
	rmdir(from); /* if it is empty */
	return true;
}

/* The first folder of before that has no journal. */
static void name_aside(struct triage *triage)
{
	char journal[PATH_MAX];
	unsigned int nr = 1;

	do {
		snprintf(triage->aside, sizeof(triage->aside), "%s/before-%u",
			 triage->out, nr++);
		snprintf(journal, sizeof(journal), "%s/journal", triage->aside);
	} while (!access(journal, F_OK));
}

bool triage_put_aside(struct triage *triage)
{
	const struct journal *journal = &triage->journal;
	size_t i;

	name_aside(triage);
	for (i = 0; i < journal->nr; i++)
		if (*journal->notes[i].file &&
		    !move(triage, journal->notes[i].file))
			break;
	if (i == journal->nr && move(triage, "journal"))
		return true;
	snprintf(triage->trouble, sizeof(triage->trouble), "%.400s: %s",
		 triage->aside, strerror(errno));
	return false;
}
