// SPDX-License-Identifier: GPL-2.0
/*
 * read.c: reading a file: its contents leave the kernel.
 *
 * Yields: in linux_read().
 */
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/uaccess.h>
#include <linux/uio.h>

#include "glue.h"

/* Where all readers have user space. */
static unsigned char buffer[TARGET_BATCH_MAX * PAGE_SIZE] LINUX_UNTOUCHED;

/* The page at the index that was asked for comes first, if it is there. */
void linux_leaves(const void *to, const void *from, unsigned long n)
{
	size_t at = (size_t)((const unsigned char *)to - buffer);
	unsigned long i;

	if (to == buffer)
		machine_leaves(from, n);
	if (at >= sizeof(buffer) || at % PAGE_SIZE)
		return;
	for (i = 0; i < n; i += PAGE_SIZE)
		linux_reader_gets((at + i) / PAGE_SIZE,
				  (const unsigned char *)from + i);
}

ssize_t linux_read_file(struct file *file, unsigned long position,
			unsigned int nr, int flags)
{
	loff_t at = (loff_t)target_index(position) << PAGE_SHIFT;
	struct kiocb iocb = { .ki_filp = file,
			      .ki_pos = at,
			      .ki_flags = flags };
	struct iov_iter to;
	ssize_t got;

	iov_iter_ubuf(&to, ITER_DEST, buffer, nr * PAGE_SIZE);
	linux_reading_begin(file->f_inode);
	linux_reader_begin(position, linux_is_open(file));
	got = filemap_read(&iocb, &to, 0);
	linux_reading_end(at, !flags, got);
	linux_reader_end();
	return got;
}

/*
 * What is there and follows each other, in one batch; else the first page,
 * even if that has to be read in. A hole stays one: nobody wants to fill it.
 */
void linux_read(const struct op_args *args, struct op_result *result)
{
	loff_t at = (loff_t)target_index(args->index) << PAGE_SHIFT;
	struct file file = { .f_mapping = linux_mapping_at(args->index),
			     .f_inode = linux_file_at(args->index) };

	(void)result;
	if (linux_read_file(&file, args->index, TARGET_BATCH_MAX,
			    IOCB_NOWAIT | IOCB_NOIO) < (ssize_t)PAGE_SIZE &&
	    filemap_range_has_page(file.f_mapping, at, at + PAGE_SIZE - 1))
		linux_read_file(&file, args->index, 1, 0);
}
