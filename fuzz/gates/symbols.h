/* SPDX-License-Identifier: MIT */
/*
 * symbols.h: symbols: where the functions of a kernel lie, by its vmlinux, or by a
 * list of them (System.map, /proc/kallsyms, nm).
 *
 * Owns: the file's bytes, for as long as it is open.
 * See: elf(5)
 */
#ifndef FUZZ_SYMBOLS_H
#define FUZZ_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct symbol {
	const char *name; /* not ended by a zero in a list: by @length */
	size_t length;
	uint64_t address, size; /* size 0: not known */
};

struct symbols {
	const char *path;
	const unsigned char *data; /* the file's */
	size_t size;
	bool elf; /* it has code, and */
	bool lines; /* debug information */
	struct symbol *symbol; /* functions, by name */
	size_t nr;
};

/* Returns: false, having said why. */
bool symbols_open(struct symbols *symbols, const char *path);
void symbols_close(struct symbols *symbols);
/*
 * The function @name, or what a compiler made of it (NAME.isra.0, NAME.part.0). @nr:
 * how many there are of exactly that name. Returns: NULL if there is none.
 */
const struct symbol *symbols_find(const struct symbols *symbols,
				  const char *name, unsigned int *nr);
/* Up to @max bytes of code at @address. Returns: how many there are. */
unsigned int symbols_code(const struct symbols *symbols, uint64_t address,
			  unsigned char *bytes, unsigned int max);

#endif
