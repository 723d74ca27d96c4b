/* SPDX-License-Identifier: MIT */
/*
 * plain_symbols.c: see plain_symbols.h. Reads the ELF file, as what the loader
 * maps has no local symbols.
 */
#include "plain_symbols.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file stays mapped: names point into it. Returns: NULL on failure. */
static const char *map_self(void)
{
	struct stat status;
	void *file = MAP_FAILED;
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return NULL;
	if (!fstat(fd, &status))
		file = mmap(NULL, (size_t)status.st_size, PROT_READ,
			    MAP_PRIVATE, fd, 0);
	close(fd);
	return file == MAP_FAILED ? NULL : file;
}

static int by_start(const void *left, const void *right)
{
	const struct plain_symbol *a = left, *b = right;

	return (a->start > b->start) - (a->start < b->start);
}

static void take_functions(struct plain_symbols *symbols, const char *file,
			   const ElfW(Shdr) *table, const ElfW(Shdr) *strings)
{
	const ElfW(Sym) *symbol = (const void *)(file + table->sh_offset);
	const ElfW(Sym) *end = symbol + table->sh_size / sizeof(*symbol);
	/* how far the loader moved the program */
	uintptr_t base = getauxval(AT_ENTRY) -
			 ((const ElfW(Ehdr) *)(const void *)file)->e_entry;

	for (; symbol < end; symbol++) {
		uintptr_t start = base + symbol->st_value;

		if ((symbol->st_info & 0xf) != STT_FUNC || !symbol->st_size)
			continue;
		symbols->symbols[symbols->nr++] = (struct plain_symbol){
			.start = start,
			.end = start + symbol->st_size,
			.name = file + strings->sh_offset + symbol->st_name,
		};
	}
	qsort(symbols->symbols, symbols->nr, sizeof(*symbols->symbols),
	      by_start);
}

const char *plain_symbols_read(struct plain_symbols *symbols)
{
	const char *file = map_self();
	const ElfW(Ehdr) *head = (const void *)file;
	const ElfW(Shdr) *sections;
	unsigned int i;

	if (!file)
		return "cannot be read";
	sections = (const void *)(file + head->e_shoff);
	for (i = 0; head->e_shoff && i < head->e_shnum; i++) {
		if (sections[i].sh_type != SHT_SYMTAB)
			continue;
		*symbols = (struct plain_symbols){ malloc(sections[i].sh_size),
						   0 };
		if (!symbols->symbols)
			return "has too many symbols";
		take_functions(symbols, file, &sections[i],
			       &sections[sections[i].sh_link]);
		return NULL;
	}
	return "has no symbols";
}

const struct plain_symbol *
plain_symbols_find(const struct plain_symbols *symbols, uintptr_t where)
{
	size_t low = 0, high = symbols->nr;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (symbols->symbols[middle].start <= where)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low || where >= symbols->symbols[low - 1].end)
		return NULL;
	return &symbols->symbols[low - 1];
}
