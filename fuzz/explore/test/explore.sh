#!/bin/sh
# SPDX-License-Identifier: MIT
#
# explore.sh PAGERACE: pagerace explore: what it prints, what it writes, going
# on after it was stopped or killed, and mistakes.
. fuzz/test/command.sh
mail=corpus/bugs/free-without-tail/mail_of_january_2021.prog
# explore CODE argument...: output in $dir/out and $dir/err.
explore() {
	want=$1
	shift
	expect "$want" explore "$@"
}

says() {
	grep -q -- "$1" "$dir/out" "$dir/err" || fail "does not say: $1"
}

# interrupt SIGNAL command...: go on, and send the signal once the command is
# true of what is there.
interrupt() {
	signal=$1
	shift
	: >"$dir/out"
	[ ! -e "$dir/state" ] || cp "$dir/state" "$dir/earlier"
	"$pagerace" explore --preemptions 4 --jobs 2 --state "$dir/state" \
		"$mail" >"$dir/out" 2>"$dir/err" &
	pid=$!
	until "$@" || ! kill -0 $pid 2>/dev/null; do
		:
	done
	kill -s "$signal" $pid 2>/dev/null
	wait $pid 2>/dev/null
}

has_three_bounds() { grep -q '^ *3 ' "$dir/out"; }
has_saved() { [ -e "$dir/state" ] && ! cmp -s "$dir/state" "$dir/earlier"; }

last='explored 16178 schedules with at most 3 preemptions: 33 findings (page-loss)'

# ---- the same by any number of jobs
for jobs in 1 2 3 7; do
	explore 0 --preemptions 3 --jobs $jobs "$mail"
	[ "$(tail -n 1 "$dir/out")" = "$last" ] || fail "another last line"
	cp "$dir/out" "$dir/by-$jobs"
	cmp "$dir/by-1" "$dir/by-$jobs" || fail "$jobs jobs find something else"
done

# ---- the program that it prints ends in what it says
sed -n '/^pagerace 1/,/^$/p' "$dir/out" | sed '$d' >"$dir/printed.prog"
"$pagerace" run --quiet "$dir/printed.prog" || fail 'what it prints is no finding'

# ---- findings as files
explore 0 --preemptions 2 --findings "$dir/findings" \
	corpus/bugs/late-head-read/tail_is_in_use_again.prog
for id in free-of-page-in-use new-page-not-clean owned-twice; do
	tail -n 1 "$dir/out" | grep -q "[( ]$id[,)]" || fail "no $id"
done
[ "$(ls "$dir/findings" | wc -l)" -ge 3 ] || fail 'findings are missing'
"$pagerace" run --quiet "$dir"/findings/*.prog || fail 'a file is no finding'
"$pagerace" show "$dir/findings/owned-twice-1.prog" >/dev/null ||
	fail 'a file cannot be shown'

# ---- nothing to find
explore 1 --preemptions 1 --revert none "$mail"
says '^explored 336 schedules with at most 1 preemption: 0 findings$'

# ---- a prefix counts, and has to be played
explore 1 --preemptions 2 --prefix 1 corpus/clean/mail_as_first_written.prog
says '^explored 159 schedules with at most 2 preemptions: 0 findings$'
sed 's/before xas_reload/point 900/' corpus/clean/mail_as_first_written.prog \
	>"$dir/never.prog"
explore 2 --prefix 1 "$dir/never.prog"
says 'the prefix is not played to its end'
explore 2 --prefix 2 "$dir/never.prog"
says 'its schedule has 1 entries, not 2'

# ---- any number of preemptions
explore 1 --all --revert none "$mail"
says '^explored all [0-9]* inequivalent schedules ([0-9]* redundant): 0 findings$'
explore 0 --all --jobs 1 "$mail"
says '^explored all [0-9]* inequivalent schedules ([0-9]* redundant): 1 finding (page-loss)$'
sed -n '/^pagerace 1/,/^$/p' "$dir/out" | sed '$d' >"$dir/printed.prog"
"$pagerace" run --quiet "$dir/printed.prog" || fail 'what it prints is no finding'
# The mail's own order, whatever comes after it.
explore 1 --all --prefix 1 corpus/clean/mail_as_first_written.prog
says '^explored all [0-9]* inequivalent schedules ([0-9]* redundant): 0 findings$'
explore 2 --all --prefix 1 "$dir/never.prog"
says 'the prefix is not played to its end'
explore 2 --all --preemptions 2 "$mail"
says '--all has no bound'
classes=corpus/seeds/batch_beside_range_removal.prog
explore 1 --all --jobs 1 "$classes"
tail -n 1 "$dir/out" >"$dir/whole"
rm -f "$dir/state"
for signal in INT KILL INT TERM; do
	[ ! -e "$dir/state" ] || cp "$dir/state" "$dir/earlier"
	"$pagerace" explore --all --jobs 1 --state "$dir/state" "$classes" \
		>"$dir/out" 2>"$dir/err" &
	pid=$!
	until has_saved || ! kill -0 $pid 2>/dev/null; do :; done
	kill -s $signal $pid 2>/dev/null
	wait $pid 2>/dev/null
done
cp "$dir/state" "$dir/all"
explore 1 --all --jobs 1 --state "$dir/state" "$classes"
tail -n 1 "$dir/out" | cmp - "$dir/whole" || fail 'after a kill: another number'
explore 2 --state "$dir/all" "$classes"
says 'state of another program'
rm -f "$dir/state" "$dir/earlier"

# ---- killed and stopped, again and again, it comes to the same
explore 0 --preemptions 4 "$mail"
cp "$dir/out" "$dir/whole"
interrupt KILL has_saved
interrupt INT has_three_bounds
# What is saved first has parts that jobs are at work on.
interrupt KILL has_saved
interrupt TERM has_saved
interrupt KILL has_saved
explore 0 --preemptions 4 --state "$dir/state" "$mail"
cmp "$dir/whole" "$dir/out" || fail 'after a kill it finds something else'
explore 0 --preemptions 4 --state "$dir/state" "$mail"
cmp "$dir/whole" "$dir/out" || fail 'what is done is not what it was'

# ---- a state that is none, or another's
explore 2 --preemptions 3 --state "$dir/state" "$mail"
says 'is at bound 4 already'
explore 2 --preemptions 4 --revert none --state "$dir/state" "$mail"
says 'state of another program, target or prefix; remove it'
sed 's/^bound 15 0/bound 16 0/' "$dir/state" >"$dir/bad"
explore 2 --state "$dir/bad" "$mail"
says 'bad: not a state file'
head -c 100 "$dir/state" >"$dir/bad"
explore 2 --state "$dir/bad" "$mail"
says 'bad: not a state file'
explore 2 --state "$mail" "$mail"
says 'not a state file'
explore 2 --state "$dir/no/where" "$mail"
says 'No such file or directory'

# ---- mistakes
explore 2
says 'one file'
explore 2 --preemptions 64 "$mail"
says 'at most 63 preemptions'
explore 2 --jobs 65 "$mail"
says 'at most 64 jobs'
explore 2 --preemptions few "$mail"
says 'not a number'
explore 2 --findings /dev/null/x --preemptions 2 "$mail"
says 'Not a directory'
explore 0 --help
says 'usage: pagerace explore'
exit $status
