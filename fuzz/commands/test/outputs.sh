#!/bin/sh
# SPDX-License-Identifier: MIT
#
# outputs.sh PAGERACE: an output that cannot be written is found out before the
# work; what cannot be written after all is not lost; lines to be pasted can be.
. fuzz/test/command.sh
story=corpus/bugs/free-without-tail/mail_of_january_2021.prog
: >"$dir/file"
mkdir "$dir/folder"
long=$(printf '%0255d' 0)

# refused REASON argument...: before anything was played, and nothing is left.
refused() {
	reason=$1
	shift
	before=$(find "$dir" | sort)
	expect 2 "$@"
	grep -q -e ": $reason\$" "$dir/err" || fail "$*: not: $reason"
	[ "$(wc -l <"$dir/err")" = 1 ] || fail "$*: it went to work"
	[ ! -s "$dir/out" ] || fail "$*: it said something"
	[ "$(find "$dir" | sort)" = "$before" ] || fail "$*: something is left"
}

for out in "$dir/missing/out:No such file or directory" "$dir/file/out:Not a directory" \
	"$dir/folder:Is a directory" "$dir/$long:File name too long"; do
	path=${out%%:*} reason=${out#*:}
	refused "$reason" minimize "$story" -o "$path"
	refused "$reason" explore --preemptions 0 --state "$path" "$story"
	refused "$reason" run --target core --revert none --expect page-loss \
		--schedules 10 -o "$path" corpus/bugs/treiber/aba.prog
	for form in --json --html --perfetto; do
		refused "$reason" show "$form" "$path" "$story"
	done
done
refused 'an output without a name' minimize "$story" -o ''
refused '--state is a file that is read again' explore --preemptions 0 --state - "$story"
refused 'Not a directory' explore --preemptions 0 --findings "$dir/file/a/b" "$story"
refused 'Not a directory' keep --corpus "$dir/file" --name a --why b "$story"
mkdir "$dir/corpus"
: >"$dir/corpus/bugs"
refused 'Not a directory' keep --corpus "$dir/corpus" --name a --why b "$story"
refused 'Not a directory' triage -o "$dir/file/out" "$dir/folder"

# What could be written before is there still, and whole.
echo old >"$dir/old"
refused 'Is a directory' show --html "$dir/old" --json "$dir/folder" "$story"
[ "$(cat "$dir/old")" = old ] || fail 'an output was touched'

# Full in the end: there it is.
expect 2 minimize "$story" -o /dev/full
grep -q '^/dev/full: No space left' "$dir/err" || fail 'no reason'
grep -qx 'pagerace 1' "$dir/out" || fail 'the result is lost'

# What was written is said, but to the standard output.
expect 0 show --html "$dir/page.html" "$story"
[ "$(cat "$dir/err")" = "$dir/page.html: written: a page for a browser" ] || fail 'what was written?'
expect 0 show --html - "$story"
[ ! -s "$dir/err" ] || fail 'a page on standard output is seen'

# The replay line, pasted.
odd="$dir/it's a \$HOME of its own.prog"
cp "$story" "$odd"
expect 0 show "$odd"
line=$(sed -n "s,^replay: $pagerace ,,p" "$dir/out")
(cd "$dir" && eval "$pagerace $line") >"$dir/said" || fail "not replayed: $line"
grep -q 'page-loss$' "$dir/said" || fail 'replayed as something else'
exit $status
