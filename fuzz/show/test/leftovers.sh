#!/bin/sh
# SPDX-License-Identifier: MIT
#
# leftovers.sh PAGERACE: what of a program was not done is said, with its line;
# of what is kept nothing is left but where that is the story.
. fuzz/test/command.sh

cat >"$dir/slips.prog" <<'END'
pagerace 1
setup    add 3
irq      task3

task0    lookup 3
task0    free b0
task1    remove 3
task1    sync 3
task3    drain
preempt  task0 op9 begin -> task1
# and
preempt  task0 op0 before xas_reload#9 -> task1
preempt  task0 op0 before xas_reload -> task7
preempt  task0 op0 before xas_reload -> task1
preempt  task1 op0 point 1 -> rcu
END
cat >"$dir/want" <<END
$dir/slips.prog:6: task0 op1 was passed over: free b0 (b0 is empty)
$dir/slips.prog:8: task1 op1 was passed over: sync 3 (core has no such operation)
$dir/slips.prog:9: task3 op0 was passed over: drain (no switch calls the interrupt)
$dir/slips.prog:10: switch 1 of 5 was not met: task0 op9 begin -> task1 (task0 has 2 operations)
$dir/slips.prog:12: switch 2 of 5 was not met: task0 op0 before xas_reload#9 -> task1 (task0 did not come there so often)
$dir/slips.prog:13: switch 3 of 5 was not met: task0 op0 before xas_reload#1 -> task7 (task7 has no operation)
$dir/slips.prog:15: switch 5 of 5 was not met: task1 op0 point 1 -> rcu (no callback was due)
END
# same: standard error is what it should be.
same() { cmp -s "$dir/err" "$dir/want" || fail "$1: something else"; }

# It is a note: the exit code is as without it.
expect 0 run "$dir/slips.prog"
same run
expect 1 run --quiet --expect page-loss "$dir/slips.prog"
same 'run, not met'
expect 0 run --quiet "$dir/slips.prog"
[ ! -s "$dir/err" ] || fail 'not quiet'
expect 1 run --expect segv "$dir/slips.prog" # by a child
same 'run, by a child'
expect 0 show "$dir/slips.prog"
same show
expect 0 encode "$dir/slips.prog" -o "$dir/encoded.bin"
same encode
expect 0 run --policy random-walk --seed 3 "$dir/slips.prog"
grep -q ':10: switch 1 of 5 was not met' "$dir/err" || fail 'a walk says nothing'

# Handles of a target's own kinds, and in its words.
cat >"$dir/boxes.prog" <<'END'
pagerace 1
target   boxes
setup    h0 = open
task0    read h0
task0    read h1
task1    close h0
preempt  task0 op0 point 1 -> task1
END
cat >"$dir/want" <<END
$dir/boxes.prog:5: task0 op1 was passed over: read h1 (h1 is no box)
$dir/boxes.prog:6: task1 op0 was passed over: close h0 (others have h0 in hand)
END
expect 0 run "$dir/boxes.prog"
same 'handles of its own'

# For scripts.
expect 0 show --json - "$dir/slips.prog"
grep -qF '"passed_over":[' "$dir/out" || fail 'no key'
grep -qF '{"kind":"operation","task":0,"op":1,"line":6,"text":"free b0","why":"b0 is empty"}' \
	"$dir/out" || fail 'no operation'
grep -qF '{"kind":"switch","number":1,"task":0,"op":9,"line":10,"text":"task0 op9 begin -> task1","why":"task0 has 2 operations"}' \
	"$dir/out" || fail 'no switch'
expect 0 show --json - corpus/bugs/free-without-tail/mail_of_january_2021.prog
! grep -q passed_over "$dir/out" || fail 'a key that says nothing'

# Of bytes a line for each kind; they have no lines.
sed 's/before xas_reload[#9]*/point 65535/' "$dir/slips.prog" >"$dir/points.prog"
"$pagerace" encode "$dir/points.prog" >"$dir/slips.bin" 2>/dev/null
cat >"$dir/want" <<END
$dir/slips.bin: as bytes
$dir/slips.bin: 3 of 6 operations passed over: task0 op1 free b0, task1 op1 sync 3, task3 op0 drain
$dir/slips.bin: 5 of 5 switches not met: task0 op9 begin -> task1, task0 op0 point 65535 -> task1, task0 op0 point 65535 -> task7, task0 op0 point 65535 -> task1, ...
END
expect 0 run "$dir/slips.bin"
same bytes

# Nothing is left of what is kept, but three times, and that is what they tell.
cat >"$dir/want" <<'END'
corpus/clean/rcu_held_back_by_a_reader.prog:14: switch 2 of 4 was not met: task1 op1 begin -> rcu (no callback was due)
corpus/clean/reads_and_waits_cross_a_node.prog:12: task0 op1 was passed over: sync 14 count=4 (core has no such operation)
corpus/clean/reads_and_waits_cross_a_node.prog:13: task1 op0 was passed over: write 16 (core has no such operation)
corpus/clean/reads_and_waits_cross_a_node.prog:14: task1 op1 was passed over: write 15 (core has no such operation)
corpus/clean/two_tasks_on_one_cpu.prog:16: switch 1 of 4 was not met: task0 op0 before rmqueue_pcplist:spin_unlock(&pcp->lock)#1 -> task1 (task1 could not run there)
END
find corpus/clean corpus/seeds corpus/bugs -name '*.prog' ! -path '*/linux/*' |
	LC_ALL=C sort >"$dir/kept"
# shellcheck disable=SC2046 # no blanks in them
expect 0 run $(cat "$dir/kept")
same 'what is kept'
exit $status
