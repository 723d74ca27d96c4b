// SPDX-License-Identifier: GPL-2.0
/* compat_mmap.c: what differs between versions in how a file is mapped; and stubs. */
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>

#include "mm_internal.h"
#include "glue.h"

/* Page 0 is like any other. */
#ifdef TREE_HAS_ZERO_PAGE_PFN
#define ZERO_PFN zero_page_pfn
#else
#define ZERO_PFN zero_pfn
#endif
extern unsigned long ZERO_PFN;
void linux_no_page_of_zeros(void)
{
	ZERO_PFN = ULONG_MAX;
}

/* 6.15: a folio remembers by numbers who maps it. */
void linux_mm_number(struct mm_struct *mm, unsigned int number)
{
#ifdef TREE_HAS_MM_ID
	mm->mm_id = MM_ID_MIN + number;
#else
	(void)mm, (void)number;
#endif
}

/* 6.3: they are set by functions, which look at locks. */
#if !SINCE(6, 3)
static void vm_flags_init(struct vm_area_struct *vma, unsigned long flags)
{
	vma->vm_flags = flags;
}
#endif

void linux_vma_init(struct vm_area_struct *vma, struct mm_struct *mm,
		    unsigned long start, unsigned long end)
{
	vma_init(vma, mm);
	vma->vm_start = start;
	vma->vm_end = end;
	vm_flags_init(vma, VM_READ | VM_WRITE | VM_SHARED | VM_MAYREAD |
				   VM_MAYWRITE | VM_MAYSHARE);
}

void linux_zap(struct vm_area_struct *vma, unsigned long start,
	       unsigned long bytes)
{
#ifdef TREE_HAS_ZAP_VMA_RANGE
	zap_vma_range(vma, start, bytes);
#else
	zap_page_range_single(vma, start, bytes, NULL);
#endif
}

/* Of the file, where who asks for its pages finds the area. */
void linux_area_insert(struct vm_area_struct *vma,
		       struct address_space *mapping)
{
#ifdef TREE_HAS_MAPPING_RMAP_TREE
	mapping_rmap_tree_insert(vma, mapping);
#else
	vma_interval_tree_insert(vma, &mapping->i_mmap);
#endif
}

void linux_area_remove(struct vm_area_struct *vma,
		       struct address_space *mapping)
{
#ifdef TREE_HAS_MAPPING_RMAP_TREE
	mapping_rmap_tree_remove(vma, mapping);
#else
	vma_interval_tree_remove(vma, &mapping->i_mmap);
#endif
}

/*
 * Pages that note more of what is unmapped are of another type than what is mapped. It does
 * without: it flushes sooner. See: linux_may_make_types().
 */
#if !SINCE(6, 10)
unsigned long linux_pages_for_gather(gfp_t gfp, unsigned int order)
{
	return linux_may_make_types() ? __get_free_pages(gfp, order) : 0;
}
#endif

/* 6.13: the count is a kind of its own. The area has the first one. */
void linux_file_hold(struct file *file)
{
#if SINCE(6, 13)
	file_ref_init(&file->f_ref, 1);
#else
	file->f_count = (atomic_long_t)ATOMIC_LONG_INIT(1);
#endif
}

/* ------------------------------------------------------------------- stubs */

/* The area has one all the while. */
void fput(struct file *file)
{
#if SINCE(6, 13)
	file_ref_put(&file->f_ref);
#else
	atomic_long_dec(&file->f_count);
#endif
}

/* Times are not kept. */
int file_update_time(struct file *file)
{
	(void)file;
	return 0;
}
