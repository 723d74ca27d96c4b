/* SPDX-License-Identifier: MIT */
/*
 * code.h: where a step of a run stands in the code of a kernel that was compiled by
 * somebody else: what was inlined where, and at which places a line is.
 */
#ifndef FUZZ_CODE_H
#define FUZZ_CODE_H

#include "chain.h"
#include "lines.h"
#include "symbols.h"

#define CODE_SIZE_MAX (64 * 1024) /* bytes of a function that are looked at */
#define CODE_PLACES 16 /* of a line; more are only counted */

struct code_places {
	const struct symbol
		*symbol; /* the function that they are in; NULL: no such */
	unsigned int nr; /* places; 0: the line is nowhere in it */
	uint64_t at[CODE_PLACES];
};

/*
 * Of the last call of @chain, which is at @line: in the innermost call of it that has a
 * symbol, where the calls from there on are inlined.
 */
void code_find(struct code_places *places, const struct symbols *symbols,
	       struct lines *lines, const struct chain *chain,
	       unsigned int line);
/* Is @function inlined anywhere in @symbol? */
bool code_inlines(struct lines *lines, const struct symbol *symbol,
		  const char *function);

#endif
