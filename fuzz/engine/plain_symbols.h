/* SPDX-License-Identifier: MIT */
/*
 * plain_symbols.h: the functions of the running binary, by address.
 */
#ifndef FUZZ_PLAIN_SYMBOLS_H
#define FUZZ_PLAIN_SYMBOLS_H

#include <stddef.h>
#include <stdint.h>

struct plain_symbol {
	uintptr_t start, end;
	const char *name; /* never freed */
};

struct plain_symbols {
	struct plain_symbol *symbols; /* by start */
	size_t nr;
};

/* Read the running binary's. Returns: NULL, or what is wrong with it. */
const char *plain_symbols_read(struct plain_symbols *symbols);
/* The function that @where lies in; NULL: in none. */
const struct plain_symbol *
plain_symbols_find(const struct plain_symbols *symbols, uintptr_t where);

#endif
