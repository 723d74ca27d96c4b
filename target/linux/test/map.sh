#!/bin/sh
# SPDX-License-Identifier: MIT
#
# map.sh PAGERACE: pages are mapped, and unmapped by all that may want that. Run from the
# root.
test=target/linux/test
status=0

sh $test/reaches.sh "$1" $test/map.prog \
	handle_mm_fault filemap_fault 'next_uptodate_(page|folio)' 'do_set_pte|set_pte_range' filemap_page_mkwrite \
	finish_fault page_vma_mkclean_one zap_pte_range tlb_finish_mmu try_to_unmap_one ||
	status=1
# Who meets an entry of a page that moves waits for it.
sh $test/reaches.sh "$1" $test/map_move.prog \
	try_to_migrate_one remove_migration_pte '(migration|softleaf)_entry_wait_on_locked' \
	linux_unmap_file || status=1
sh $test/reaches.sh "$1" $test/map_drop.prog \
	filemap_page_mkwrite truncate_inode_partial_folio try_to_unmap_one || status=1
exit $status
