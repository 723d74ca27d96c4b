/* SPDX-License-Identifier: MIT */
/*
 * plain_sites.c: see plain_sites.h.
 *
 * Open addressing in memory that children share. Whoever finds an entry that
 * somebody is just filling in passes on: the same site may stand there twice,
 * which nobody sees, as only its names and hashes count.
 */
#include "plain_sites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "hash.h"
#include "plain_symbols.h"
#include "sites.h"

enum entry_state {
	ENTRY_FREE,
	ENTRY_TAKEN, /* by somebody who is filling it in */
	ENTRY_READY,
};

struct entry {
	struct site site; /* first: 64 bytes */
	struct plain_key key;
	unsigned int state; /* enum entry_state; atomic */
	char accessor[8]; /* store8 */
	char expr[48]; /* page mapping */
};

struct plain_sites {
	struct plain_symbols symbols;
	struct entry entries[PLAIN_SITES];
};

/* A plain build that cannot name what it sees is of no use. */
__attribute__((noreturn)) static void no_sites(const char *why)
{
	fprintf(stderr, "pagerace: plain accesses: %s\n", why);
	exit(2);
}

struct plain_sites *plain_sites_open(void)
{
	struct plain_sites *sites;
	const char *trouble;

	sites = mmap(NULL, sizeof(*sites), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (sites == MAP_FAILED)
		no_sites("no memory");
	trouble = plain_symbols_read(&sites->symbols);
	if (trouble) {
		fprintf(stderr, "pagerace: this binary %s\n", trouble);
		no_sites("no names");
	}
	return sites;
}

static unsigned int state_of(const struct entry *entry)
{
	return __atomic_load_n(&entry->state, __ATOMIC_ACQUIRE);
}

static bool is_of(const struct entry *entry, const struct plain_key *key)
{
	return entry->key.where == key->where &&
	       entry->key.class == key->class && entry->key.field == key->field;
}

/* What the build knew of the place @offset behind @symbol; NULL: nothing. */
static const struct plain_place *place_of(const struct target *target,
					  const char *symbol, uint32_t offset)
{
	const struct plain_place *place = target->plain_places;

	for (; place && place->symbol; place++)
		if (place->offset == offset && !strcmp(place->symbol, symbol))
			return place;
	return NULL;
}

/* The hash says where in the function, so that two equal names differ. */
static void fill_in(struct entry *entry, const struct plain_symbols *symbols,
		    const struct plain_key *key, const struct target *target)
{
	const struct plain_symbol *function =
		plain_symbols_find(symbols, key->where - 1);
	const struct plain_place *place = NULL;
	uint32_t offset = 0;

	if (function) {
		offset = (uint32_t)(key->where - function->start);
		place = place_of(target, function->name, offset);
	}

	entry->key = *key;
	snprintf(entry->accessor, sizeof(entry->accessor), "%s%u",
		 key->kind == MACHINE_LOADS ? "load" : "store",
		 key->size % 100U);
	snprintf(entry->expr, sizeof(entry->expr), "%s%s%s", key->class,
		 *key->field ? " " : "", key->field);
	entry->site = (struct site){
		.function = function ? function->name : "?",
		.accessor = entry->accessor,
		.expr = entry->expr,
		.file = place ? place->file : "",
		.line = place ? place->line : 0,
		.nth = 1,
		.size = key->size,
		.kind = key->kind,
		.order = MACHINE_PLAIN,
	};
	if (place)
		entry->site.function = place->function;
	site_hash(&entry->site);
	entry->site.hash = hash_word(entry->site.hash, offset);
	__atomic_store_n(&entry->state, ENTRY_READY, __ATOMIC_RELEASE);
}

static bool take(struct entry *entry)
{
	unsigned int free = ENTRY_FREE;

	return __atomic_compare_exchange_n(&entry->state, &free, ENTRY_TAKEN, 0,
					   __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}

struct site *plain_sites_get(struct plain_sites *sites,
			     const struct plain_key *key,
			     const struct target *target)
{
	uint32_t hash = hash_word((uint32_t)key->where,
				  (uint32_t)(uintptr_t)key->field);
	unsigned int i;

	for (i = 0; i < PLAIN_SITES; i++) {
		struct entry *entry = &sites->entries[(hash + i) % PLAIN_SITES];
		unsigned int state = state_of(entry);

		if (state == ENTRY_READY && is_of(entry, key))
			return &entry->site;
		if (state != ENTRY_FREE || !take(entry))
			continue;
		fill_in(entry, &sites->symbols, key, target);
		return &entry->site;
	}
	no_sites("too many sites");
}

const struct site *plain_sites_find(const struct plain_sites *sites,
				    uint32_t hash)
{
	unsigned int i;

	for (i = 0; i < PLAIN_SITES; i++) {
		const struct entry *entry = &sites->entries[i];

		if (state_of(entry) == ENTRY_READY &&
		    (entry->site.name_hash == hash ||
		     entry->site.function_hash == hash))
			return &entry->site;
	}
	return NULL;
}
