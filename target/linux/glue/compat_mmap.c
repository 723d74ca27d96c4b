// SPDX-License-Identifier: GPL-2.0
/* compat_mmap.c: what differs between versions in how a file is mapped; and stubs. */
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/version.h>

#include "mm_internal.h"
#include "glue.h"

#define SINCE(major, minor)                                                    \
	(LINUX_VERSION_CODE >= KERNEL_VERSION(major, minor, 0))

/* Page 0 is like any other. */
extern unsigned long zero_pfn;
void linux_no_page_of_zeros(void)
{
	zero_pfn = ULONG_MAX;
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
	zap_page_range_single(vma, start, bytes, NULL);
}

/* How often it is mapped, be it a part of a larger folio. */
int linux_mapcount(const struct page *page)
{
	return page->_mapcount.counter + 1;
}

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
