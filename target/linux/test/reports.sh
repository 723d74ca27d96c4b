#!/bin/sh
# SPDX-License-Identifier: MIT
#
# reports.sh: what can be said of the kept reports of open findings without a kernel:
# each finding that the README speaks of has one, with the notes that lie beside it and what
# the kept logs of `prove` come to, of a story of the corpus, and as a mail it fits. Run from the root. (findings.sh makes them anew.)
kept=target/linux/findings
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
fail() { echo "$*"; status=1; }

for folder in "$kept"/*/; do
	name=$(basename "$folder")
	title=$(sed -n '1s/^# //p' "$folder/notes.md")
	[ -n "$title" ] || fail "$name: its notes have no title"
	[ "$(head -n 1 "$folder/report.md")" = "# $title" ] || fail "$name: report.md has another title"
	[ "$(head -n 1 "$folder/mail.txt")" = "Subject: $title" ] || fail "$name: mail.txt has another title"
	for file in report.md mail.txt; do
		{ sed 1d "$folder/notes.md"; sh target/linux/prove/digest.sh "$name"; cat "$kept/words.md"; } |
			grep -vxF -f "$folder/$file" >"$work/missing" &&
			fail "$name: not in $file: $(cat "$work/missing")"
	done
	[ "$(awk 'length($0) > 80' "$folder/mail.txt")" = '' ] || fail "$name: too wide for a mail"
	grep -qx "revert   $name" "$folder/story.prog" || fail "$name: a story of another revert"
	[ -d "corpus/bugs/linux/$name" ] || fail "$name: no story in the corpus"
done
for revert in $(grep -l '^About: OPEN' target/linux/reverts/*.cocci); do
	name=$(basename "$revert" .cocci)
	[ -d "$kept/$name" ] || fail "$name: no report"
done
exit $status
