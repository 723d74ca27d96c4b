// SPDX-License-Identifier: GPL-2.0
/*
 * file.c: the files. A position is a number for all of them: TARGET_FILE_PAGES of the
 * first, then those of the next.
 *
 * See: inode_init_always(), address_space_init_once() in fs/inode.c.
 */
#include <linux/fs.h>
#include <linux/pagemap.h>

#include "glue.h"

static struct inode inodes[LINUX_FILES];
static struct super_block super;

/* Of describe.c, which calls nothing that ThreadSanitizer hears of. */
__attribute__((disable_sanitizer_instrumentation)) struct inode *
linux_file(unsigned int file)
{
	return &inodes[file];
}

unsigned int linux_file_of(const struct address_space *mapping)
{
	unsigned int file = 0;

	while (file < LINUX_FILES && mapping != &inodes[file].i_data)
		file++;
	return file;
}

static void file_init(struct inode *inode)
{
	struct address_space *mapping = &inode->i_data;

	xa_init_flags(&mapping->i_pages, XA_FLAGS_LOCK_IRQ | XA_FLAGS_ACCOUNT);
	spin_lock_init(&inode->i_lock);
	inode->i_sb = &super;
	inode->i_mapping = mapping;
	inode->i_blkbits = PAGE_SHIFT - 2;
	inode->i_size = (loff_t)TARGET_FILE_PAGES << PAGE_SHIFT;
	mapping->host = inode;
	mapping->a_ops = &linux_file_operations;
	mapping->gfp_mask = __GFP_MOVABLE | __GFP_NOWARN;
	mapping_set_large_folios(mapping);
}

void linux_files_init(void)
{
	unsigned int file;

	super.s_maxbytes = (loff_t)TARGET_FILE_PAGES << PAGE_SHIFT;
	for (file = 0; file < LINUX_FILES; file++)
		file_init(&inodes[file]);
}
