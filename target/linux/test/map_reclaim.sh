#!/bin/sh
# SPDX-License-Identifier: MIT
#
# map_reclaim.sh PAGERACE: who asks without a lock how often a folio is mapped may be
# overtaken by the first to map it. Run from the root.
program=target/linux/test/map_reclaim.prog
said=$(mktemp)
trap 'rm -f "$said"' EXIT
status=0

sh target/linux/test/reaches.sh "$1" $program '(mapped_)?folio_referenced' || status=1
"$1" explore --preemptions 1 $program >"$said" 2>&1
[ $? = 1 ] || { cat "$said"; status=1; }
exit $status
