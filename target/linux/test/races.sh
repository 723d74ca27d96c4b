#!/bin/sh
# SPDX-License-Identifier: MIT
#
# races.sh PAGERACE TREE: in a build with ThreadSanitizer the story of a mutation that
# races is reported, between two tasks, both stacks in kernel lines; each story of
# corpus/races/linux/ is, too, in the words that its `why` ends with, if known races are
# asked for, and in another process, and is clean if not; and what the list of them
# speaks of is there in the tree. Run from the root of the repository.
pagerace=$1 tree=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
status=0
fail() { echo "$*"; status=1; }

# Innermost frames of the two accesses of each race; and by which tasks.
kernel() {
	grep -A 8 -E ' of size [0-9]+ at .* by ' "$1" |
		grep -cE '#0 .*/(mm|lib|include|kernel)/[a-z/_-]*\.[ch]:[0-9]+|#0 .*/linux/include/asm/'
}

# ------------------------------------------------------------------- a planted race
story=corpus/mistakes/linux/count-after-the-unlock/counted_by_two_tasks.prog
"$pagerace" run "$story" "$story" "$story" || fail "$story"
"$pagerace" run --revert none "$story" || fail "$story: unreverted"
"$pagerace" run --expect clean "$story" >/dev/null 2>"$dir/said"
races=$(grep -c 'WARNING: ThreadSanitizer: data race' "$dir/said")
[ "$races" -ge 1 ] && [ "$(kernel "$dir/said")" = $((2 * races)) ] ||
	{ fail "$story: these are not $races races in kernel lines"; cat "$dir/said"; }
grep -q '^race: pcp count: rmqueue_pcplist / \|^race: pcp count: .* / rmqueue_pcplist$' "$dir/said" ||
	{ fail "$story: not the race that was planted"; cat "$dir/said"; }

# --------------------------------------------------------------------- known races
for story in corpus/races/linux/*.prog; do
	"$pagerace" run --quiet "$story" || fail "$story: known, and not passed over"
	"$pagerace" run --quiet --known-races "$story" || fail "$story: not seen"
	"$pagerace" run --known-races --expect clean "$story" >/dev/null 2>"$dir/said"
	want=$(sed -n 's/^why  *race: \(.*\)/\1/p' "$story")
	one=${want% / *} other=${want##* / } place=${want%%: *}
	one=${one#*: }
	grep -E "^race: $place: ($one / $other|$other / $one)$" "$dir/said" >/dev/null ||
		{ fail "$story: no such race: $want"; grep '^race: ' "$dir/said"; }
done

# ------------------------------------------------------------------- the list of them
sh "$(dirname "$0")/race_names.sh" "$tree" || status=1
exit $status
