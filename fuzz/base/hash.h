/* SPDX-License-Identifier: MIT */
/*
 * hash.h: 32-bit FNV-1a over bytes and a mixer for words. Stable for ever:
 * digests in golden files and site hashes in programs depend on them.
 */
#ifndef FUZZ_HASH_H
#define FUZZ_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_START 2166136261U

static inline uint32_t hash_bytes(uint32_t hash, const void *data, size_t size)
{
	const unsigned char *at = data;

	while (size--)
		hash = (hash ^ *at++) * 16777619U;
	return hash;
}

/* The same with 64 bits: names contents. */
static inline uint64_t hash_contents(const void *data, size_t size)
{
	uint64_t hash = 0xcbf29ce484222325U;
	const unsigned char *at = data;

	while (size--)
		hash = (hash ^ *at++) * 0x100000001b3U;
	return hash;
}

static inline uint32_t hash_string(uint32_t hash, const char *string)
{
	while (*string)
		hash = (hash ^ (unsigned char)*string++) * 16777619U;
	return hash;
}

/* Fold @word into @hash; every bit of the result depends on every input bit. */
static inline uint32_t hash_word(uint32_t hash, uint32_t word)
{
	hash ^= word * 0xcc9e2d51U;
	hash = (hash ^ (hash >> 16)) * 0x7feb352dU;
	hash = (hash ^ (hash >> 15)) * 0x846ca68bU;
	return hash ^ (hash >> 16);
}

#endif
