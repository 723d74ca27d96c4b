#!/bin/sh
# SPDX-License-Identifier: MIT
#
# pairs.sh PAGERACE: pagerace pairs and systematic: what they find, what they keep,
# going on after they were killed, and mistakes.
. fuzz/test/command.sh

says() {
	grep -q -- "$1" "$dir/out" "$dir/err" || fail "does not say: $1"
}

# no_replay LEDGER: what was played again is complete now, or had more runs.
no_replay() {
	awk 'NR > 1 && ($1 in runs) && !$2 && $4 + 0 <= runs[$1] { exit 1 } NR > 1 { runs[$1] = $4 + 0 }' "$1" ||
		fail "$1: a program was played twice"
}

# ---- an example with a bug, and nothing else to find
expect 0 pairs --target treiber --jobs 1 --programs 300 --time 1000 -o "$dir/treiber"
says '^pop | push  *1  *1  *0 '
says ' finding.*owned-twice'
"$pagerace" run --quiet "$dir"/treiber/owned-twice-*.prog || fail 'a file is no finding'
grep -q '^preempt .* before ' "$dir/treiber/owned-twice-1.prog" || fail 'its schedule is not told by sites'

# ---- with time longer ones have half of the runs, from the beginning
expect 2 pairs --jobs 1 --programs 1500 --time 1000
says '^3 operations  *[1-9][0-9]* '
says 'stopped after [0-9]* of [0-9]* programs$'
awk '/^[0-9] operations/ { longer += $6 } /^all / { all = $5 } END { exit !(longer > all / 4 && longer < all * 3 / 4) }' "$dir/out" ||
	fail 'longer ones have not their share'

# ---- without time, pairs alone: complete, and the same by any number of jobs
expect 1 pairs --target treiber --jobs 1
says '^all  *4  *4  *0  *'
says '^4 programs: 4 with all their schedules, 0 with all up to 2 preemptions, 0 in part$'
sed 's/[^ ]*$//' "$dir/out" >"$dir/one" # but for the seconds
expect 1 pairs --target treiber --jobs 3
sed 's/[^ ]*$//' "$dir/out" | cmp - "$dir/one" || fail '3 jobs find something else'

# ---- killed, it goes on: what is known is not played again, and comes to the same
"$pagerace" pairs --revert free-without-tail --jobs 2 -o "$dir/pairs" >"$dir/out" 2>&1 &
pid=$!
until [ -e "$dir/pairs/ledger" ] && [ "$(wc -l <"$dir/pairs/ledger")" -gt 300 ] || ! kill -0 $pid 2>/dev/null; do :; done
kill -s KILL $pid
wait $pid 2>/dev/null
lines=$(wc -l <"$dir/pairs/ledger")
printf 'torn' >>"$dir/pairs/ledger"
expect 2 pairs --revert free-without-tail --programs 800 -o "$dir/pairs"
says 'stopped after 800 of [0-9]* programs; the same command goes on$'
grep -q torn "$dir/pairs/ledger" && fail 'a torn line is kept'
[ "$(wc -l <"$dir/pairs/ledger")" -gt "$lines" ] || fail 'it does not go on'
no_replay "$dir/pairs/ledger"
[ "$(cut -d ' ' -f 1 "$dir/pairs/ledger" | sort | uniq -d | wc -l)" -gt 3 ] || fail 'large ones have no more runs'
expect 2 pairs -o "$dir/pairs"
says 'ledger: is of another build, target or suite; remove it, or name another folder$'
echo nonsense >"$dir/pairs/ledger"
expect 2 pairs --revert free-without-tail -o "$dir/pairs"
says 'ledger: is no ledger of pagerace$'

# ---- programs by fuzzing: the same seed, the same programs
expect 0 systematic --target treiber --programs 200 --jobs 1 --seed 3 -o "$dir/three"
says ' finding.*owned-twice'
expect 0 systematic --target treiber --programs 200 --jobs 1 --seed 3 -o "$dir/again"
for again in three again; do
	sed 's/ [^ ]*$//' "$dir/$again/ledger" >"$dir/$again.head"
done
cmp "$dir/three.head" "$dir/again.head" || fail 'the same seed plays other programs'

# ---- what was too large has more runs later, and counts once
[ "$(wc -l <"$dir/three/ledger")" -gt 201 ] || fail 'nothing is played again'
expect 0 systematic --target treiber --programs 200 --jobs 1 --seed 3
says '^200 programs: '
no_replay "$dir/three/ledger"

# ---- mistakes
expect 2 pairs corpus/seeds/add_lookup_remove.prog
says 'pairs: it takes no file'
expect 2 systematic corpus/seeds/add_lookup_remove.prog
says 'systematic: it takes no file'
expect 2 pairs --jobs 65
says 'at most 64 jobs'
expect 2 pairs --target nowhere
says 'no target nowhere'
expect 2 pairs -o /dev/null/x
says 'Not a directory'
expect 0 pairs --help
says 'usage: pagerace pairs'
expect 0 systematic --help
exit $status
