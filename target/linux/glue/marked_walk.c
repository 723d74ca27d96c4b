// SPDX-License-Identifier: GPL-2.0
/* marked_walk.c: walks over marked entries, and who adds large folios: not both. */
#include "marked_walk.h"

#ifndef TREE_MARKED_WALK_PASSES_SIBLINGS

static unsigned int walks, large_adds; /* on their way */

bool linux_marked_walk_begin(void)
{
	if (large_adds)
		return false;
	walks++;
	return true;
}

void linux_marked_walk_end(void)
{
	walks--;
}

bool linux_add_large_begin(void)
{
	if (walks)
		return false;
	large_adds++;
	return true;
}

void linux_add_large_end(void)
{
	large_adds--;
}

#endif
