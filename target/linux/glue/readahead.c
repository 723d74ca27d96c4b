// SPDX-License-Identifier: GPL-2.0
/*
 * readahead.c: reading as who has the file open does, and reads on: what was asked for, and
 * what the kernel thinks will be asked for next.
 *
 * A file is open once, for all tasks, as threads of a process share theirs; what it remembers of
 * reads (struct file_ra_state) nobody locks. Its disk is asked for a batch of folios first,
 * in the way of btrfs and fuse, then for one at a time, in that of mpage_readahead() and
 * iomap_readahead(). Requests are completed later, and until then the lock of a folio alone
 * keeps it where it is. For what finds no memory none is sent: the core drops it again.
 *
 * Promise: a page is filled with what the disk had when it was asked: where the blocks are
 * is known by then.
 *
 * Yields: in every function but linux_open().
 * See: read_pages() and page_cache_ra_order() in mm/readahead.c.
 */
#include <linux/fs.h>
#include <linux/pagemap.h>

#include "glue.h"
#include "marked_walk.h"

#define BATCH 4 /* folios of a request */

struct request {
	struct rcu_head head; /* first */
	unsigned int nr;
	struct folio *folios[BATCH];
	struct linux_blocks blocks; /* of all of them */
};

static struct file opened[LINUX_FILES];
static bool fills[LINUX_TASKS];

/* -------------------------------------------------------------------- the disk */

static void request_complete(struct rcu_head *head)
{
	struct request *request = (struct request *)head;
	unsigned int i;

	for (i = 0; i < request->nr; i++) {
		linux_blocks_read(&request->blocks, request->folios[i]);
		linux_folio_filled(request->folios[i]);
	}
	machine_free(request);
}

/* From then on it may be over at any time. */
static void request_send(struct request *request)
{
	unsigned int i;

	for (i = 0; i < request->nr; i++)
		linux_blocks_find(&request->blocks, request->folios[i]);
	call_rcu(&request->head, request_complete);
}

static bool send_batch(struct readahead_control *control)
{
	struct request *request = machine_alloc(sizeof(*request));
	struct page *pages[BATCH];
	unsigned int i, nr;

	if (!request)
		return false;
	nr = __readahead_batch(control, pages, BATCH);
	for (i = 0; i < nr; i++)
		request->folios[i] = page_folio(pages[i]);
	request->nr = nr;
	request_send(request);
	for (i = 0; i < nr; i++)
		put_page(pages[i]);
	return true;
}

/* Returns: whether there was one, and memory to ask for it; else it is not filled. */
static bool send_next(struct readahead_control *control)
{
	struct folio *folio = readahead_folio(control);
	struct request *request;

	if (!folio)
		return false;
	request = machine_alloc(sizeof(*request));
	if (!request) {
		folio_unlock(folio);
		return false;
	}
	request->nr = 1;
	request->folios[0] = folio;
	request_send(request);
	return true;
}

void linux_readahead(struct readahead_control *control)
{
	if (send_batch(control))
		while (send_next(control))
			;
}

/* ------------------------------------------------------------------- its reader */

void linux_open(struct inode *inode)
{
	struct file *file = &opened[linux_file_of(inode->i_mapping)];

	file->f_inode = inode;
	file->f_mapping = inode->i_mapping;
	file->f_ra = (struct file_ra_state){ 0 };
	file_ra_state_init(&file->f_ra, file->f_mapping);
}

bool linux_is_open(const struct file *file)
{
	return file >= opened && file < opened + LINUX_FILES;
}

/* Of describe.c, which calls nothing that ThreadSanitizer hears of. */
__attribute__((disable_sanitizer_instrumentation)) const struct file *
linux_opened(unsigned int i)
{
	return &opened[i];
}

/*
 * A folio has been allocated that begins with a page that had begun a larger one. If it is
 * for the file, it may come where that was, by chance: then those who look for that are
 * waited for. Returns: whether they were.
 */
bool linux_wait_before_readahead(unsigned int order)
{
	unsigned long index = 0;

	if (!fills[machine.self->id] || preempt_count() || irqs_disabled())
		return false;
	while (index < TARGET_INDEX_MAX &&
	       linux_view_entry_order(index) <= order)
		index++;
	if (index == TARGET_INDEX_MAX)
		return false;
	linux_wait_for_lookups(index, order);
	return true;
}

void linux_fills(bool does)
{
	fills[machine.self->id] = does;
}

/* Folios of any order may come: see marked_walk.h. */
void linux_read_ahead(const struct op_args *args, struct op_result *result)
{
	unsigned long position = args->index;

	(void)result;
	if (!linux_add_large_begin())
		return;
	linux_fills(true);
	linux_read_file(&opened[target_file(position)], position, args->own[1],
			0);
	linux_fills(false);
	linux_add_large_end();
}
