/* SPDX-License-Identifier: GPL-2.0 */
/*
 * config.h: the kernel's configuration, in place of the generated autoconf.h.
 *
 * What is off is off so that its calls vanish in headers: that keeps the list
 * of stubs short. What is on is what is fuzzed, and every check that there is.
 */
#define CONFIG_64BIT 1
#define CONFIG_MMU 1
#define CONFIG_SMP 1
#define CONFIG_NR_CPUS 4
#define CONFIG_HZ 250
#define CONFIG_HZ_250 1
#define CONFIG_PGTABLE_LEVELS 3
#define CONFIG_PAGE_SHIFT 12
#define CONFIG_FLATMEM 1
#define CONFIG_SPLIT_PTLOCK_CPUS 999999 /* one lock of an address space */
#define CONFIG_THREAD_INFO_IN_TASK 1
#define CONFIG_GENERIC_HWEIGHT 1
#define CONFIG_BASE_SMALL 1 /* XArray nodes of 16 slots: trees, not lists */
#define CONFIG_LOG_BUF_SHIFT 12

/* A task keeps its CPU and is an RCU reader where preemption is counted off. */
#define CONFIG_PREEMPT_NONE 1
#define CONFIG_PREEMPT_COUNT 1
#define CONFIG_TREE_RCU 1
#define CONFIG_TREE_SRCU 1

/* Locks in line: each caller is a site of its own. */
#define CONFIG_INLINE_SPIN_TRYLOCK 1
#define CONFIG_INLINE_SPIN_TRYLOCK_BH 1
#define CONFIG_INLINE_SPIN_LOCK 1
#define CONFIG_INLINE_SPIN_LOCK_BH 1
#define CONFIG_INLINE_SPIN_LOCK_IRQ 1
#define CONFIG_INLINE_SPIN_LOCK_IRQSAVE 1
#define CONFIG_INLINE_SPIN_UNLOCK 1
#define CONFIG_INLINE_SPIN_UNLOCK_BH 1
#define CONFIG_INLINE_SPIN_UNLOCK_IRQ 1
#define CONFIG_INLINE_SPIN_UNLOCK_IRQRESTORE 1

/* Every check there is. */
#define CONFIG_BUG 1
#define CONFIG_DEBUG_VM 1
#define CONFIG_DEBUG_VM_PGFLAGS 1
#define CONFIG_DEBUG_LIST 1
#define CONFIG_LIST_HARDENED 1 /* 6.6 and later */

/* What is fuzzed. */
#define CONFIG_XARRAY_MULTI 1
#define CONFIG_HAVE_ARCH_TRANSPARENT_HUGEPAGE 1
#define CONFIG_TRANSPARENT_HUGEPAGE 1 /* large folios in the cache */
#define CONFIG_TRANSPARENT_HUGEPAGE_MADVISE 1
#define CONFIG_PGTABLE_HAS_HUGE_LEAVES 1 /* 6.10 and later */
#define CONFIG_ARCH_ENABLE_THP_MIGRATION 1
#define CONFIG_ARCH_HAS_PMD_SOFTLEAVES 1 /* its name in 7.3 and later */
#define CONFIG_PCP_BATCH_SCALE_MAX 5
#define CONFIG_SLUB 1
#define CONFIG_PAGE_BLOCK_MAX_ORDER 4 /* less than a huge page's: 7.x can */
#define CONFIG_MEMORY_ISOLATION 1
#define CONFIG_COMPACTION 1
#define CONFIG_COMPACT_UNEVICTABLE_DEFAULT 1
#define CONFIG_MIGRATION 1
#define CONFIG_HAVE_ARCH_SOFT_DIRTY 1
#define CONFIG_CONTIG_ALLOC 1
#ifdef TREE_HAS_MAPS
#define CONFIG_MM_ID 1 /* 6.15 and later */
#define CONFIG_PAGE_MAPCOUNT 1
#endif
#ifdef TREE_HAS_FROZEN_CMA /* see prepare.sh */
#define CONFIG_CMA 1
#define CONFIG_CMA_AREAS 1
#endif
