/* SPDX-License-Identifier: MIT */
/* macros.h: for spatch, of what stands in front of the library's functions. */
#define mi_decl_noinline
#define mi_attr_noexcept
#define mi_likely(x) (x)
#define mi_unlikely(x) (x)
