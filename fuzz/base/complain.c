/* SPDX-License-Identifier: MIT */
/* complain.c: see complain.h. */
#include "complain.h"

#include <stdarg.h>
#include <stdio.h>

#include "called.h"

void complain(const char *path, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "%s: ", path ? path : called_name());
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}
