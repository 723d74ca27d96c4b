#!/bin/sh
# SPDX-License-Identifier: MIT
#
# contig.sh PAGERACE: an alloc_contig_range() goes all the way. Run from the root.
exec sh target/linux/test/reaches.sh "$1" target/linux/test/contig.prog \
	flush_work __remove_mapping folio_wait_writeback \
	'(__)?folio_migrate_mapping' isolate_freepages_block split_page
