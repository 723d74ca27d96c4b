#!/bin/sh
# SPDX-License-Identifier: MIT
#
# mail_table.sh PAGERACE: the table in the README that answers the mail is what
# the commands below it print; what they print last says the same again.
pagerace=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

sed -n '/^## The mail/,/^## Where/p' README.md >"$dir/section"
sed -n 's/^    build\/release\/pagerace //p' "$dir/section" >"$dir/commands"
[ "$(wc -l <"$dir/commands")" = 3 ] || {
	echo 'the README does not show three commands'
	exit 1
}
n=0
while read -r command; do
	n=$((n + 1))
	# shellcheck disable=SC2086 # a command is words
	"$pagerace" $command >"$dir/$n.out" || [ $? = 1 ] || exit 1
	awk '/^ *[0-9]+ +[0-9]+ +[0-9]+$/ { print $1, $2, $3 }' "$dir/$n.out" \
		>"$dir/$n"
	awk '{ schedules += $2; findings += $3 }
	     END { printf "explored %d schedules with at most %d preemptions: %d findings%s\n",
		   schedules, $1, findings, findings ? " (page-loss)" : "" }' \
		"$dir/$n" >"$dir/last"
	tail -n 1 "$dir/$n.out" | diff "$dir/last" - || exit 1
	# shellcheck disable=SC2046 # a command is words
	"$pagerace" $(echo "$command" | sed 's/--preemptions 4/--all/') >"$dir/all.out" || [ $? = 1 ] || exit 1
	tail -n 1 "$dir/all.out" |
		sed -n 's/^explored all \([0-9]*\) inequivalent .*: \([0-9]*\) finding.*/any number \1 \2/p' >>"$dir/$n"
done <"$dir/commands"
paste -d ' ' "$dir/1" "$dir/2" "$dir/3" |
	sed 's/any number/any/g' | awk '{ print $1, $2, $3, $5, $6, $8, $9 }' >"$dir/printed"
grep '^| [0-9a]' "$dir/section" | tr -d '|,' | sed 's/any number/any/' | awk '{ $1 = $1; print }' \
	>"$dir/readme"
diff "$dir/readme" "$dir/printed"
