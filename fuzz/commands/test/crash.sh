#!/bin/sh
# SPDX-License-Identifier: MIT
#
# crash.sh PAGERACE [FUZZER]: no command dies of a program that crashes: each says that it
# does, and in what function, or goes on with others. PAGERACE has the targets of
# fuzz/test/crashers. FUZZER: a fuzz target of the first of them.
. fuzz/test/command.sh
pagerace=$(realpath "$1")
fuzzer=${2:+$(realpath "$2")}
cd "$dir" || exit 1

# says PATTERN...: on standard output, each.
says() {
	for pattern; do
		grep -Eq -- "$pattern" "$dir/out" || fail "not: $pattern"
	done
}

cat >race.prog <<END
pagerace 1
expect segv
why two looks, and between them the value is taken away
pages 16
task0 read 1
task1 remove 1
preempt task0 op0 before look#2 -> task1
preempt task1 op0 before take_away#3 -> task0
END
sed 's/read 1/lookup 1/; s/look#2/look_closely:READ_ONCE(shelf.where)#2/' race.prog >announced.prog
printf 'pagerace 1\ntask0 read 1\ntask1 remove 1\n' >calm.prog
for act in 0 1 2; do
	printf 'pagerace 1\ntarget wrecker\ntask0 add %s\n' $act >wreck-$act.prog
done
printf 'pagerace 1\ntarget wrecker\nsetup add 0\ntask0 add 3\n' >set-up.prog
printf 'pagerace 1\ntarget wrecker\npages 64\n' >brought-up.prog

# run: a finding like others, and the files behind it are played.
expect 0 run race.prog calm.prog announced.prog calm.prog
says '^race.prog: segv in look$' '^announced.prog: segv in look_closely$' '^calm.prog: clean$'
[ "$(grep -c . out)" = 4 ] || fail 'not four lines'
expect 1 run --expect clean race.prog calm.prog
says '^race.prog: segv in look, expected clean$' '^calm.prog: clean$'
expect 1 run --digest --expect clean race.prog
says '^-------- race.prog: segv'
expect 1 run wreck-0.prog wreck-2.prog set-up.prog brought-up.prog
says '^wreck-0.prog: abrt in wreck,' '^wreck-2.prog: (segv|stack-overflow) in ' '^set-up.prog: abrt in wreck,' \
	'^brought-up.prog: segv'
for policy in random-walk uniform pct pos surw; do
	expect 1 run --policy $policy --runs 1000 calm.prog
	says '^calm.prog: segv in look after [0-9]+ runs?, seed 1, expected clean$'
done

# The run of that number is there alone, too; others are said to be others.
nr=$(sed -n 's/.* after \([0-9]*\) runs\{0,1\}, .*/\1/p' "$dir/out")
expect 1 run --policy surw --from "$((nr + (nr == 1)))" --runs 100 calm.prog
says "^calm.prog: segv in look, run $nr of seed 1, expected clean\$"
printf 'pagerace 1\ntask0 read 1\n' >clean.prog
expect 0 run --policy pos --from 5 --runs 3 clean.prog
says '^clean.prog: clean, runs 5 to 7 of seed 1$'
expect 0 run --policy surw --from 12 clean.prog
says '^clean.prog: clean, run 12 of seed 1$'

# A run without an end has one. (TSan lets nobody in between.)
expect 1 run wreck-1.prog
says '^wreck-1.prog: timeout in wreck, expected clean$'

# show: the table up to there, in every form.
expect 0 show race.prog
says '^  ~ segv in look$' '^segv in look: ' '^touched: 64 bytes behind NULL$' '^2 preemptions, ' \
	'^ \(1\) task0 op0 read: look: shelf where is value \[crasher.c:[0-9]+\]$' '^  before task1 op0 remove: .*where = 64 \[crasher.c:[0-9]+\]$' \
	'^ +order 1 of 3: without it none of 2 schedules$' '^ task0, in read 1, read shelf where as value;$'
expect 0 show announced.prog
says '^  ~ segv in look_closely$'
cp out once
expect 0 show announced.prog
cmp -s once out || fail 'another table the second time'
expect 0 show --verbose race.prog calm.prog
says '^segv in look: ' '^clean: '
expect 0 show --json - race.prog
says '"finding":"segv"' '"where":"look"' '"digest":null'
expect 0 show --perfetto - race.prog
says '"finding":"segv in look"'
expect 0 show --html page.html race.prog
grep -q '"where":"look","touched":"64 bytes behind NULL"' page.html || fail 'a page without a place'
expect 0 show wreck-0.prog set-up.prog
says '^  ~ abrt in wreck$'
! grep '^touched: ' out || fail 'an abort touches nothing'
expect 0 show wreck-2.prog
says "^touched: the end of task0's stack\$"
expect 2 show brought-up.prog
grep -q '^brought-up.prog: segv.* in front of its first step$' err || fail 'brought up'

# encode: the switches, by points.
expect 0 encode race.prog -o race.bin
expect 0 run --expect segv race.bin
expect 0 decode race.bin

# minimize, explore, triage: a finding.
expect 0 minimize race.bin -o short.prog
tail -n 1 err | grep -q '^minimized: segv, 2 preemptions, 2 operations, ' || fail 'minimize'
expect 0 run short.prog
expect 0 explore --preemptions 2 --findings found calm.prog
says '\(segv\)'
expect 0 run found/*.prog
mkdir crashes
cp race.bin crashes/crash-1
expect 0 triage -o sorted crashes
says ' segv '

# keep: with its table.
mkdir corpus
expect 0 keep --name value_taken_away --why 'seen in a test' race.bin
says '^kept: corpus/bugs/crasher/value_taken_away.prog: segv, 2 preemptions, 2 operations$'
sh "$root/fuzz/commands/test/golden.sh" "$pagerace" corpus/bugs/crasher/value_taken_away.prog ||
	fail 'the trace is another'
expect 1 keep --name once_more --why 'seen in a test' race.bin
grep -q 'a duplicate of ' err || fail 'it is kept twice'

# hunt: with its table.
if [ "$fuzzer" ]; then
	"$fuzzer" race.bin >out 2>&1 && fail 'it lives'
	says '^pagerace: segv: task0 op0$' '^pagerace: touched: 64 bytes behind NULL$' \
		'^pagerace: after: task0 op0: look: shelf where is 64$' '^pagerace: to see it: '
	! grep '^pagerace: in front of' out || fail 'it is behind its last access'
	# To ClusterFuzz it is another one than in another operation: no frame is ours.
	[ "$(grep -c '^ *#[0-9]' out)" = 1 ] || fail 'a stack of more than the operation'
	expect 0 encode announced.prog -o announced.bin
	"$fuzzer" announced.bin >out 2>&1 && fail 'it lives'
	says '^pagerace: after: task0 op0: look_closely: shelf where is 64$' '^pagerace: in front of: look_closely'
	ln -s "$fuzzer" target
	cp "$root/fuzz/fuzzers/page_cache_fuzzer.options" target.options
	expect 0 hunt --target crasher --fuzzer ./target --seed 1 --findings prey
	says '^segv in look(_closely)?: ' '^text: prey/crasher/seed-1/segv.prog$' '^minimized: segv, ' \
		'^found segv after [0-9]+ executions '
	[ "$(grep -c '^replay: .* prey/crasher/seed-1/segv.prog$' out)" = 1 ] || fail 'no line to play it again'
	expect 0 run prey/crasher/seed-1/segv.prog
fi

# coverage: leaves it out.
expect 0 coverage crashes calm.prog race.prog
says '^programs +1$'
[ "$(grep -c ': left out: segv in look$' err)" = 2 ] || fail 'coverage is silent'

# fidelity: a difference; determinism: nothing to compare; bench: no speed.
expect 1 fidelity --against crasher wreck-0.prog calm.prog --target wrecker
says '^wreck-0.prog: abrt in wreck, on wrecker$' '^calm.prog: '
expect 1 fidelity --target wrecker --against core --programs 10000
says '^seed 1, program [0-9]+: [a-z]+ in .*, on wrecker$'
expect 1 determinism --target crasher
says '^seed 1, program [0-9]+: segv in look' '^pagerace 1$'
expect 2 bench speed race.prog
grep -q '^race.prog: segv in look$' err || fail 'bench'
exit $status
