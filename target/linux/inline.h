/* SPDX-License-Identifier: GPL-2.0 */
/*
 * inline.h: comes after the kernel's compiler headers: `inline` means it.
 *
 * The name of a site, and whether two callers share one, must not depend on
 * what the compiler thinks of a function of a header.
 */
#undef inline
#define inline inline __attribute__((__always_inline__)) __gnu_inline \
	__attribute__((__unused__)) notrace

/* The helpers below page flags that no header calls inline. */
struct folio;
static inline unsigned long *folio_flags(struct folio *folio, unsigned int n);
static inline const unsigned long *const_folio_flags(const struct folio *folio,
						     unsigned int n);
