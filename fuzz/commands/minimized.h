/* SPDX-License-Identifier: MIT */
/*
 * minimized.h: what minimizing came to, as text and in words.
 */
#ifndef FUZZ_MINIMIZED_H
#define FUZZ_MINIMIZED_H

#include <stdio.h>

#include "deciding.h"
#include "minimize.h"
#include "targets.h"

/*
 * Write its program, of @variant, as text with @head to @path (NULL: standard
 * output); revert and expect are filled in. Returns: false, having said why.
 */
bool minimized_write(const struct minimize *minimize,
		     const struct variant *variant, struct text_head *head,
		     const char *path);
/* What was checked, and how small it is; @took: seconds. */
void minimized_say(const struct minimize *minimize, double took, FILE *out);
/* Which orders decide it, a line each, and what was tried. */
void minimized_say_deciding(const struct deciding *deciding, FILE *out);

#endif
