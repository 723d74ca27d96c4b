/* SPDX-License-Identifier: MIT */
/* macros.h: for spatch, of what stands in front of the library's functions. */
#define CK_CC_INLINE inline
#define CK_CC_FORCE_INLINE inline
#define CK_CC_RESTRICT
#define CK_CC_LIKELY(x) (x)
#define CK_CC_UNLIKELY(x) (x)
#define CK_CC_CACHELINE
#define CK_CC_PACKED
#define CK_CC_ALIASED
