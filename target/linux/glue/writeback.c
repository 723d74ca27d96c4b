// SPDX-License-Identifier: GPL-2.0
/*
 * writeback.c: pages on their way to the disk, which holds no reference of its own; and
 * who waits for them.
 *
 * Promise: who waits for a range has waited for all that was under way there when it
 * began. What is under writeback stays where it is in the file until it is done.
 *
 * Yields: linux_write(), linux_sync().
 * See: filemap_fdatawait_range(), 7e934cf5ace1.
 */
#include <linux/pagemap.h>
#include <linux/rmap.h>
#include <linux/writeback.h>

#include "glue.h"
#include "marked_walk.h"

struct transfer {
	struct rcu_head head; /* first */
	struct folio *folio;
	unsigned long position; /* of it, when this began */
	unsigned int order;
	bool dirty; /* it was: what it bears goes to the disk */
};

/* By the position of the folio: its number, from 1; 0: nothing is under way. */
static unsigned long under_way[TARGET_INDEX_MAX];
static unsigned long transfers;

static void transfer_complete(struct rcu_head *head)
{
	struct transfer *transfer = (struct transfer *)head;
	struct folio *folio = transfer->folio;

	under_way[transfer->position] = 0;
	if (transfer->dirty)
		linux_written_out(&folio->page, transfer->position,
				  transfer->order);
	machine_free(transfer);
	folio_end_writeback(folio);
}

/*
 * Who stores to it from now on makes it dirty anew. As folio_clear_dirty_for_io() does,
 * where dirty pages are accounted for.
 */
static void clean_mapped(struct folio *folio)
{
	if (linux_is_mapped(folio->mapping) && folio_mkclean(folio))
		folio_mark_dirty(folio);
}

/* The folio is locked, in the cache and not under writeback. */
static void transfer_start(struct folio *folio)
{
	struct transfer *transfer = machine_alloc(sizeof(*transfer));

	if (!transfer)
		return;
	transfer->folio = folio;
	transfer->position = linux_position(folio->mapping, folio->index);
	transfer->order = linux_view_order((int)folio_pfn(folio));
	transfer->dirty = linux_view_flag(&folio->page, PG_dirty);
	if (transfer->dirty) {
		clean_mapped(folio);
		folio_clear_dirty_for_io(folio);
	}
	folio_start_writeback(folio);
	under_way[transfer->position] = ++transfers;
	call_rcu(&transfer->head, transfer_complete);
}

void linux_write(const struct op_args *args, struct op_result *result)
{
	struct folio *folio = linux_lookup(args->index);

	(void)result;
	if (!folio)
		return;
	folio_lock(folio);
	if (folio->mapping == linux_mapping_at(args->index) &&
	    !folio_test_writeback(folio))
		transfer_start(folio);
	folio_unlock(folio);
	folio_put(folio);
}

/* Those of the range are waited for: none of @before is under way. */
static void have_waited(const unsigned long *before, unsigned long start,
			unsigned int count)
{
	unsigned long i, end = min(start + count, target_file_end(start));

	for (i = start; i < end; i++)
		if (before[i] && before[i] == under_way[i])
			machine_bug("writeback-not-waited-for");
}

void linux_sync(const struct op_args *args, struct op_result *result)
{
	loff_t start = (loff_t)target_index(args->index) << PAGE_SHIFT;
	unsigned long before[TARGET_INDEX_MAX];

	(void)result;
	if (!args->count || !linux_marked_walk_begin())
		return;
	memcpy(before, under_way, sizeof(before));
	filemap_fdatawait_range_keep_errors(
		linux_mapping_at(args->index), start,
		start + ((loff_t)args->count << PAGE_SHIFT) - 1);
	linux_marked_walk_end();
	have_waited(before, args->index, args->count);
}
