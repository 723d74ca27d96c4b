#!/bin/sh
# SPDX-License-Identifier: MIT
#
# programs.sh PAGERACE SEEDS: programs with threads end as they have to.
#
# Those in programs/ say what they are expected to end in. All come to the same where each
# run has a process of its own, in which nothing was there before. Of the examples each that is
# wrong is found, with each of so many seeds, within 10,000 schedules; its mended
# twin is silent in as many, and in all of its schedules.
pagerace=$1 seeds=$2
here=$(dirname "$0")
examples=$here/../../../target/examples/threads
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
fail() {
	echo "$*"
	status=1
}

for file in "$here"/programs/*.c; do
	name=$(basename "$file" .c)
	expect=$(sed -n 's/^ \* Expected: //p' "$file")
	"$pagerace" run --target "program_$name" --policy random-walk --seed 1 --runs 300 \
		--expect "$expect" >"$work/said" 2>&1 || fail "$name: $(cat "$work/said")"
	# In another process, with other addresses, the same.
	for nr in 1 2; do
		"$pagerace" run --target "program_$name" --digest --expect "$expect" |
			cut -d' ' -f1 >"$work/digest$nr"
	done
	cmp -s "$work/digest1" "$work/digest2" || fail "$name: not the same again"
done

# However much of it one step touches.
"$pagerace" explore --all --jobs 1 --target program_maps >"$work/said" 2>&1
grep -q '^explored all 1 inequivalent schedule' "$work/said" || fail "maps: $(cat "$work/said")"

for file in "$here"/programs/*.c "$examples"/*/*.c*; do
	name=$(basename "$(dirname "$file")" | sed 's/programs/program/')_$(basename "$file" | sed 's/\.cc*$//')
	for fork in '' --fork; do
		"$pagerace" run --target "$name" --policy random-walk --seed 2 --runs 40 --digest \
			$fork >"$work/said$fork" 2>&1
	done
	cmp -s "$work/said" "$work/said--fork" ||
		fail "$name: in processes of its own: $(cat "$work/said--fork"), else $(cat "$work/said")"
done

for file in "$examples"/wrong/*.c*; do
	name=$(basename "$file" | sed 's/\.cc*$//')
	seed=0
	while [ $((seed += 1)) -le "$seeds" ]; do
		"$pagerace" hunt --target "wrong_$name" --seed $seed --runs 10000 \
			--findings "$work" >"$work/said" 2>&1 ||
			fail "wrong/$name, seed $seed: $(cat "$work/said")"
	done
	# In a sentence.
	{ grep -q "^broken: " "$work/said" && ! grep -q "^broken: .*'s own \"" "$work/said"; } ||
		fail "wrong/$name: $(cat "$work/said")"
	story=$(echo "$work/wrong_$name/seed-1"/*.prog)
	"$pagerace" run --quiet "$story" || fail "wrong/$name: its story is another one"
done

# Who freed what another one uses is said, and who has what who waits for.
says() {
	"$pagerace" show --quick "$work/wrong_$1/seed-1"/*.prog | tr -s ' \n' ' ' >"$work/said"
	grep -q "$2" "$work/said" || fail "wrong/$1: no $2: $(cat "$work/said")"
}
says detached 'object 0 was given back by task0 in main \['
says lost_update 'assertion: task0, after main: assert(.*) \[lost_update.c:'
says lock_order 'at pthread_mutex_lock of two, which task2 took in second \['

for file in "$examples"/correct/*.c*; do
	name=$(basename "$file" | sed 's/\.cc*$//')
	[ -f "$examples/wrong/${file##*/}" ] || fail "correct/$name: nothing is wrong with it"
	"$pagerace" hunt --target "correct_$name" --seed 1 --runs 10000 \
		--findings "$work" >"$work/said" 2>&1
	[ $? = 1 ] || fail "correct/$name: $(cat "$work/said")"
	"$pagerace" explore --all --jobs 1 --target "correct_$name" >"$work/said" 2>&1
	[ $? = 1 ] || fail "correct/$name: $(cat "$work/said")"
	grep -q '^explored all [0-9]* inequivalent .*: 0 findings' "$work/said" ||
		fail "correct/$name: $(cat "$work/said")"
done
exit $status
