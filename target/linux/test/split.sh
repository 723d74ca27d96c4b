#!/bin/sh
# SPDX-License-Identifier: MIT
#
# split.sh PAGERACE: large folios are really split: the run of split.prog is
# clean, and was where it says; the pages stand where they stood. Run from the
# root.
pagerace=$1
program=target/linux/test/split.prog
status=0

sh fuzz/test/reasons.sh $program || status=1
"$pagerace" run $program || status=1
shown=$("$pagerace" show --verbose $program) || status=1
for function in op_split xas_split_alloc xas_split __split_huge_page \
	'truncate_inode_partial_folio|try_folio_split_or_unmap'; do
	printf '%s\n' "$shown" | grep -qE " [0-9]+ ($function):" || {
		echo "the run was not in $function()"
		status=1
	}
done
found=$("$pagerace" show $program | sed -n 's/^ *= page //p' | tr '\n' ' ')
[ "$found" = "0 0 5 3 19 " ] || { echo "found $found"; status=1; }
exit $status
