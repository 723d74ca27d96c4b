#!/bin/sh
# SPDX-License-Identifier: MIT
#
# masked.sh PAGERACE: golden.sh does not mind where in a file a line is, nor where a
# row is broken because of that; it minds all else.
pagerace=$1
golden=$(dirname "$0")/golden.sh
story=corpus/bugs/free-without-tail/mail_of_january_2021
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
status=0
fail() { echo "$*"; status=1; }

# changed SED: the story in the folder, its trace changed so.
changed() {
	mkdir -p "$dir/$(dirname $story)"
	cp $story.prog "$dir/$story.prog"
	sed -E "$1" $story.trace >"$dir/$story.trace"
	cmp -s $story.trace "$dir/$story.trace" && fail "$1: changes nothing"
	(cd "$dir" && sh "$golden" "$pagerace" $story.prog >"$dir/said")
}
case $golden in /*) ;; *) golden=$PWD/$golden ;; esac

changed 's/:[0-9]+\]/:100007]/' || fail "lines elsewhere: $(cat "$dir/said")"
changed 's/^( +)(\[[a-z.]*:[0-9]+\])$/\1      \2/' && fail 'another row, and nobody minds'
changed 's/page\.h:[0-9]+\]/pages.h:1]/' && fail 'another file, and nobody minds'
changed 's/count 1 -> 2/count 1 -> 3/' && fail 'another value, and nobody minds'
changed 's/^  \.\.\. 1 step/  ... 2 steps/' && fail 'more steps, and nobody minds'
grep -q '^-  \.\.\. 2 steps' "$dir/said" || fail "what differs is not shown: $(cat "$dir/said")"
exit $status
