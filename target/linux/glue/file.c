// SPDX-License-Identifier: GPL-2.0
/*
 * file.c: the files. A position is a number for all of them: TARGET_FILE_PAGES of the
 * first, then those of the next.
 *
 * Who is about a file has it open for that long, and then its inode stays. Who goes by a
 * folio alone does not: reclaim, migration, who splits a page that somebody pointed at,
 * the end of writeback. The kernel promises them a mapping while the folio is locked and
 * in the cache. An inode that went comes again at the same address, as the first of a
 * slab's free objects would, when it is opened next; a late access to it is a finding.
 *
 * Promise: what is open is there, and there is one inode of it.
 *
 * Yields: linux_file_open() where the inode is on its way out; linux_file_close() where
 * somebody waits for that; linux_evict().
 * See: inode_init_always(), address_space_init_once(), __wait_on_freeing_inode(),
 *   iput_final(), evict(), clear_inode(), destroy_inode(), i_callback() in fs/inode.c.
 */
#include <linux/fs.h>
#include <linux/pagemap.h>

#include "glue.h"

static struct super_block super;

static struct life {
	enum {
		FILE_THERE,
		FILE_GOES,
		FILE_GONE,
		FILE_COMES /* anew; it takes steps where plain accesses are some */
	} state;
	unsigned long nr; /* how often it has gone */
	unsigned int users; /* that have it open */
	bool wanted; /* somebody evicts it as soon as there are none */
	bool awaited; /* somebody waits for it to have come */
} lives[LINUX_FILES];

_Static_assert(sizeof(struct inode) <= MACHINE_OBJECT_MAX, "it has a home");

/* Of describe.c, which calls nothing that ThreadSanitizer hears of. */
__attribute__((disable_sanitizer_instrumentation)) struct inode *
linux_file(unsigned int file)
{
	return machine_home(file);
}

unsigned int linux_file_of(const struct address_space *mapping)
{
	unsigned int file = 0;

	while (file < LINUX_FILES && mapping != &linux_file(file)->i_data)
		file++;
	return file;
}

bool linux_file_there(unsigned int file)
{
	return lives[file].state <= FILE_GOES;
}

static void file_init(struct inode *inode)
{
	struct address_space *mapping = &inode->i_data;

	memset(inode, 0, MACHINE_OBJECT_MAX);
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
	linux_open(inode);
}

void linux_files_init(void)
{
	unsigned int file;

	super.s_maxbytes = (loff_t)TARGET_FILE_PAGES << PAGE_SHIFT;
	linux_mmap_init(&super);
	for (file = 0; file < LINUX_FILES; file++)
		file_init(linux_file(file));
}

void linux_files_region(struct target_region *region)
{
	*region = (struct target_region){ .start = machine_home(0),
					  .size = LINUX_FILES *
						  MACHINE_OBJECT_MAX };
}

/* -------------------------------------------------------------- open, close */

/* Who waits for it is let in. See: unlock_new_inode(). */
static void file_comes(unsigned int file)
{
	struct life *life = &lives[file];

	machine_joins(life);
	life->state = FILE_COMES;
	file_init(linux_file(file));
	life->state = FILE_THERE;
	machine_parts(life);
	if (life->awaited)
		machine_wake(SITE("linux_file_open", "", MACHINE_WAKES,
				  MACHINE_FULL, 0),
			     life);
	life->awaited = false;
}

/* It is on its way out: when that is over another comes, of what the disk has. */
static void open_anew(unsigned int file)
{
	struct life *life = &lives[file];

	for (;;) {
		machine_prepare_to_wait(life);
		if (life->state == FILE_THERE)
			break;
		if (life->state == FILE_GONE && machine_home_again(file)) {
			machine_finish_wait();
			file_comes(file);
			return;
		}
		life->awaited |= life->state == FILE_COMES;
		machine_wait(SITE("linux_file_open", "", MACHINE_WAITS,
				  MACHINE_FULL, 0));
	}
	machine_finish_wait();
}

/* See: __wait_on_freeing_inode(). */
void linux_file_open(unsigned long position)
{
	unsigned int file = (unsigned int)target_file(position);

	while (lives[file].state != FILE_THERE)
		open_anew(file);
	if (lives[file].nr) /* whoever made it is before */
		machine_joins(&lives[file]);
	lives[file].users++;
}

void linux_file_close(unsigned long position)
{
	struct life *life = &lives[target_file(position)];

	machine_parts(life);
	if (!--life->users && life->wanted)
		machine_wake(SITE("linux_file_close", "", MACHINE_WAKES,
				  MACHINE_FULL, 0),
			     life);
}

/* -------------------------------------------------------------------- evict */

/* See: i_callback(), and __wait_on_freeing_inode() for who is woken. */
static void file_free(struct rcu_head *head)
{
	struct inode *inode = container_of(head, struct inode, i_rcu);
	unsigned int file = linux_file_of(&inode->i_data);

	machine_free(inode);
	lives[file].state = FILE_GONE;
	machine_parts(&lives[file]);
	machine_wake(SITE("linux_file_free", "", MACHINE_WAKES, MACHINE_FULL,
			  0),
		     &lives[file]);
}

/*
 * Truncation has ended, and nobody adds: no page is left, nor what one left when it was
 * reclaimed. Nodes may be, where there was no memory for more.
 */
static void judge_tree(struct address_space *mapping)
{
	unsigned long index = 0;

	if (mapping_empty(mapping))
		return;
	if (xa_find(&mapping->i_pages, &index, ULONG_MAX, XA_PRESENT))
		machine_bug("left-in-a-file-that-went");
	if (!linux_cache_refused())
		machine_bug("tree-node-outlived-its-file");
	xa_destroy(&mapping->i_pages);
}

/* Who removed the last page may be about to let go of the lock. See: clear_inode(). */
static void linux_clear_inode(struct inode *inode)
{
	xa_lock_irq(&inode->i_data.i_pages);
	BUG_ON(inode->i_data.nrpages);
	xa_unlock_irq(&inode->i_data.i_pages);
	judge_tree(&inode->i_data);
}

/* Until nobody has it open. Returns: false, it has gone meanwhile. */
static bool wait_for_users(struct life *life)
{
	unsigned long nr = life->nr;
	bool goes;

	life->wanted = true;
	for (;;) {
		machine_prepare_to_wait(life);
		goes = life->state == FILE_THERE && life->nr == nr;
		if (goes ? !life->users : life->state != FILE_GOES)
			break;
		machine_wait(SITE("linux_evict", "", MACHINE_WAITS,
				  MACHINE_FULL, 0));
	}
	machine_finish_wait();
	return goes;
}

static void drop_pages(unsigned long position)
{
	linux_drops_begin(position, TARGET_FILE_PAGES);
	truncate_inode_pages(linux_mapping_at(position), 0);
	linux_drops_end();
}

/*
 * The inode goes: as one that nobody uses does, of a file that stays on the disk. What
 * is dirty is lost. Who would be the last to close it does not do it himself. On weak
 * memory only the pages go: to close a file orders nothing here.
 */
void linux_evict(const struct op_args *args, struct op_result *result)
{
	unsigned int file = (unsigned int)target_file(args->index);
	struct inode *inode = linux_file(file);
	struct life *life = &lives[file];

	(void)result;
	if (machine.weak) {
		drop_pages(args->index);
		return;
	}
	if (!linux_file_there(file) || !wait_for_users(life))
		return;
	life->state = FILE_GOES;
	life->wanted = false;
	machine_joins(life);
	linux_unmap_file(file);
	linux_drops_begin(args->index, TARGET_FILE_PAGES);
	truncate_inode_pages_final(&inode->i_data);
	linux_clear_inode(inode);
	linux_drops_end();
	linux_gone(args->index, TARGET_FILE_PAGES);
	life->nr++;
	call_rcu(&inode->i_rcu, file_free);
}
