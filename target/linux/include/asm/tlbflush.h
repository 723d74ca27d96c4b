/* SPDX-License-Identifier: GPL-2.0 */
/* asm/tlbflush.h: no page tables, no TLB. */
#ifndef ASM_TLBFLUSH_H
#define ASM_TLBFLUSH_H

struct mm_struct;
struct vm_area_struct;
#define flush_tlb_mm(mm) ((void)(mm))
#define flush_tlb_page(vma, addr) ((void)(vma), (void)(addr))
#define flush_tlb_range(vma, start, end) ((void)(vma))
#define flush_tlb_kernel_range(start, end) ((void)0)
#define flush_tlb_all() ((void)0)

#endif
