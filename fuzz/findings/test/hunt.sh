#!/bin/sh
# SPDX-License-Identifier: MIT
#
# hunt.sh PAGERACE: pagerace hunt, with a stand-in for the fuzz target: what it
# finds is minimized and shown, a crash is a finding like another, also without
# an input, and what is no finding is trouble.
. fuzz/test/command.sh

says() { grep -Eq -e "$1" "$dir/out" "$dir/err" || fail "no line like: $1"; }

cp "$pagerace" "$dir/race"
cp corpus/bugs/free-without-tail/two_removers.prog "$dir/story.prog"
cd "$dir" || exit 1
pagerace=./race
./race encode story.prog -o input

# stand_in CODE LINE...: a fuzz target that leaves $input, says that and ends so.
stand_in() {
	code=$1
	shift
	printf '%s\n' "$@" >said
	cat >target <<-END
		#!/bin/sh
		echo "\$*" >"$dir/args"
		for word; do
			case \$word in
			-artifact_prefix=*) prefix=\${word#*=} ;;
			esac
		done
		printf '#4096\tNEW    cov: 7 ft: 19 corp: 12/1b exec/s: 10 rss: 30Mb\n' >&2
		name=\${prefix}crash-\$(sha1sum <"$input" | cut -d ' ' -f 1)
		[ -z "$input" ] || cp "$input" "\$name"
		sed "s|ARTIFACT|\$name|" "$dir/said" >&2
		exit $code
	END
	chmod 755 target
}
written="artifact_prefix='x'; Test unit written to ARTIFACT"
printf '[libfuzzer]\nentropic = 0\nmax_len = 1024\n' >target.options

# A finding: the smallest program of it, shown.
input=$dir/input
stand_in 77 'pagerace: total executions 5021' 'ASSERTION FAILED: page-loss' "$written" \
	'stat::number_of_executed_units: 4711'
hunt='hunt --fuzzer ./target --seed 7'
expect 0 $hunt free-without-tail
here=findings/core-free-without-tail/seed-7
says '^hunting on core, revert free-without-tail: empty corpus, seed 7, at most 300 s$'
says '^core, revert free-without-tail$'
says '^2 preemptions, 5 operations '
says "^replay: ./race run --revert free-without-tail $here/page-loss.prog\$"
says "^input: $here/page-loss.bin\$"
says "^text: $here/page-loss.prog\$"
says '^minimized: page-loss, 2 preemptions, 5 operations, [0-9]* runs, '
tail -n 1 out | grep -Eq '^found page-loss after 5021 executions in [0-9.]+ s, seed 7$' ||
	fail 'how it was found is not the last line'
cmp input $here/page-loss.bin || fail 'the input is another'
[ "$(ls $here)" = "$(printf 'log\npage-loss.bin\npage-loss.prog')" ] || fail "$(ls $here)"
expect 0 run $here/page-loss.prog
grep -q -- '-entropic=0 -max_len=1024 -seed=7 -max_total_time=300 ' args || fail "$(cat args)"
expect 0 $hunt --runs 9 --time 5 --findings there e320d3012d25
grep -q -- ' -max_total_time=5 -runs=9 -artifact_prefix=there/core-free-without-tail/seed-7/ ' args ||
	fail "$(cat args)"
expect 0 hunt --fuzzer ./target free-without-tail
says '^found page-loss after 5021 executions in [0-9.]+ s, seed [1-9][0-9]*$'

# A crash that this command does not see; without an input, or an empty one.
segv='==7==ERROR: AddressSanitizer: SEGV on unknown address 0x000000000008 (pc 0x1 bp 0x2 sp 0x3 T0)'
frame='    #0 0x55 in take_apart /src/ring.c:12:3'
expect 0 run --revert none --expect clean story.prog
stand_in 1 "$segv" '==7==The signal is caused by a READ memory access.' "$frame" "$written" \
	'stat::number_of_executed_units: 4711'
expect 0 $hunt none
says '^segv in take_apart$'
says '^input: findings/core/seed-7/crash-'
says '^played again by this command it is clean; all that .*: findings/core/seed-7/log$'
says '^found segv after 4711 executions in [0-9.]+ s, seed 7$'
input=
stand_in 1 "$segv" "$frame"
expect 0 $hunt
says '^segv in take_apart$'
says '^the fuzz target left no input; '
says '^found segv after 4096 executions '
: >nothing
input=$dir/nothing
stand_in 1 "$segv" "$frame" "$(echo "$written" | sed 's/ARTIFACT/nothing/')"
expect 0 $hunt
says '^the fuzz target left no input; '

# One that it sees, by the sanitizer of both.
input=$root/corpus/mistakes/one-slot-too-many/
input=$(ls "$input"*.prog | head -n 1)
if expect 0 run --quiet "$input" && ./race run --expect use-after-poison "$input" >/dev/null 2>&1 &&
	! ./race run --expect clean "$input" >/dev/null 2>&1; then
	./race encode "$input" -o input2
	input=$dir/input2
	stand_in 1 "$segv" "$frame" "$written"
	expect 0 $hunt one-slot-too-many
	says '^text: findings/core-one-slot-too-many/seed-7/use-after-poison.prog$'
	says '^found use-after-poison after 4096 executions '
fi

# Nothing.
input=
stand_in 0 'Done 4096 runs in 1 second(s)' 'stat::number_of_executed_units: 5000'
expect 1 $hunt
says '^nothing found on core, revert none, in 5000 executions, [0-9.]+ s, seed 7; sequentially consistent memory$'

# One that has a pulse: all its executions count, and what is left is judged:
# 9,000 executions, 70 features, new last at 8,000; at 4,000 there were 45.
stand_in 0 'stat::number_of_executed_units: 5000'
cat >pulse <<-'END'
	for word; do
		case $word in
		--pulse=*) printf '%b' '\0050\0043\0\0\0\0\0\0' '\0106\0\0\0\0\0\0\0' \
			'\0100\0037\0\0\0\0\0\0' '\0240\0017\0\0\0\0\0\0' \
			'\0055\0\0\0\0\0\0\0' >"${word#*=}" ;;
		esac
	done
END
sed -i '1r pulse' target
expect 1 $hunt
says '^nothing found on core, revert none, in 9000 executions, [0-9.]+ s, seed 7; sequentially consistent memory$'
says '^nothing new for 1,000 executions; of the last 5,000 one in 200 showed something \(70 features of schedules\)$'
[ "$(ls findings/core/seed-7)" = "$(printf 'corpus\nlog')" ] || fail "$(ls findings/core/seed-7)"

# Trouble, of which there is no trace but the log.
stand_in 127 'target: error while loading shared libraries'
expect 2 $hunt
says 'error while loading shared libraries$'
says '^race: ./target: it failed, and found nothing; all of it: findings/core/seed-7/log$'
rm -rf findings there
expect 2 hunt nosuchrevert
says '^race: no revert nosuchrevert of core; try: ./race list reverts$'
expect 2 hunt late-head-raed
says '^race: no revert late-head-raed of core; did you mean late-head-read[?]$'
expect 2 hunt --target nowhere
expect 2 hunt --fuzzer ./nothere
says '^./nothere: No such file or directory; it is the fuzz target of core, revert none: build it'
expect 2 hunt free-without-tail
says 'fuzz target of core, revert free-without-tail'
expect 2 hunt count-after-the-unlock
expect 2 hunt one two
expect 2 hunt --revert one two
expect 2 hunt --seed 4294967296 --fuzzer ./target
rm target.options
expect 2 $hunt
says '^race: ./target.options: it has the options '
[ ! -e findings ] || fail 'trouble made a folder'
exit $status
