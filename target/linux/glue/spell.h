/* SPDX-License-Identifier: GPL-2.0 */
/*
 * spell.h: names from the debug information, for spell.c (places) and
 * spell_value.c.
 */
#ifndef LINUX_SPELL_H
#define LINUX_SPELL_H

#include "target.h"
#include "types.h"

/* The first of enum @type that has @value; NULL: none. */
const char *linux_enumerator(const char *type, long value);
/*
 * Down to what stands @at bytes from the start of struct @name: its members,
 * " i_rwsem count", into @words, unless that is NULL. Returns: its type, which is
 * no struct; NULL: nothing stands there.
 */
const struct linux_type *linux_walk(const char *name, size_t at,
				    struct target_words *words);

/* The enumerator without its prefix, in small letters: "movable". */
void linux_add_name(struct target_words *words, const char *type, long value);
/* "NR_FREE_PAGES of CPU 1": element @i of what enum @type numbers. */
void linux_add_counter(struct target_words *words, const char *type, size_t i,
		       const char *whose);

#endif
