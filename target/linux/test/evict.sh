#!/bin/sh
# SPDX-License-Identifier: MIT
#
# evict.sh PAGERACE: a file goes, and comes again where it was; the other stays. Run from
# the root.
pagerace=$1
test=target/linux/test
status=0
fail() { echo "$*"; status=1; }

# linux_file_close: somebody waited for it.
sh $test/reaches.sh "$pagerace" $test/evict.prog \
	truncate_inode_pages_final find_lock_entries linux_clear_inode \
	linux_file_close '__split_huge_page|__split_folio_to_order' || status=1
sh $test/reaches.sh "$pagerace" $test/node_left.prog xa_destroy || status=1
run=$(mktemp)
"$pagerace" show --quick --json "$run" $test/evict.prog >"$run.table" 2>/dev/null ||
	fail 'not shown'
grep -q '"text":"xas_start: mapping 1 xa_head' "$run" || fail 'the second file has no name'
"$pagerace" show --quick --verbose $test/evict.prog >"$run.table" 2>/dev/null
grep -q ' 3 of file 1 -> page' "$run.table" || fail 'the cache of the second file is not shown'
[ "$(grep -c 'callback linux_file_free\|callback file_free' "$run.table")" = 2 ] ||
	fail 'it went other than twice'
rm -f "$run" "$run.table"
exit $status
