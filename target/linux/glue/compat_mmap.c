// SPDX-License-Identifier: GPL-2.0
/* compat_mmap.c: what differs between versions in how a file is mapped; and stubs. */
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/version.h>

#include "mm_internal.h"
#include "glue.h"

/* Page 0 is like any other. */
extern unsigned long zero_pfn;
void linux_no_page_of_zeros(void)
{
	zero_pfn = ULONG_MAX;
}

void linux_vma_init(struct vm_area_struct *vma, struct mm_struct *mm,
		    unsigned long start, unsigned long end)
{
	vma_init(vma, mm);
	vma->vm_start = start;
	vma->vm_end = end;
	vma->vm_flags = VM_READ | VM_WRITE | VM_SHARED | VM_MAYREAD |
			VM_MAYWRITE | VM_MAYSHARE;
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

/* ------------------------------------------------------------------- stubs */

/* The area has a reference all the while. */
void fput(struct file *file)
{
	atomic_long_dec(&file->f_count);
}

/* Times are not kept. */
int file_update_time(struct file *file)
{
	(void)file;
	return 0;
}
