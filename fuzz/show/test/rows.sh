#!/bin/sh
# SPDX-License-Identifier: MIT
#
# rows.sh PAGERACE [FOLDER]: the table of each kept story of FOLDER (corpus/bugs) has
# at most 40 rows (what was left out between them aside) and 80 columns, no word without a meaning, and says with file and
# line where it is that decides.
pagerace=$1 folder=${2:-corpus/bugs}
status=0 nr=0
table=$(mktemp)
trap 'rm -f "$table"' EXIT
fail() { echo "$*"; status=1; }

# A row begins at most two blanks behind the start of its column; what is further
# in goes on with the one above. The table ends with the second empty line.
look() {
	awk -v story="$1" '
	function bad(what) { print story ": " what ": " $0 }
	/^replay: / { next }
	{
		if (length($0) > 80)
			bad("more than 80 columns")
		if ($0 ~ /(^| )\?( |,|$)/ || $0 ~ /: memory( |$)/)
			bad("a word without a meaning")
		if ($0 ~ /\033/)
			bad("colours, and this is no terminal")
	}
	/^$/ { parts++; next }
	parts == 1 && /^-+(  -+)*$/ {
		width = index($0, "  ") + 1
		next
	}
	parts == 1 && /^CPU[0-9]/ { next }
	parts == 1 {
		match($0, /^ */)
		in_by = width > 1 ? RLENGTH % width : RLENGTH
		if (/^ *(task[0-9]+: |rcu: )?\.\.\. [0-9]+ steps?$/)
			in_by = 4
		if (in_by < 4) {
			rows++
			if (decides && !placed)
				bad("a step that decides, in no line, before")
			decides = /^ *(task[0-9]+: )?(\([0-9]+\))+ .*: /
			placed = 0
		}
		if (/\[/)
			placed = 1
	}
	END {
		$0 = rows
		if (rows > 40)
			bad("more than 40 rows")
		if (!rows)
			bad("no row")
	}'
}

# A revert may be of another version of its target.
built() {
	revert=$(sed -n 's/^revert  *//p' "$1")
	! grep -q '^target  *linux' "$1" ||
		"$pagerace" list reverts --target linux | grep -q "^$revert "
}

for story in "$folder"/*/*.prog; do
	[ -e "$story" ] || continue
	built "$story" || continue
	nr=$((nr + 1))
	"$pagerace" show "$story" >"$table" 2>/dev/null ||
		fail "show $story: exit $?"
	said=$(look "$story" <"$table")
	[ -z "$said" ] || fail "$said"
done
[ $nr -gt 0 ] || fail "$folder: no stories"
exit $status
