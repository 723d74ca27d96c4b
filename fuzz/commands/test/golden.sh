#!/bin/sh
# SPDX-License-Identifier: MIT
# golden.sh PAGERACE FILE.prog: the trace is the one that was kept beside it; of a
# crash that only a sanitizer sees, where it looks on.
#
# Numbers of lines are no part of it, nor where a row is broken because of their
# width: an edit of the core is no other trace.
# Called by its name alone: a trace says what it takes to play it again.
PATH=$(dirname "$1"):$PATH
pagerace=${1##*/}
! grep -q '^sanitizer ' "$2" || ! "$pagerace" run "$2" | grep -q ': clean$' || exit 0

# A line a row, behind the table a line a word: rows go on four columns further in.
masked() {
	awk '
	{
		gsub(/:[0-9]+\]/, "]")
		match($0, /^ */)
		in_by = RLENGTH
	}
	!NF { parts++; in_row = -1 }
	parts > 1 { $1 = $1; gsub(/ /, "\n"); print; next }
	in_row >= 0 && in_by == in_row + 4 {
		sub(/^ */, " ")
		printf "%s", $0
		next
	}
	{ printf "\n%s", $0; in_row = in_by }
	END { print "" }'
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
masked <"${2%.prog}.trace" >"$work/kept"
"$pagerace" show "$2" >"$work/now"
masked <"$work/now" | cmp -s "$work/kept" - ||
	diff -u "${2%.prog}.trace" "$work/now"
