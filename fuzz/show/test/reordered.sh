#!/bin/sh
# SPDX-License-Identifier: MIT
#
# reordered.sh PAGERACE: what memory did is in the table, the JSON, the page and the
# trace of a story; a story without reorderings says nothing of memory.
. fuzz/test/command.sh

delayed=corpus/bugs/pointer-without-release/pointer_seen_before_its_object.prog
stale=corpus/bugs/reader-without-rmb/number_read_before_the_counter.prog

# says FILE TEXT
says() { grep -qF -- "$2" "$1" || fail "$1 does not say: $2"; }

for story in $delayed $stale; do
	name=$dir/$(basename $story .prog)
	expect 0 show $story
	cp "$dir/out" "$name.table"
	expect 0 show --json "$name.json" --html "$name.html" --perfetto "$name.trace" $story
	says "$name.table" 'on weak memory: 1 reordering'
	for form in json html; do
		says "$name.$form" '"memory":{"reorderings":1,"forbidden_by":['
	done
done

name=$dir/$(basename $delayed .prog)
says "$name.table" '  ~ not visible yet'
says "$name.table" 'forbidden by a release there, or'
tr -s ' \n' ' ' <"$name.table" >"$name.words"
says "$name.words" 'task0 stored config current (settings 0) before settings 0 high (2)'
says "$name.words" 'set settings 0 high to 2, which others see later, and set config current to'
says "$name.words" 'settings 0 high is 0 [publish.c:73] before task0 op0 change: change: settings 0 high = 2'
says "$name.json" '"memory":[{"task":0,"text":"not visible yet"}]'
says "$name.json" '"claim_in_order":"without any reordering none of '
says "$name.html" '"memory":[{"task":0,"text":"not visible yet"}]'
says "$name.trace" '"name":"~ not visible yet","cat":"memory"'

name=$dir/$(basename $stale .prog)
says "$name.table" 'forbidden by an acquire there, or smp_rmb()'
tr -s ' \n' ' ' <"$name.table" >"$name.words"
says "$name.words" 'task0 read pair high (1) before pair sequence (2)'
says "$name.words" 'read pair high as 1, a value of the past'
says "$name.words" 'high is 1 [seqlock.c:63], a value of the past before task1 op0 write: pair_write: pair high = 3'
says "$name.json" '"text":"reads the value from before pair_write: WRITE_ONCE of task1"'
says "$name.trace" '"name":"~ reads the value from before pair_write: WRITE_ONCE of task1"'

expect 0 show --quick --json "$dir/none.json" corpus/bugs/free-without-tail/mail_of_january_2021.prog
! grep -q '"memory"' "$dir/none.json" || fail 'memory in a story without reorderings'
exit $status
