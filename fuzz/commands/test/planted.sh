#!/bin/sh
# SPDX-License-Identifier: MIT
#
# planted.sh PAGERACE: in a build with ThreadSanitizer each planted race is
# reported, in ten processes of ten, between two tasks, both in the target's
# code.
pagerace=$1
report=$(mktemp)
trap 'rm -f "$report"' EXIT
stories=$(grep -l '^sanitizer thread$' corpus/mistakes/*/*.prog)
[ "$(echo "$stories" | wc -l)" -ge 3 ] || { echo "too few: $stories"; exit 1; }

# Innermost frame of each of the two accesses, and by which tasks.
innermost() { grep -A 1 -E ' (of size|write of|read of) .* by thread ' "$1" | grep '#0 '; }
tasks() { grep -oE "Thread T[0-9]+ 'task[0-9]'" "$1" | sort -u | wc -l; }

for story in $stories; do
	for process in 1 2 3 4 5 6 7 8 9 10; do
		"$pagerace" show --quick "$story" >/dev/null 2>"$report"
		races=$(grep -c 'WARNING: ThreadSanitizer: data race' "$report")
		[ "$races" -ge 1 ] &&
			[ "$(innermost "$report" | grep -c '/target/core/')" = $((2 * races)) ] &&
			[ "$(tasks "$report")" = 2 ] || {
			echo "$story, process $process:"
			cat "$report"
			exit 1
		}
	done
done
