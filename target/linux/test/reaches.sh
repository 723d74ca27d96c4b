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
shown=$("$pagerace" show --verbose "$program") || status=1
for function in "$@"; do
	printf '%s\n' "$shown" | grep -qE " [0-9]+ ($function):" || {
		echo "the run was not in $function()"
		status=1
	}
done
exit $status
