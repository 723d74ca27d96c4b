#!/bin/sh
# SPDX-License-Identifier: MIT
#
# gates.sh PAGERACE: show --gates where there is nothing to say. What it says of the
# target linux: target/linux/test/gates.sh.
pagerace=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
status=0
race=corpus/bugs/free-without-tail/mail_of_january_2021.prog

# expect CODE WORDS argument...
expect() {
	code=$1 words=$2
	shift 2
	"$pagerace" show "$@" >"$dir/out" 2>&1 </dev/null
	got=$?
	if [ $got != "$code" ] || ! grep -qF -- "$words" "$dir/out"; then
		echo "pagerace show $*: exit $got, said:"
		cat "$dir/out"
		status=1
	fi
}

expect 2 'gates are for the target linux, not for core' --gates $race
expect 2 '--vmlinux is for --gates' --vmlinux "$dir/none" $race
expect 2 '--gates are for deciding orders, which --quick does not look for' --gates --quick $race
expect 2 '--gates of one file, and nothing else' --gates $race $race
expect 2 '--gates of one file, and nothing else' --gates --json "$dir/run.json" $race
[ ! -e "$dir/run.json" ] || status=1
expect 0 '--vmlinux FILE' --help
exit $status
