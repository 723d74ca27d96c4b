#!/bin/sh
# SPDX-License-Identifier: MIT
#
# split.sh PAGERACE: large folios are really split; the pages stand where they
# stood. Run from the root.
pagerace=$1
program=target/linux/test/split.prog
status=0

sh target/linux/test/reaches.sh "$pagerace" $program \
	linux_split xas_split_alloc xas_split '__split_huge_page|__split_folio_to_order' \
	'truncate_inode_partial_folio|try_folio_split_or_unmap' || status=1
found=$("$pagerace" show --quick --verbose $program | sed -n 's/^ *[0-9]* *= page //p' | tr '\n' ' ')
[ "$found" = "0 0 5 3 19 " ] || { echo "found $found"; status=1; }
exit $status
