/* SPDX-License-Identifier: MIT */
/*
 * types.h: types of the kernel as its debug information has them, for names of
 * members and enumerators. The tables are written by name_types.sh after each
 * link; the first type is struct linux_spelled of spell.c.
 */
#ifndef LINUX_TYPES_H
#define LINUX_TYPES_H

enum linux_kind {
	LINUX_STRUCT, /* or a union */
	LINUX_ENUM,
	LINUX_POINTER,
	LINUX_SIGNED,
	LINUX_UNSIGNED, /* or one of two: bool */
};

struct linux_type {
	const char *name; /* "": it has none */
	enum linux_kind kind;
	unsigned int size; /* bytes */
	unsigned int first, nr; /* its members, or its enumerators */
};

/* Not those of a few bits. */
struct linux_member {
	const char *name; /* "": it has none, its own members count */
	unsigned int at; /* bytes from the start */
	unsigned int nr; /* elements; 0: it is no array */
	unsigned int type; /* of it, or of an element */
};

struct linux_enumerator {
	const char *name;
	long value;
};

extern const struct linux_type linux_types[];
extern const unsigned int linux_nr_types;
extern const struct linux_member linux_members[];
extern const struct linux_enumerator linux_enumerators[];

#endif
