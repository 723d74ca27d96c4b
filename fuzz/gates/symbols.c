/* SPDX-License-Identifier: MIT */
/* symbols.c: see symbols.h. */
#include "symbols.h"

#include <ctype.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "complain.h"
#include "ensure.h"

/* --------------------------------------------------------------------- ELF */

/* Section @nr; NULL: it is not in the file. */
static const Elf64_Shdr *section(const struct symbols *symbols, unsigned int nr)
{
	const Elf64_Ehdr *head = (const void *)symbols->data;
	const Elf64_Shdr *one;

	if (nr >= head->e_shnum || head->e_shentsize != sizeof(*one) ||
	    head->e_shoff > symbols->size ||
	    (symbols->size - head->e_shoff) / sizeof(*one) < head->e_shnum)
		return NULL;
	one = (const Elf64_Shdr *)(symbols->data + head->e_shoff) + nr;
	if (one->sh_type != SHT_NOBITS &&
	    (one->sh_offset > symbols->size ||
	     symbols->size - one->sh_offset < one->sh_size))
		return NULL;
	return one;
}

static unsigned int nr_sections(const struct symbols *symbols)
{
	return ((const Elf64_Ehdr *)(const void *)symbols->data)->e_shnum;
}

static const char *section_name(const struct symbols *symbols,
				const Elf64_Shdr *one)
{
	const Elf64_Ehdr *head = (const void *)symbols->data;
	const Elf64_Shdr *names = section(symbols, head->e_shstrndx);

	if (!names || one->sh_name >= names->sh_size)
		return "";
	return (const char *)symbols->data + names->sh_offset + one->sh_name;
}

static void add(struct symbols *symbols, struct symbol symbol)
{
	if (!(symbols->nr & (symbols->nr + 1)))
		symbols->symbol =
			realloc(symbols->symbol,
				2 * (symbols->nr + 1) * sizeof(symbol));
	ensure(symbols->symbol);
	symbols->symbol[symbols->nr++] = symbol;
}

static void read_table(struct symbols *symbols, const Elf64_Shdr *table)
{
	const Elf64_Sym *entry =
		(const void *)(symbols->data + table->sh_offset);
	const Elf64_Shdr *names = section(symbols, table->sh_link);
	size_t i, length;
	const char *name;

	for (i = 0; names && i < table->sh_size / sizeof(*entry); i++) {
		if (ELF64_ST_TYPE(entry[i].st_info) != STT_FUNC ||
		    entry[i].st_shndx == SHN_UNDEF ||
		    entry[i].st_name >= names->sh_size)
			continue;
		name = (const char *)symbols->data + names->sh_offset +
		       entry[i].st_name;
		length = strnlen(name, names->sh_size - entry[i].st_name);
		add(symbols, (struct symbol){ name, length, entry[i].st_value,
					      entry[i].st_size });
	}
}

static bool read_elf(struct symbols *symbols)
{
	const Elf64_Ehdr *head = (const void *)symbols->data;
	const Elf64_Shdr *one;
	unsigned int i;

	symbols->elf = true;
	if (symbols->size < sizeof(*head) ||
	    head->e_ident[EI_CLASS] != ELFCLASS64 ||
	    head->e_ident[EI_DATA] != ELFDATA2LSB) {
		complain(symbols->path, "is no 64-bit program of this kind");
		return false;
	}
	if (head->e_type == ET_REL) {
		complain(symbols->path,
			 "is not linked: its functions have no place yet");
		return false;
	}
	for (i = 0; i < nr_sections(symbols); i++) {
		one = section(symbols, i);
		if (!one)
			continue;
		if (one->sh_type == SHT_SYMTAB)
			read_table(symbols, one);
		if (!strcmp(section_name(symbols, one), ".debug_line"))
			symbols->lines = true;
	}
	return true;
}

/* -------------------------------------------------------------------- list */

/* "ffffffff81000000 T name" a line; what is no code is passed over. */
static void read_list(struct symbols *symbols)
{
	const char *at = (const char *)symbols->data;
	const char *end = at + symbols->size, *line, *stop;
	struct symbol symbol = { 0 };
	char *behind;

	for (; at < end; at = stop + 1) {
		line = at;
		stop = memchr(at, '\n', (size_t)(end - at));
		if (!stop)
			break;
		if (!isxdigit((unsigned char)*line)) /* it would skip lines */
			continue;
		symbol.address = strtoull(line, &behind, 16);
		if (stop - behind < 4 || behind[0] != ' ' ||
		    !strchr("tTwW", behind[1]) || behind[2] != ' ')
			continue;
		symbol.name = behind + 3;
		symbol.length = strcspn(symbol.name, " \t\n");
		add(symbols, symbol);
	}
}

/* -------------------------------------------------------------------- both */

static int by_name(const void *left, const void *right)
{
	const struct symbol *a = left, *b = right;
	size_t least = a->length < b->length ? a->length : b->length;
	int order = strncmp(a->name, b->name, least);

	return order ? order :
		       (a->length > b->length) - (a->length < b->length);
}

bool symbols_open(struct symbols *symbols, const char *path)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	struct stat about = { 0 };
	void *data = MAP_FAILED;
	bool right;

	*symbols = (struct symbols){ .path = path };
	if (file >= 0 && !fstat(file, &about))
		data = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE,
			    file, 0);
	if (data == MAP_FAILED) {
		complain(path, "%s",
			 strerror(about.st_size || errno != EINVAL ? errno :
								     ENODATA));
		if (file >= 0)
			close(file);
		return false;
	}
	close(file);
	symbols->data = data;
	symbols->size = (size_t)about.st_size;
	right = symbols->size > SELFMAG && !memcmp(data, ELFMAG, SELFMAG) ?
			read_elf(symbols) :
			(read_list(symbols), true);
	if (right && !symbols->nr) {
		complain(
			path,
			"has no function in it: neither a vmlinux nor a System.map");
		right = false;
	}
	if (!right) {
		symbols_close(symbols);
		return false;
	}
	qsort(symbols->symbol, symbols->nr, sizeof(struct symbol), by_name);
	return true;
}

void symbols_close(struct symbols *symbols)
{
	if (symbols->data)
		munmap((void *)(uintptr_t)symbols->data, symbols->size);
	free(symbols->symbol);
	symbols->data = NULL;
	symbols->symbol = NULL;
}

/* What a compiler puts behind a name and still calls with arguments. */
static bool is_made_of(const struct symbol *symbol, const char *name)
{
	static const char *const words[] = { "isra", "constprop", "part" };
	size_t length = strlen(name), i;
	const char *rest = symbol->name + length;

	if (symbol->length == length)
		return true;
	if (symbol->length < length + 2 || *rest != '.')
		return false;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strncmp(rest + 1, words[i], strlen(words[i])))
			return !memmem(rest, symbol->length - length, "cold",
				       4);
	return false;
}

const struct symbol *symbols_find(const struct symbols *symbols,
				  const char *name, unsigned int *nr)
{
	size_t low = 0, high = symbols->nr, length = strlen(name), middle;
	const struct symbol wanted = { name, length, 0, 0 };
	const struct symbol *found = NULL;

	*nr = 0;
	while (low < high) {
		middle = (low + high) / 2;
		if (by_name(&symbols->symbol[middle], &wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < symbols->nr; low++) {
		const struct symbol *one = &symbols->symbol[low];

		if (one->length < length || strncmp(one->name, name, length))
			break;
		*nr += one->length == length;
		if (!found && is_made_of(one, name))
			found = one;
	}
	return found;
}

unsigned int symbols_code(const struct symbols *symbols, uint64_t address,
			  unsigned char *bytes, unsigned int max)
{
	unsigned int i, nr = 0;

	for (i = 0; symbols->elf && i < nr_sections(symbols); i++) {
		const Elf64_Shdr *one = section(symbols, i);

		if (!one || !(one->sh_flags & SHF_EXECINSTR) ||
		    one->sh_type != SHT_PROGBITS || address < one->sh_addr ||
		    address - one->sh_addr >= one->sh_size)
			continue;
		while (nr < max && address - one->sh_addr + nr < one->sh_size) {
			bytes[nr] = symbols->data[one->sh_offset + address -
						  one->sh_addr + nr];
			nr++;
		}
		break;
	}
	return nr;
}
