#!/bin/sh
# SPDX-License-Identifier: MIT
#
# minimize.sh PAGERACE: what pagerace minimize writes where, and how it ends.
. fuzz/test/command.sh
story=corpus/bugs/late-head-read/tail_handed_to_a_second_owner.prog
# minimize CODE argument...: exit code; texts are in $dir/out and $dir/err.
minimize() {
	want=$1
	shift
	expect "$want" minimize "$@"
}

# Text to standard output, all else to standard error.
minimize 0 "$story"
head -n 1 "$dir/out" | grep -qx 'pagerace 1' || fail 'no text'
grep -qx 'expect   owned-twice' "$dir/out" || fail 'another id'
grep -q '^why      the block was freed whole' "$dir/out" || fail 'no reasons'
grep -q '^preempt .* before PageHead#1 -> ' "$dir/out" || fail 'no site'
tail -n 1 "$dir/err" | grep -Eqx 'minimized: owned-twice, 1 preemption, 5 operations, [0-9]+ runs, [0-9.]+ s' ||
	fail 'another last line'
grep -Eqx 'no finding with one preemption less among all [0-9]+ schedules tried' "$dir/err" ||
	fail 'no claim'
cp "$dir/out" "$dir/text"

# The same to a file; it plays as it says, and minimizes to itself.
minimize 0 -o "$dir/file" "$story"
[ ! -s "$dir/out" ] || fail 'text on standard output as well'
cmp -s "$dir/file" "$dir/text" || fail '-o writes something else'
"$pagerace" run --quiet "$dir/file" || fail 'it does not play as it says'
minimize 0 "$dir/file"
cmp -s "$dir/out" "$dir/text" || fail 'it does not minimize to itself'

# Bytes say less: no reasons, and no revert.
"$pagerace" encode "$story" -o "$dir/bytes" || fail 'not encoded'
minimize 0 --revert late-head-read "$dir/bytes"
grep -v '^why ' "$dir/text" >"$dir/bare"
cmp -s "$dir/out" "$dir/bare" || fail 'bytes end as another text'

# As few pages as the target can do with, and nothing of what it lacks.
sed 's/^pages .*/pages 64/' corpus/bugs/treiber/aba.prog >"$dir/file"
minimize 0 "$dir/file"
grep -qx 'pages    2' "$dir/out" || fail 'more pages than it needs'
! grep -Eq '^(pcp|fanout) ' "$dir/out" || fail 'settings that the target lacks'

# Of what fails only what has to: one allocation. Which one depends on who sees it.
sed 's/lookup 0/& fail=1/; s/fail=3/&+/' \
	corpus/bugs/unwound-at-once/memory_runs_out_under_a_lookup.prog >"$dir/file"
minimize 0 "$dir/file"
grep -o 'fail=.*' "$dir/out" | grep -qx 'fail=[23]' || fail 'none fails that has to'
[ "$(grep -c 'fail=' "$dir/out")" = 1 ] || fail 'failures that nobody needs'

# Nothing to find, nothing to read, no place to write: nothing is written.
minimize 1 --revert none -o "$dir/none" "$story"
grep -q 'no finding on core, revert none' "$dir/err" || fail 'no reason given'
minimize 2 -o "$dir/none" "$dir/missing"
minimize 2 -o "$dir/missing/none" "$story"
[ ! -e "$dir/none" ] || fail 'something was written'
[ "$(ls "$dir" | tr '\n' ' ')" = 'bare bytes err file out text ' ] ||
	fail "left behind: $(ls "$dir")"
exit $status
