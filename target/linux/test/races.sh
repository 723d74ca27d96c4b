#!/bin/sh
# SPDX-License-Identifier: MIT
#
# races.sh PAGERACE: in a build with ThreadSanitizer the story of a mutation that races
# is reported, both stacks in kernel lines; and each story of corpus/races/linux/, in the
# words that its `why` ends with, if known races are asked for. If not, it is clean. Run
# from the root of the repository.
pagerace=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
status=0
fail() { echo "$*"; status=1; }

# So many innermost frames of accesses are in kernel code.
kernel() {
	grep -A 1 -E ' of size [0-9]+ at .* by ' "$1" |
		grep -cE '#0 .*/(mm|lib|include|kernel)/[a-z/_-]*\.[ch]:[0-9]+'
}

# ------------------------------------------------------------------- a planted race
story=corpus/mistakes/linux/count-after-the-unlock/counted_by_two_tasks.prog
"$pagerace" run --quiet "$story" "$story" "$story" || fail "$story"
"$pagerace" run --quiet --revert none "$story" || fail "$story: unreverted"
"$pagerace" run --expect clean "$story" >/dev/null 2>"$dir/said"
races=$(grep -c 'WARNING: ThreadSanitizer: data race' "$dir/said")
[ "$races" -ge 1 ] && [ "$(kernel "$dir/said")" = $((2 * races)) ] ||
	{ fail "$story: these are not $races races in kernel lines"; cat "$dir/said"; }
grep -q '^race: pcp count: drain_pages_zone / rmqueue_pcplist$' "$dir/said" ||
	{ fail "$story: not the race that was planted"; cat "$dir/said"; }

# --------------------------------------------------------------------- known races
for story in corpus/races/linux/*.prog; do
	"$pagerace" run --quiet --expect clean "$story" ||
		fail "$story: known, and not passed over"
	"$pagerace" run --quiet --known-races "$story" || fail "$story: not seen"
	"$pagerace" run --known-races --expect clean "$story" >/dev/null 2>"$dir/said"
	want=$(sed -n 's/^why  *race: \(.*\)/\1/p' "$story")
	one=${want% / *} other=${want##* / } place=${want%%: *}
	one=${one#*: }
	# How far a function is inlined is the compiler's: it may say one more.
	in='(:[a-z_]+)?' place=$(printf '%s' "$place" | sed 's/[?.]/\\&/g')
	grep -qxE -e "race: $place: $one$in / $other$in" -e "race: $place: $other$in / $one$in" "$dir/said" ||
		{ fail "$story: no such race: $want"; grep '^race: ' "$dir/said"; }
done

exit $status
