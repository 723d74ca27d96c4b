#!/bin/sh
# SPDX-License-Identifier: MIT
#
# reaches.sh PAGERACE PROGRAM FUNCTION...: the run of PROGRAM is clean, and was in
# each FUNCTION (extended regular expressions). Run from the root.
pagerace=$1 program=$2
shift 2
status=0

sh fuzz/commands/test/reasons.sh "$program" || status=1
"$pagerace" run "$program" || status=1
run=$(mktemp)
"$pagerace" show --quick --json "$run" "$program" >"$run.table" || status=1
for function in "$@"; do
	grep -qE "\"text\":\"($function)[:\"]" "$run" || {
		echo "the run was not in $function()"
		status=1
	}
done
rm -f "$run" "$run.table"
exit $status
