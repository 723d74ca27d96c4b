#!/bin/sh
# SPDX-License-Identifier: MIT
#
# stories.sh PAGERACE FOLDER [new]: each story of FOLDER breaks what it says without its
# repair, four times over, and nothing with it; and its table says so. Run from the root of the
# repository.
#
# Their switches name sites of 6.1; on another version they say little. With `new`
# it is those whose revert says Since, which name sites of 7.x, without it the others.
pagerace=$1 folder=$2 new=${3-}
status=0
fail() { echo "$*"; status=1; }

for story in "$folder"/*/*.prog; do
	revert=$(basename "$(dirname "$story")")
	if grep -q '^Since:' "target/linux/"*"/$revert.cocci"; then
		[ -n "$new" ] || continue
	else
		[ -z "$new" ] || continue
	fi
	sh fuzz/commands/test/reasons.sh "$story" || status=1
	[ "$revert" = "$(sed -n 's/^revert  *//p' "$story")" ] ||
		fail "$story: lies in the folder of another revert"
	said=$("$pagerace" run --revert none "$story" 2>&1) ||
		fail "unreverted: $said"
	said=$("$pagerace" run "$story" "$story" "$story" "$story" 2>&1) ||
		fail "$said"
	expect=$(sed -n 's/^expect  *//p' "$story")
	said=$("$pagerace" show --quick "$story" 2>&1) || fail "show $story: exit $?"
	printf '%s\n' "$said" | grep -Eq "^$expect( in [^ ]+)?: " ||
		fail "show $story: does not end with $expect"
done
exit $status
