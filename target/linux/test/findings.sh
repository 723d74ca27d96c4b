#!/bin/sh
# SPDX-License-Identifier: MIT
#
# findings.sh PAGERACE [new]: the reports that are kept of open findings are what it makes
# of their stories and notes today; each story plays, and is the one of the corpus. Run from
# the root. Numbers of lines, the point release and where lines break because of them
# are no part of it.
#
# With `new` it is those of 7.3, whose revert says Since, without it those of 6.1.
pagerace=$1 kept=target/linux/findings new=${2-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
fail() { echo "$*"; status=1; }

# A word a line.
masked() {
	sed -E 's/:[0-9]+\]/]/g; s/[0-9]+\.[0-9]+\.[0-9]+, unmodified/VERSION, unmodified/g' "$1" |
		tr -s ' \n' '\n\n'
}

names=''
for folder in "$kept"/*/; do
	name=$(basename "$folder")
	[ -s "$kept/$name/notes.md" ] || fail "$name: no notes"
	if grep -q '^Since: ' "target/linux/reverts/$name.cocci"; then
		[ -n "$new" ] || continue
	else
		[ -z "$new" ] || continue
	fi
	names="$names $name"
done
[ -n "$names" ] || fail 'no report'
# shellcheck disable=SC2086 # names are words
sh $kept/make.sh "$pagerace" "$work" $names || fail 'they cannot be made'
for name in $names; do
	for file in report.md mail.txt story.prog; do
		masked "$kept/$name/$file" >"$work/was"
		masked "$work/$name/$file" >"$work/is"
		cmp -s "$work/was" "$work/is" || {
			fail "$name: $file is another"
			diff "$work/was" "$work/is" | head -n 20
		}
	done
	"$pagerace" run --quiet "$kept/$name/story.prog" >"$work/out" 2>&1 ||
		fail "$name: $(cat "$work/out")"
	[ "$(awk 'length($0) > 80' "$kept/$name/mail.txt")" = '' ] ||
		fail "$name: too wide for a mail"
done
exit $status
