#!/bin/sh
# SPDX-License-Identifier: MIT
#
# show.sh PAGERACE: pagerace show at the command line: outputs are whole or not
# there, and what makes no sense is said, with exit code 2.
pagerace=$1
story=corpus/bugs/free-without-tail/mail_of_january_2021.prog
other=corpus/bugs/treiber/aba.prog
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
status=0
fail() { echo "$1"; status=1; }

# expect CODE PATTERN argument...: exit code, and a message that matches.
expect() {
	code=$1 pattern=$2
	shift 2
	"$pagerace" show "$@" >"$dir/stdout" 2>"$dir/stderr" </dev/null
	got=$?
	if [ $got != "$code" ] || { [ "$pattern" ] &&
		! cat "$dir/stderr" "$dir/stdout" | grep -Eq -- "$pattern"; }; then
		fail "pagerace show $*: exit $got, said:"
		cat "$dir/stdout" "$dir/stderr"
	fi
}

# What goes wrong says so and leaves nothing, not even the other output.
expect 2 'no file' --json "$dir/out"
expect 2 'one file for an output' --json "$dir/out" $story $other
expect 2 'two outputs to .*/out' --json "$dir/out" --html "$dir/out" $story
expect 2 'two outputs to -' --json - --perfetto - $story
expect 2 'nowhere/out: No such file' --json "$dir/out" --html "$dir/nowhere/out" $story
expect 2 'missing.prog: No such file' --html "$dir/out" missing.prog
expect 2 ': Is a directory' --html "$dir" $story
expect 2 'has no option' --seed 1 $story
[ "$(ls "$dir")" = "$(printf 'stderr\nstdout')" ] ||
	fail "left behind: $(ls "$dir")"

# All three at once; equal the second time, when they are replaced.
for turn in 1 2; do
	expect 0 '' --json "$dir/run.json" --perfetto "$dir/trace.json" --html "$dir/page.html" $story
	[ ! -s "$dir/stdout" ] || fail 'outputs, and a table'
	sum=$(cat "$dir/run.json" "$dir/trace.json" "$dir/page.html" | cksum)
	[ "$turn" = 1 ] || [ "$sum" = "$before" ] || fail 'another output the second time'
	before=$sum
done
rm "$dir/run.json" "$dir/trace.json" "$dir/page.html"
[ "$(ls "$dir")" = "$(printf 'stderr\nstdout')" ] || fail "left behind: $(ls "$dir")"

# Standard output, devices and links are written to.
expect 0 '^{"format":"pagerace run","version":1,' --json - $story
expect 0 '"file":"mail_of_january_2021.prog"' --json - "$PWD/$story"
# What no order explains.
queue=corpus/bugs/linked-at-the-tail/comes_out_behind_the_next.prog
expect 0 '"history":."from":1,"until":10,"wrong":1,"calls"' --quick --json - $queue
expect 0 '"text":"enqueue 2","setup":false,"begun":2,"ended":3.,$' --quick --json - $queue
expect 0 '"text":"dequeue = 3","right":"1".\]\},$' --quick --json - $queue
expect 0 '"file":"mail_of_january_2021.prog"' --json - "$PWD/$story"
! grep -q '"history"' "$dir/stdout" || fail 'a history of what has none'
! grep -q "$PWD" "$dir/stdout" || fail 'a folder of this machine'
ln -s target "$dir/link"
expect 0 '' --html "$dir/link" $story
[ -L "$dir/link" ] && [ -s "$dir/target" ] || fail 'a link was replaced'
expect 0 '' --json /dev/null $story
[ -c /dev/null ] || fail '/dev/null is no device any more'

# Bytes have no reasons but the same run; another revert is said so.
"$pagerace" encode $story -o "$dir/story.bin"
expect 0 '"finding":"page-loss"' --revert free-without-tail --json - "$dir/story.bin"
expect 0 'nrevert   none' --revert none --json - $story
! grep -q 'nexpect ' "$dir/stdout" || fail 'expects what the other revert shows'
expect 0 '^clean: every promise was kept' --revert none $story

# What a target lacks is not spoken of; the core and its likes lack nothing.
expect 0 '^16 nodes$' $other
expect 0 '^"config":.*"pages":16.,"page_name":"node","lacks":."orders","percpu","tree","cache".,$' --json - $other
expect 0 '"text":"free"' --json - $other
! grep -Eq '"order":|pcp_high|"fanout"|order 0' "$dir/stdout" || fail 'more than there is'
expect 0 '"name":"node 1"' --perfetto - $other
expect 0 '^"config":.*"pages":16,"pcp_high":0,"pcp_batch":1,"fanout":4.,$' --json - $story
! grep -q '"lacks"' "$dir/stdout" || fail 'the core lacks something'

# Where a sanitizer ends the run, the table ends with what run says.
if [ -n "$("$pagerace" list mistakes)" ]; then
	for mistake in corpus/mistakes/*/*.prog; do
		said=$("$pagerace" run "$mistake" | sed 's/^[^:]*: //')
		expect 0 "^$said: " "$mistake"
	done
fi

# Several files: their tables, one after the other.
expect 0 '^treiber, revert none' $story $other
[ "$(grep -c '^replay: ' "$dir/stdout")" = 2 ] || fail 'not two tables'
expect 0 '    cache: 3 -> page 0' --verbose $story
expect 0 '^ +65 \(3\) put_page_testzero:' --verbose $story
exit $status
