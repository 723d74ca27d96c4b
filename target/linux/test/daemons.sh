#!/bin/sh
# SPDX-License-Identifier: MIT
#
# daemons.sh PAGERACE: kcompactd, kswapd and an allocation that does their work itself
# come to all that they are to come to, and leave what is in use. Run from the root.
pagerace=$1 test=target/linux/test
status=0

# reaches NAME FUNCTION...
reaches() {
	program=$test/$1.prog
	shift
	sh $test/reaches.sh "$pagerace" "$program" "$@" || status=1
}

reaches compact '(proactive_)?compact_node' compact_zone isolate_migratepages_block \
	isolate_freepages_block __isolate_free_page '(__)?folio_migrate_mapping'
reaches compact_for_a_block fast_find_migrateblock __drain_all_pages
reaches compact_for_eight fast_isolate_freepages '(__)?folio_migrate_mapping'
reaches reclaim_some kswapd balance_pgdat shrink_inactive_list shrink_folio_list \
	__remove_mapping move_folios_to_lru
reaches alloc_hard try_to_free_pages shrink_inactive_list __remove_mapping \
	workingset_eviction
reaches alloc_hard_block compaction_suitable compact_zone isolate_migratepages_block
reaches alloc_atomic reserve_highatomic_pageblock
# What the first task's lookups got.
run=$(mktemp)
"$pagerace" show --quick --json "$run" $test/reclaim_some.prog >/dev/null 2>&1
found=$(sed -n 's/^{"task":0,.*"text":"lookup .*"result":"\{0,1\}\([a-z 0-9]*\).*/\1/p' "$run" | tr '\n' ' ')
rm -f "$run"
[ "$found" = "page 0 page 1 nothing " ] || {
	echo "reclaim_some: found $found"
	status=1
}
exit $status
