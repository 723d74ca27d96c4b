#!/bin/sh
# SPDX-License-Identifier: MIT
#
# large.sh PAGERACE: a folio larger than a node and a pageblock is moved whole out of a
# range of pageblocks, and then split; its parts are found. Run from the root.
pagerace=$1
program=target/linux/test/large.prog
status=0

sh target/linux/test/reaches.sh "$pagerace" $program \
	op_split xas_split_alloc xas_split isolate_single_pageblock \
	'(__)?folio_migrate_mapping' '__split_huge_page|__split_folio_to_order' || status=1
found=$("$pagerace" show --quick --verbose $program | sed -n 's/^ *[0-9][0-9]* = page \([0-9]*\)$/\1/p' | tr '\n' ' ')
# The folio of index 0; its part of index 0; those of 15, 16 and 63.
read -r whole part a b c rest <<-END
	$found
END
[ "$((whole % 64)) $part $a $b $c $rest" = \
	"0 $whole $((whole + 15)) $((whole + 16)) $((whole + 63)) " ] &&
	[ "$whole" -ge 64 ] || { echo "found $found"; status=1; }
exit $status
