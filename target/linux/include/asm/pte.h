/* SPDX-License-Identifier: GPL-2.0 */
/*
 * asm/pte.h: entries of a page table are changed by the kernel, and by CPUs that use them:
 * each change is an access point. A CPU sets the bits of what it does in one step, as x86
 * does, without the page table's lock: so the kernel changes what is in use by single
 * instructions, too.
 *
 * Loads are what the tree makes of them: ptep_get() is READ_ONCE(), and older trees load
 * plainly.
 * See: arch/x86/include/asm/pgtable.h.
 */
#ifndef ASM_PTE_H
#define ASM_PTE_H

#include <asm/cmpxchg.h>
#include <asm/rwonce.h>

struct mm_struct;
struct vm_area_struct;

static __always_inline void set_pte(pte_t *at, pte_t entry)
{
	WRITE_ONCE(*at, entry);
}
#define set_pte set_pte

/* Without @bits. Returns: what it was. */
static __always_inline unsigned long linux_pte_take(pte_t *at,
						    unsigned long bits)
{
	unsigned long old;

	machine_before(SITE("pte_take", "", MACHINE_RMWS, MACHINE_FULL,
			    sizeof(*at)),
		       at, NULL);
	old = __atomic_fetch_and(&at->pte, ~bits, LINUX_SEQ_CST);
	machine_after(old, old & ~bits);
	return old;
}

#define __HAVE_ARCH_PTEP_GET_AND_CLEAR
static __always_inline pte_t ptep_get_and_clear(struct mm_struct *mm,
						unsigned long addr, pte_t *at)
{
	(void)mm, (void)addr;
	return __pte(arch_xchg(&at->pte, 0UL));
}

#define __HAVE_ARCH_PTEP_SET_WRPROTECT
static __always_inline void ptep_set_wrprotect(struct mm_struct *mm,
					       unsigned long addr, pte_t *at)
{
	(void)mm, (void)addr;
	linux_pte_take(at, LINUX_PTE_WRITE);
}

#define __HAVE_ARCH_PTEP_TEST_AND_CLEAR_YOUNG
static __always_inline int ptep_test_and_clear_young(struct vm_area_struct *vma,
						     unsigned long addr,
						     pte_t *at)
{
	(void)vma, (void)addr;
	return (linux_pte_take(at, LINUX_PTE_YOUNG) & LINUX_PTE_YOUNG) != 0;
}

/* Where nothing was missing but the CPU's own bits it sets them itself. */
#define __HAVE_ARCH_PTEP_SET_ACCESS_FLAGS
static __always_inline int ptep_set_access_flags(struct vm_area_struct *vma,
						 unsigned long addr, pte_t *at,
						 pte_t entry, int dirty)
{
	int changed = at->pte != entry.pte;

	(void)vma, (void)addr;
	if (changed && dirty)
		set_pte(at, entry);
	return changed;
}

#endif
