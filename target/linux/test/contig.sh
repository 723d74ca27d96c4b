#!/bin/sh
# SPDX-License-Identifier: MIT
#
# contig.sh PAGERACE: alloc_contig_range() of pages in use comes to all that it
# is to come to. Run from the root. Schedules are of trees in which it waits for a grace
# period once; where pages are given out frozen, it does more often.
test=target/linux/test
if "$1" list sites --target linux | grep -q '^alloc_contig_frozen_range'; then
	sh $test/reaches.sh "$1" $test/contig_batch.prog flush_work &&
		exec sh $test/reaches.sh "$1" $test/contig_frozen.prog \
			__remove_mapping folio_wait_writeback \
			'(__)?folio_migrate_mapping' isolate_freepages_block \
			__split_page split_free_frozen_pages
fi
exec sh $test/reaches.sh "$1" $test/contig.prog \
	flush_work __remove_mapping folio_wait_writeback \
	'(__)?folio_migrate_mapping' isolate_freepages_block split_page
