/* SPDX-License-Identifier: MIT */
/* ensure.c: see ensure.h. */
#include "ensure.h"

#include <stdio.h>
#include <stdlib.h>

void ensure_fail(const char *condition, const char *file, int line)
{
	fprintf(stderr, "pagerace: %s:%d: broken assumption: %s\n", file, line,
		condition);
	abort();
}
