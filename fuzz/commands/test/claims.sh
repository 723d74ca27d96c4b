#!/bin/sh
# SPDX-License-Identifier: MIT
#
# claims.sh PAGERACE: what corpus/clean/claims says of all schedules of the
# programs there is what pagerace explore says; and it says something of each.
. fuzz/test/command.sh
claims=corpus/clean/claims

for program in corpus/clean/*.prog; do
	grep -q "^$(basename "$program" .prog): " $claims || fail "$program: no claim"
done
grep -v '^#' $claims >"$dir/claims"
while IFS= read -r claim; do
	name=${claim%%: *}
	rest=${claim#*: }
	options=${rest%%: *}
	[ "$options" != none ] || continue
	# shellcheck disable=SC2086 # options are words
	expect 1 explore $options "corpus/clean/$name.prog"
	said=$(tail -n 1 "$dir/out" | sed 's/ ([0-9]* redundant)//')
	case ${rest#*: } in
	*' all inequivalent '*) said=$(echo "$said" | sed 's/ all [0-9]* / all /') ;;
	esac
	[ "$said" = "${rest#*: }" ] || fail "$name: claimed: ${rest#*: }"
done <"$dir/claims"
exit $status
