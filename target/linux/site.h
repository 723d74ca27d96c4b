/* SPDX-License-Identifier: MIT */
/*
 * site.h: sites for code that lives on inline functions, as the kernel does.
 *
 * In the core a site is an object per expansion of SITE(). Here it is one per
 * copy in the object code: an asm statement emits it, so that each caller of
 * an inline helper has a site of its own. What the compiler alone knows of the
 * place (function, file, line) is filled in after the link by name_sites.sh.
 *
 * Owns: the section machine_sites, and .debug_sites: address of the site and
 *   address of the code that uses it, a pair for each. Being debug information
 *   it keeps no dead function alive, and links write zero for a dead one's.
 * The instruction comes first in the statement: assemblers give the line to
 * what comes first.
 * Needs x86-64 and an optimizing compiler: the arguments must be constant once
 *   helpers are inlined. Copies made by the optimizer (unrolled loops) are
 *   sites of one place, and get one name.
 * See: struct site in machine_point.h.
 */
#ifndef TARGET_LINUX_SITE_H
#define TARGET_LINUX_SITE_H

#include "machine_point.h"

/* Two copies of one helper in the branches of an if stay two. */
#if defined(__has_attribute) && defined(__clang__)
#if __has_attribute(nomerge)
#define SITE_NOMERGE __attribute__((nomerge))
#endif
#endif
#ifndef SITE_NOMERGE
#define SITE_NOMERGE
#endif

/* What the entry below takes for granted. */
#define SITE_IS_AT(field, offset)                                              \
	_Static_assert(__builtin_offsetof(struct site, field) == offset,       \
		       #field " has moved: mend the entry in site.h")
SITE_IS_AT(function, 0);
SITE_IS_AT(accessor, 8);
SITE_IS_AT(expr, 16);
SITE_IS_AT(file, 24);
SITE_IS_AT(line, 32);
SITE_IS_AT(size, 51);
SITE_IS_AT(kind, 52);
SITE_IS_AT(order, 53);
SITE_IS_AT(serial, 56);
_Static_assert(sizeof(struct site) == 64, "sites are an array of 64 bytes");

/* The site itself, at 771, of the instruction at 772. */
#define SITE_ENTRY(accessor, expr, size_kind_order, serial)                    \
	".pushsection machine_sites, \"aw\", @progbits\n"                      \
	".balign 64\n"                                                         \
	"771: .quad 0, " accessor ", " expr ", 0\n"                            \
	".zero 19\n" /* line .. nth */                                         \
	".byte " size_kind_order "\n"                                          \
	".zero 2\n" /* place */                                                \
	".long " serial ", 0\n"                                                \
	".popsection\n"                                                        \
	".pushsection .debug_sites, \"\", @progbits\n"                         \
	".quad 771b, 772b\n"                                                   \
	".popsection"

/*
 * SITE - the site of this place in this copy of the code.
 * @accessor_, @expr_: strings; the second is for where name_sites.sh finds
 *   neither a helper nor the source.
 */
#define SITE(accessor_, expr_, kind_, order_, size_)                           \
	({                                                                     \
		struct site *site_;                                            \
		SITE_NOMERGE {                                                 \
			__asm__ volatile(                                      \
				"772: leaq 771f(%%rip), %0\n"                  \
				SITE_ENTRY("%c1", "%c2", "%c3, %c4, %c5", "%c6") \
				: "=r"(site_)                                  \
				: "i"(accessor_), "i"(expr_), "i"(size_),      \
				  "i"(kind_), "i"(order_),                     \
				  "i"(__COUNTER__ + 1));                       \
		}                                                              \
		site_;                                                         \
	})

#endif
