/* SPDX-License-Identifier: MIT */
/* called.c: see called.h. libc keeps the name; a caller may have given none. */
#include "called.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

const char *called_as(void)
{
	const char *name = program_invocation_name;

	return name && *name ? name : "pagerace";
}

const char *called_name(void)
{
	const char *slash = strrchr(called_as(), '/');

	return slash ? slash + 1 : called_as();
}

const char *called_beside(const char *name, char path[PATH_MAX])
{
	snprintf(path, PATH_MAX, "%.*s%s", (int)(called_name() - called_as()),
		 called_as(), name);
	return path;
}
