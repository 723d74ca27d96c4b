#!/bin/sh
# SPDX-License-Identifier: MIT
#
# pipes.sh PAGERACE: whoever reads what a command prints may leave before the end:
# no message, and the exit code is that of the same command with a patient reader.
. fuzz/test/command.sh
race=corpus/bugs/free-without-tail/mail_of_january_2021.prog
stack=corpus/bugs/treiber/aba.prog
mkfifo "$dir/fifo"

# same argument...: into a file, then into a pipe that nobody reads any more.
same() {
	"$pagerace" "$@" >"$dir/out" 2>"$dir/err" </dev/null
	want=$?
	[ $want -le 1 ] || fail "$*: exit $want"
	# Both ends are open at once, then the reader's is closed.
	"$pagerace" "$@" 3<>"$dir/fifo" >"$dir/fifo" 3<&- 2>"$dir/err" </dev/null
	got=$?
	[ $got = $want ] || fail "$*: exit $got without a reader, not $want"
	! grep -i 'pipe' "$dir/err" || fail "$*: of the pipe"
}

same --help
same --version
same run --help
for what in operations checkers mistakes policies reverts sites targets; do
	same list $what
done
same run $race $race
same run --revert none $race
same run --digest --policy random-walk --runs 2 --expect clean $race
same show $race
same show --verbose $race $stack
same show --json - $race
same show --perfetto - $race
same show --html - $race
same encode $race
same decode $race
same minimize $stack
same explore --preemptions 1 $race
same triage corpus/bugs/treiber
same coverage --verbose corpus/bugs/free-without-tail corpus/seeds
same fidelity --against core:free-without-tail --programs 200
same fidelity --against core --programs 20
same determinism --programs 20
mkdir "$dir/corpus"
"$pagerace" encode $stack -o "$dir/crash"
"$pagerace" keep --corpus "$dir/corpus" --target treiber --name kept --why b \
	"$dir/crash" 3<>"$dir/fifo" >"$dir/fifo" 3<&- 2>"$dir/err" ||
	fail 'keep: says that it could not'

# What people type, in scripts that look at every exit code.
if command -v bash >/dev/null; then
	bash -o pipefail -c '"$1" list sites | head -n 1' - "$pagerace" \
		>"$dir/out" 2>"$dir/err" || fail 'list sites | head'
	[ ! -s "$dir/err" ] || fail 'list sites | head: noise'
fi

# A full disk is another matter.
if [ -c /dev/full ]; then
	for words in 'list sites' "show $race" "show --json - $race" "encode $race"; do
		# shellcheck disable=SC2086 # words
		"$pagerace" $words >/dev/full 2>"$dir/err"
		[ $? = 2 ] || fail "$words: a full disk is nothing to it"
		grep -q 'standard output: No space left' "$dir/err" ||
			fail "$words: does not say what is wrong"
	done
fi
exit $status
