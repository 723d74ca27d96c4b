#!/bin/sh
# SPDX-License-Identifier: MIT
#
# make.sh PAGERACE [DIR [NAME...]]: write the reports of all folders here, or of NAME,
# or into DIR. PAGERACE is one with the target linux and its reverts, of 6.1;
# what it does not have (of 7.3: ../reverts/) is left as it is. Run from the root.
set -eu
PATH=$(cd "$(dirname "$1")" && pwd):$PATH
pagerace=${1##*/} # called by its name alone: a report says what plays it
folder=target/linux/findings out=${2-target/linux/findings}
[ $# -lt 3 ] || { shift 2; names=" $* "; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for notes in "$folder"/*/notes.md; do
	name=$(basename "$(dirname "$notes")")
	case ${names-" $name "} in
	*" $name "*) ;;
	*) continue ;;
	esac
	{
		cat "$notes"
		echo
		sh target/linux/prove/digest.sh "$name"
		cat "$folder/words.md"
	} >"$work/notes.md"
	story='' schedules=20000
	case $name in
	# Of two stories the one that needs no DEBUG_VM.
	reload-in-two-loads) story=neighbour_of_a_smaller_folio ;;
	# Of two symptoms the one that was seen first.
	huge-page-filed-by-its-first-block) story=isolated_while_the_folio_is_freed ;;
	write-fault-behind-the-end) story=cut_off_between_two_locks ;;
	# Each that goes round for ever is 262,144 steps long.
	size-of-a-folio-being-split) schedules=1000 ;;
	esac
	"$pagerace" run --quiet corpus/bugs/linux/"$name"/${story:-*}.prog >"$work/err" 2>&1 || {
		grep -q 'no revert' "$work/err" || {
			cat "$work/err" >&2
			exit 1
		}
		echo "$name: not of this version" >&2
		continue
	}
	"$pagerace" report corpus/bugs/linux/"$name"/${story:-*}.prog \
		--notes "$work/notes.md" --schedules $schedules -o "$work/$name" 2>"$work/err" || {
		cat "$work/err" >&2
		exit 1
	}
	mkdir -p "$out/$name"
	cp "$work/$name/report.md" "$work/$name/mail.txt" "$work/$name/story.prog" "$out/$name"
done
