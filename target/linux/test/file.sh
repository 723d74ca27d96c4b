#!/bin/sh
# SPDX-License-Identifier: MIT
#
# file.sh PAGERACE: a file that is cut off, written to and read ahead comes to what it
# is to come to, and says the same to each reader. Run from the root.
test=target/linux/test
status=0

sh $test/reaches.sh "$1" $test/truncate.prog \
	truncate_inode_pages_range truncate_inode_partial_folio \
	'xas_(try_)?split|split_huge_page_to_list|__folio_freeze_and_split_unmapped' \
	filemap_read || status=1
sh $test/reaches.sh "$1" $test/modify.prog \
	'(__)?folio_mark_dirty' '(__)?folio_start_writeback' folio_clear_dirty_for_io \
	'(__)?filemap_remove_folio' filemap_get_pages || status=1
sh $test/reaches.sh "$1" $test/read_ahead.prog \
	'page_cache_ra_order|ra_alloc_folio' page_cache_ra_unbounded page_cache_async_ra \
	send_batch send_next linux_blocks_read folio_wait_bit_common || status=1
exit $status
