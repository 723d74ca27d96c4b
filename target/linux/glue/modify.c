// SPDX-License-Identifier: GPL-2.0
/*
 * modify.c: writing to the file, a page at a time: from user space into the page cache.
 * From there to the disk it goes by writeback.c.
 *
 * Yields: in every function.
 * See: generic_perform_write(), nfs_write_begin(), simple_write_end(), ext4_write_end().
 */
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/uio.h>

#include "glue.h"

/* Where the writers of each task have user space. */
static unsigned char sources[LINUX_TASKS][PAGE_SIZE] LINUX_UNTOUCHED;

static struct folio *locked_folio(loff_t at)
{
	struct folio *folio = __filemap_get_folio(
		linux_mapping, (pgoff_t)at >> PAGE_SHIFT,
		FGP_LOCK | FGP_WRITE | FGP_CREAT | FGP_STABLE,
		mapping_gfp_mask(linux_mapping));

	return IS_ERR_OR_NULL(folio) ? NULL : folio;
}

/* Returns: the folio, locked; it is read in, or all of it will be written. NULL: no memory. */
struct folio *linux_write_begin(loff_t at, unsigned int length)
{
	struct folio *folio = locked_folio(at);

	while (folio && !folio_test_uptodate(folio) &&
	       length < folio_size(folio)) {
		linux_read_folio(NULL, folio);
		folio_put(folio);
		folio = locked_folio(at);
	}
	return folio;
}

void linux_write_end(struct folio *folio, loff_t at, unsigned int copied)
{
	if (!folio_test_uptodate(folio))
		folio_mark_uptodate(folio);
	if (at + copied > linux_inode.i_size)
		linux_size_set(at + copied);
	folio_mark_dirty(folio);
	linux_version_put((unsigned long)at >> PAGE_SHIFT);
	folio_unlock(folio);
	folio_put(folio);
}

/* Returns: whether there was memory for it. */
static bool perform(unsigned long index, unsigned int version)
{
	unsigned char *source = sources[machine.self->id];
	struct file file = { .f_mapping = linux_mapping,
			     .f_inode = &linux_inode };
	struct kiocb iocb = { .ki_filp = &file,
			      .ki_pos = (loff_t)index << PAGE_SHIFT };
	struct iov_iter from;

	linux_version_fill(source, index, version);
	iov_iter_ubuf(&from, ITER_SOURCE, source, PAGE_SIZE);
	return generic_perform_write(&iocb, &from) > 0;
}

/* All of the page at the index. Where it adds one, something larger may have stood. */
void linux_modify(const struct op_args *args, struct op_result *result)
{
	unsigned long index = args->own[0];
	loff_t before, at = (loff_t)index << PAGE_SHIFT;
	unsigned int version;
	bool written;

	(void)result;
	inode_lock(&linux_inode);
	before = linux_inode.i_size;
	version = linux_version_begin(index);
	if (version) {
		linux_wait_for_lookups(index, 0);
		written = perform(index, version);
		linux_version_end(index);
		if (written && at > before)
			pagecache_isize_extended(&linux_inode, before, at);
	}
	inode_unlock(&linux_inode);
}
