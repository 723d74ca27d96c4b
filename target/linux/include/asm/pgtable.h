/* SPDX-License-Identifier: GPL-2.0 */
/*
 * asm/pgtable.h: page tables of one level: the levels above fold into an entry each, which
 * is always there and leads to the table of one file's pages. Its entries: pte.h.
 * See: asm-generic/pgtable-nopud.h, pgtable-nopmd.h.
 */
#ifndef ASM_PGTABLE_H
#define ASM_PGTABLE_H

#include <asm/page.h>
#include <linux/mmzone.h>

/* A huge page is four pageblocks, and four leaves of the tree. */
#define HUGE_PAGE_ORDER 6
#define PMD_SHIFT (PAGE_SHIFT + HUGE_PAGE_ORDER)
#define PMD_SIZE (1UL << PMD_SHIFT)
#define PMD_MASK (~(PMD_SIZE - 1))
#define PGDIR_SHIFT PMD_SHIFT
#define PGDIR_SIZE (1UL << PGDIR_SHIFT)
#define PGDIR_MASK (~(PGDIR_SIZE - 1))
#define PTRS_PER_PGD 1
#define PTRS_PER_PMD 1
#define PTRS_PER_PTE (1 << HUGE_PAGE_ORDER)
#define __HAVE_ARCH_PTE_SAME 1
#include <asm-generic/pgtable-nopud.h>

#define VMALLOC_START (1UL << 46)
#define VMALLOC_END (VMALLOC_START + (1UL << 30))

#define LINUX_PTE_PRESENT 1UL
#define LINUX_PTE_DIRTY 2UL
#define LINUX_PTE_YOUNG 4UL
#define LINUX_PTE_WRITE 8UL
#define LINUX_PTE_HUGE 16UL
/*
 * It was mapped for a store, as MEM_SOFT_DIRTY keeps it: cleaning takes DIRTY and WRITE
 * away, and while a page is moved its entry has this bit at the same place.
 */
#define LINUX_PTE_SOFT_DIRTY 32UL

#define PAGE_NONE __pgprot(0)
#define PAGE_SHARED __pgprot(LINUX_PTE_PRESENT | LINUX_PTE_WRITE)
#define PAGE_COPY __pgprot(LINUX_PTE_PRESENT)
#define PAGE_READONLY __pgprot(LINUX_PTE_PRESENT)
#define PAGE_KERNEL __pgprot(LINUX_PTE_PRESENT | LINUX_PTE_WRITE)
#define pgprot_noncached(prot) (prot)
#define pgprot_writecombine(prot) (prot)

#ifndef __ASSEMBLY__
#define LINUX_PTE_BIT(level, name, flag)                                       \
static inline int level##_##name(level##_t entry)                              \
{                                                                              \
	return (level##_val(entry) & (flag)) != 0;                             \
}
#define LINUX_PTE_SET(level, name, set, clear)                                 \
static inline level##_t level##_##name(level##_t entry)                        \
{                                                                              \
	return __##level((level##_val(entry) | (set)) & ~(clear));             \
}
#define LINUX_PTE_BITS(level)                                                  \
	LINUX_PTE_BIT(level, present, LINUX_PTE_PRESENT)                       \
	LINUX_PTE_BIT(level, dirty, LINUX_PTE_DIRTY)                           \
	LINUX_PTE_BIT(level, young, LINUX_PTE_YOUNG)                           \
	LINUX_PTE_BIT(level, write, LINUX_PTE_WRITE)                           \
	LINUX_PTE_BIT(level, soft_dirty, LINUX_PTE_SOFT_DIRTY)                 \
	LINUX_PTE_SET(level, mkdirty, LINUX_PTE_DIRTY | LINUX_PTE_SOFT_DIRTY,  \
		      0UL)                                                     \
	LINUX_PTE_SET(level, mksoft_dirty, LINUX_PTE_SOFT_DIRTY, 0UL)          \
	LINUX_PTE_SET(level, clear_soft_dirty, 0UL, LINUX_PTE_SOFT_DIRTY)      \
	LINUX_PTE_SET(level, mkyoung, LINUX_PTE_YOUNG, 0UL)                    \
	LINUX_PTE_SET(level, mkclean, 0UL, LINUX_PTE_DIRTY)                    \
	LINUX_PTE_SET(level, mkold, 0UL, LINUX_PTE_YOUNG)                      \
	LINUX_PTE_SET(level, wrprotect, 0UL, LINUX_PTE_WRITE)
LINUX_PTE_BITS(pte)
LINUX_PTE_BITS(pmd)
LINUX_PTE_SET(pte, mkwrite_novma, LINUX_PTE_WRITE, 0UL)
LINUX_PTE_SET(pmd, mkwrite_novma, LINUX_PTE_WRITE, 0UL)
/* From 6.6 on they are told the mapping, too. */
#define pte_mkwrite(entry, ...) pte_mkwrite_novma(entry)
#define pmd_mkwrite(entry, ...) pmd_mkwrite_novma(entry)
LINUX_PTE_BIT(pmd, leaf, LINUX_PTE_HUGE)
LINUX_PTE_SET(pmd, mkinvalid, 0UL, LINUX_PTE_PRESENT)
LINUX_PTE_SET(pmd, mkhuge, LINUX_PTE_HUGE, 0UL)
#ifdef CONFIG_TRANSPARENT_HUGEPAGE
#define pmd_trans_huge(entry) pmd_leaf(entry)
#endif
#define pmd_leaf pmd_leaf
#define pmd_young pmd_young
#define pmd_dirty pmd_dirty
#define pmd_write pmd_write

#define pte_none(entry) (!pte_val(entry))
#define pmd_none(entry) (!pmd_val(entry))
#define pmd_bad(entry) 0
#define pgd_ERROR(entry) ((void)(entry))
#define pud_ERROR(entry) ((void)(entry))
#define pmd_ERROR(entry) ((void)(entry))
#define pud_none(entry) 0
#define pud_bad(entry) 0
#define pud_present(entry) 1
#define pmd_clear(at) ((void)(*(at) = __pmd(0)))
#define pud_clear(at) ((void)(at))
#define pmd_offset(pud, address) ((void)(address), (pmd_t *)(pud))
#define set_pud(at, entry) ((void)(*(at) = (entry)))
#define PFN_PTE_SHIFT PAGE_SHIFT
#define pte_pfn(entry) (pte_val(entry) >> PAGE_SHIFT)
#define pmd_pfn(entry) (pmd_val(entry) >> PAGE_SHIFT)
#define pud_pfn(entry) (pud_val(entry) >> PAGE_SHIFT)
#define pte_page(entry) pfn_to_page(pte_pfn(entry))
#define pmd_page(entry) pfn_to_page(pmd_pfn(entry))
#define pud_page(entry) pfn_to_page(pud_pfn(entry))
/* Where the table is, which may be no page: an address, with bits below these. */
#define LINUX_TABLE_ALIGN 64UL
#define pmd_page_vaddr(entry) (pmd_val(entry) & ~(LINUX_TABLE_ALIGN - 1))
#define pud_pgtable(entry)                                                     \
	((pmd_t *)(pud_val(entry) & ~(LINUX_TABLE_ALIGN - 1)))
#define pfn_pte(pfn, prot)                                                     \
	__pte(((unsigned long)(pfn) << PAGE_SHIFT) | pgprot_val(prot))
#define pfn_pmd(pfn, prot)                                                     \
	__pmd(((unsigned long)(pfn) << PAGE_SHIFT) | pgprot_val(prot))
#ifndef TREE_HAS_MK_PTE
#define mk_pte(page, prot) pfn_pte(page_to_pfn(page), prot)
#endif
#define mk_pmd(page, prot) pfn_pmd(page_to_pfn(page), prot)
#define set_pmd(at, entry) ((void)(*(at) = (entry)))
#define set_pte_at(mm, addr, at, entry) set_pte(at, entry)
#define set_pmd_at(mm, addr, at, entry) set_pmd(at, entry)
#define pte_clear(mm, addr, at) set_pte(at, __pte(0))
#define pte_same(a, b) (pte_val(a) == pte_val(b))
static inline pte_t pte_modify(pte_t entry, pgprot_t prot)
{
	return __pte(
		(pte_val(entry) & (PAGE_MASK | LINUX_PTE_DIRTY |
				   LINUX_PTE_YOUNG | LINUX_PTE_SOFT_DIRTY)) |
		pgprot_val(prot));
}
static inline pmd_t pmd_modify(pmd_t entry, pgprot_t prot)
{
	return __pmd((pmd_val(entry) & PAGE_MASK) | pgprot_val(prot));
}

/* The bits of what is present are clear but SOFT_DIRTY. */
#define __swp_type(entry) ((entry).val >> 58)
#define __swp_offset(entry) (((entry).val >> 8) & ((1UL << 50) - 1))
#define __swp_entry(type, offset)                                              \
	((swp_entry_t){ ((unsigned long)(type) << 58) |                        \
			((unsigned long)(offset) << 8) })
#define __pte_to_swp_entry(entry) ((swp_entry_t){ pte_val(entry) })
#define __swp_entry_to_pte(entry) __pte((entry).val)
#define __pmd_to_swp_entry(entry) ((swp_entry_t){ pmd_val(entry) })
#define __swp_entry_to_pmd(entry) __pmd((entry).val)
#define pte_swp_soft_dirty(entry) pte_soft_dirty(entry)
#define pte_swp_mksoft_dirty(entry) pte_mksoft_dirty(entry)
#define pte_swp_clear_soft_dirty(entry) pte_clear_soft_dirty(entry)
#ifdef CONFIG_ARCH_ENABLE_THP_MIGRATION
#define pmd_swp_soft_dirty(entry) pmd_soft_dirty(entry)
#define pmd_swp_mksoft_dirty(entry) pmd_mksoft_dirty(entry)
#define pmd_swp_clear_soft_dirty(entry) pmd_clear_soft_dirty(entry)
#endif
#define pte_swp_exclusive(entry) 0
#define pte_swp_mkexclusive(entry) (entry)
#define pte_swp_clear_exclusive(entry) (entry)
#define __HAVE_ARCH_PTE_SWP_EXCLUSIVE

struct mm_struct;
void pmd_populate(struct mm_struct *mm, pmd_t *at, pgtable_t table);
extern pgd_t swapper_pg_dir[];
/* No level comes or goes. */
#define pmd_populate_kernel(mm, at, table) ((void)(at))
#define pud_populate(mm, at, table) ((void)(at))
#define __pte_free_tlb(tlb, table, addr) ((void)(tlb))
#define __pmd_free_tlb(tlb, table, addr) ((void)(tlb))
#define pmdp_establish generic_pmdp_establish
#define update_mmu_cache(vma, addr, at) ((void)(vma))
#define update_mmu_cache_pmd(vma, addr, at) ((void)(vma))
#define update_mmu_cache_range(vmf, vma, addr, at, nr) ((void)(vma))
#define ZERO_PAGE(addr) pfn_to_page(0)
#define kern_addr_valid(addr) 1

#include <asm/pte.h>
#endif

#endif
