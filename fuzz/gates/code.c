/* SPDX-License-Identifier: MIT */
/* code.c: see code.h. */
#include "code.h"

#include <string.h>

/* The innermost of the first @nr calls that has a symbol; @nr: none has. */
static unsigned int symbol_of(const struct symbols *symbols,
			      const struct chain *chain, unsigned int nr,
			      const struct symbol **symbol)
{
	unsigned int i, same;

	for (i = nr; i--;) {
		*symbol = symbols_find(symbols, chain->call[i].function, &same);
		if (*symbol && same < 2)
			return i;
	}
	*symbol = NULL;
	return nr;
}

/* Are the frames, from the function of the site outwards, calls @from and on? */
static bool is_chain(const struct frame *frames, unsigned int nr,
		     const struct chain *chain, unsigned int from,
		     unsigned int line)
{
	unsigned int i = 0, call = chain->nr;

	while (i < nr &&
	       strcmp(frames[i].function, chain->call[call - 1].function))
		i++;
	if (i == nr || frames[i].line != line)
		return false;
	while (i < nr && call > from + 1 &&
	       !strcmp(frames[i].function, chain->call[call - 1].function)) {
		i++;
		call--;
	}
	return i + 1 == nr && call == from + 1;
}

/* From where @function is called here: another call of it from the same line is another place. */
static uint64_t called_from(const struct frame *frames, unsigned int nr,
			    const char *function)
{
	uint64_t from = 0;
	unsigned int i = 0;

	while (i < nr && strcmp(frames[i].function, function))
		i++;
	for (i++; i < nr; i++)
		from = (from * 31 + frames[i].line) * 31 + frames[i].column;
	return from;
}

static uint64_t end_of(const struct symbol *symbol)
{
	return symbol->address +
	       (symbol->size < CODE_SIZE_MAX ? symbol->size : CODE_SIZE_MAX);
}

void code_find(struct code_places *places, const struct symbols *symbols,
	       struct lines *lines, const struct chain *chain,
	       unsigned int line)
{
	struct frame frames[FRAMES_MAX];
	bool here, before = false;
	uint64_t at, caller, caller_before = 0;
	unsigned int from, nr;

	*places = (struct code_places){ 0 };
	from = symbol_of(symbols, chain, chain->nr, &places->symbol);
	if (!places->symbol)
		return;
	/* A line begins where an instruction does: nothing is disassembled. */
	for (at = places->symbol->address; at < end_of(places->symbol); at++) {
		nr = lines_at(lines, at, frames);
		here = is_chain(frames, nr, chain, from, line);
		caller = called_from(frames, nr,
				     chain->call[chain->nr - 1].function);
		if (here && !(before && caller == caller_before) &&
		    places->nr++ < CODE_PLACES)
			places->at[places->nr - 1] = at;
		before = here;
		caller_before = caller;
	}
}

bool code_inlines(struct lines *lines, const struct symbol *symbol,
		  const char *function)
{
	struct frame frames[FRAMES_MAX];
	unsigned int i, nr;
	uint64_t at;

	for (at = symbol->address; at < end_of(symbol); at++) {
		nr = lines_at(lines, at, frames);
		for (i = 0; i + 1 < nr; i++)
			if (!strcmp(frames[i].function, function))
				return true;
	}
	return false;
}
