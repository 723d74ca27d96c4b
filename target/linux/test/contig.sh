#!/bin/sh
# SPDX-License-Identifier: MIT
#
# contig.sh PAGERACE: an alloc_contig_range() goes all the way: the run of
# contig.prog is clean, and was where it says. Run from the root.
pagerace=$1
program=target/linux/test/contig.prog
status=0

sh fuzz/test/reasons.sh $program || status=1
"$pagerace" run $program || status=1
shown=$("$pagerace" show --verbose $program) || status=1
for function in flush_work __remove_mapping folio_wait_writeback \
	'(__)?folio_migrate_mapping' isolate_freepages_block split_page; do
	printf '%s\n' "$shown" | grep -qE " [0-9]+ $function:" || {
		echo "the run was not in $function()"
		status=1
	}
done
exit $status
