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

static struct folio *locked_folio(struct address_space *mapping, loff_t at)
{
	struct folio *folio = __filemap_get_folio(
		mapping, (pgoff_t)at >> PAGE_SHIFT,
		FGP_LOCK | FGP_WRITE | FGP_CREAT | FGP_STABLE,
		mapping_gfp_mask(mapping));

	return IS_ERR_OR_NULL(folio) ? NULL : folio;
}

/* Returns: the folio, locked; it is read in, or all of it will be written. NULL: no memory. */
struct folio *linux_write_begin(struct address_space *mapping, loff_t at,
				unsigned int length)
{
	struct folio *folio = locked_folio(mapping, at);

	while (folio && !folio_test_uptodate(folio) &&
	       length < folio_size(folio)) {
		linux_read_folio(NULL, folio);
		folio_put(folio);
		folio = locked_folio(mapping, at);
	}
	return folio;
}

void linux_write_end(struct address_space *mapping, struct folio *folio,
		     loff_t at, unsigned int copied)
{
	struct inode *inode = mapping->host;

	if (!folio_test_uptodate(folio))
		folio_mark_uptodate(folio);
	if (at + copied > inode->i_size)
		linux_size_set(inode, at + copied);
	folio_mark_dirty(folio);
	linux_version_put(linux_position(mapping, (pgoff_t)at >> PAGE_SHIFT));
	folio_unlock(folio);
	folio_put(folio);
}

/* Returns: whether there was memory for it. */
static bool perform(unsigned long position, unsigned int version)
{
	unsigned char *source = sources[machine.self->id];
	struct file file = { .f_mapping = linux_mapping_at(position),
			     .f_inode = linux_file_at(position) };
	struct kiocb iocb = { .ki_filp = &file,
			      .ki_pos = (loff_t)target_index(position)
					<< PAGE_SHIFT };
	struct iov_iter from;

	linux_version_fill(source, position, version);
	iov_iter_ubuf(&from, ITER_SOURCE, source, PAGE_SIZE);
	return generic_perform_write(&iocb, &from) > 0;
}

/* All of the page at the position. Where it adds one, something larger may have stood. */
void linux_modify(const struct op_args *args, struct op_result *result)
{
	unsigned long position = args->index;
	struct inode *inode = linux_file_at(position);
	loff_t before, at = (loff_t)target_index(position) << PAGE_SHIFT;
	unsigned int version;
	bool written;

	(void)result;
	inode_lock(inode);
	before = inode->i_size;
	version = linux_version_begin(position);
	if (version) {
		linux_wait_for_lookups(position, 0);
		written = perform(position, version);
		linux_version_end(position);
		if (written && at > before)
			pagecache_isize_extended(inode, before, at);
	}
	inode_unlock(inode);
}
