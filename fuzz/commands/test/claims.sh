#!/bin/sh
# SPDX-License-Identifier: MIT
#
# claims.sh PAGERACE: what corpus/clean/claims and corpus/bugs/claims say of all
# schedules of the programs there is what pagerace explore says. Something is said
# of each that is clean, and of each story of an example with its mistake.
. fuzz/test/command.sh

for program in corpus/clean/*.prog; do
	grep -q "^$(basename "$program" .prog): " corpus/clean/claims || fail "$program: no claim"
done
for program in corpus/bugs/*/*.prog; do
	grep -q '^target ' "$program" && ! grep -q '^revert *none$' "$program" || continue
	name=${program#corpus/bugs/}
	[ "$(grep -c "^${name%.prog}: --" corpus/bugs/claims)" = 2 ] || fail "$program: not two claims"
done
for folder in clean bugs; do
	sed "/^#/d; s|^|$folder/|" corpus/$folder/claims
done >"$dir/claims"
while IFS= read -r claim; do
	name=${claim%%: *}
	rest=${claim#*: }
	options=${rest%%: *}
	[ "$options" != none ] || continue
	# shellcheck disable=SC2086 # options are words
	expect 1 explore $options "corpus/$name.prog"
	said=$(tail -n 1 "$dir/out" | sed 's/ ([0-9]* redundant)//')
	case ${rest#*: } in
	*' all inequivalent '*) said=$(echo "$said" | sed 's/ all [0-9]* / all /') ;;
	esac
	[ "$said" = "${rest#*: }" ] || fail "$name: claimed: ${rest#*: }"
done <"$dir/claims"
exit $status
