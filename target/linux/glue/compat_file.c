// SPDX-License-Identifier: GPL-2.0
/* compat_file.c: what differs between versions in how a file is written to. */
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/writeback.h>

#include "mm_internal.h"
#include "glue.h"

/* Before 6.8 the kernel's store is a plain one. */
void linux_size_store(struct inode *inode, loff_t size)
{
#if !SINCE(6, 8)
	WRITE_ONCE(inode->i_size, size);
#else
	i_size_write(inode, size);
#endif
}

/*
 * As a bio's end does, which has no reference: when the lock is free the folio may go, and
 * be somebody else's when its waiters are woken. So here is one meanwhile.
 * See: ../README.md, findings; folio_end_writeback().
 */
void linux_folio_filled(struct folio *folio)
{
	folio_get(folio);
#if !SINCE(6, 7)
	folio_mark_uptodate(folio);
	folio_unlock(folio);
#else
	folio_end_read(folio, true);
#endif
	folio_put(folio);
}

#if !SINCE(6, 12)
typedef struct page *written_t;
#define WRITTEN(folio, at) folio_file_page(folio, (pgoff_t)(at) >> PAGE_SHIFT)
#define FOLIO(written) page_folio(written)
#else
typedef struct folio *written_t;
#define WRITTEN(folio, at) (folio)
#define FOLIO(written) (written)
#endif
#if !SINCE(6, 17)
typedef struct file *writer_t;
#else
typedef const struct kiocb *writer_t;
#endif

static int file_write_begin(writer_t writer, struct address_space *mapping,
			    loff_t at, unsigned int length, written_t *written,
			    void **data)
{
	struct folio *folio = linux_write_begin(mapping, at, length);

	(void)writer, (void)data;
	if (!folio)
		return -ENOMEM;
	*written = WRITTEN(folio, at);
	return 0;
}

static int file_write_end(writer_t writer, struct address_space *mapping,
			  loff_t at, unsigned int length, unsigned int copied,
			  written_t written, void *data)
{
	(void)writer, (void)length, (void)data;
	linux_write_end(mapping, FOLIO(written), at, copied);
	return (int)copied;
}

const struct address_space_operations linux_file_operations = {
	.read_folio = linux_read_folio,
	.readahead = linux_readahead,
	.write_begin = file_write_begin,
	.write_end = file_write_end,
	.dirty_folio = filemap_dirty_folio,
	.migrate_folio = filemap_migrate_folio,
};
