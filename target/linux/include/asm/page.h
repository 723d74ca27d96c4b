/* SPDX-License-Identifier: GPL-2.0 */
/* asm/page.h: memory is an array; its frames are numbered from 0. Contents change
 * hands where the kernel says so: linux_page_out() and linux_page_in() are a second
 * witness beside the books. */
#ifndef ASM_PAGE_H
#define ASM_PAGE_H

#define PAGE_SHIFT 12
#define PAGE_SIZE (1UL << PAGE_SHIFT)
#define PAGE_MASK (~(PAGE_SIZE - 1))

#ifndef __ASSEMBLY__
#include <linux/types.h>
#include <linux/compiler.h>

typedef struct { unsigned long pte; } pte_t;
typedef struct { unsigned long pmd; } pmd_t;
typedef struct { unsigned long pgd; } pgd_t;
typedef struct { unsigned long pgprot; } pgprot_t;
typedef struct page *pgtable_t;

#define pte_val(x) ((x).pte)
#define pmd_val(x) ((x).pmd)
#define pgd_val(x) ((x).pgd)
#define pgprot_val(x) ((x).pgprot)
#define __pte(x) ((pte_t){ (x) })
#define __pmd(x) ((pmd_t){ (x) })
#define __pgd(x) ((pgd_t){ (x) })
#define __pgprot(x) ((pgprot_t){ (x) })

extern unsigned char linux_memory[];
#define PAGE_OFFSET ((unsigned long)linux_memory)
#define __pa(x) ((unsigned long)(x) - PAGE_OFFSET)
#define __va(x) ((void *)((unsigned long)(x) + PAGE_OFFSET))
#define __pa_symbol(x) __pa(x)
#define ARCH_PFN_OFFSET 0UL
struct page;
/* Of a kernel object, which lies outside: one page stands for all of slab's. */
struct page *linux_virt_to_page(const volatile void *addr);
#define virt_to_page(addr) linux_virt_to_page(addr)
#define virt_to_pfn(addr) (__pa(addr) >> PAGE_SHIFT)
#define virt_addr_valid(addr) true
#define page_to_phys(page) ((phys_addr_t)page_to_pfn(page) << PAGE_SHIFT)

#define clear_page(page) __builtin_memset(page, 0, PAGE_SIZE)
#define copy_page(to, from) __builtin_memcpy(to, from, PAGE_SIZE)
#define clear_user_page(page, vaddr, pg) clear_page(page)
#define copy_user_page(to, from, vaddr, pg) copy_page(to, from)

#define HAVE_ARCH_ALLOC_PAGE
#define HAVE_ARCH_FREE_PAGE
void linux_page_out(struct page *page, int order);
void linux_page_in(struct page *page, int order);
#define arch_alloc_page(page, order) linux_page_out(page, order)
#define arch_free_page(page, order) linux_page_in(page, order)

extern unsigned long max_mapnr;
#define pfn_valid(pfn) ((pfn) < max_mapnr)

#include <asm-generic/memory_model.h>
#include <asm-generic/getorder.h>
#endif

#endif
