#!/bin/sh
# SPDX-License-Identifier: MIT
#
# sniff.sh PAGERACE: text is never taken for bytes, by no verb that reads
# programs; what is taken for bytes is said to be.
. fuzz/test/command.sh

# says PATTERN: standard error has a line like that.
says() { grep -Eq "$1" "$dir/err" || fail "no line like: $1"; }

# Not one of these is a program, however it is read.
first='expected "pagerace 1"'
printf 'pagrace 1\nexpect page-loss\ntask0 lookup 3\n' >"$dir/typo.prog"
printf '\n# mine\npagerace 1\n' >"$dir/late"
printf 'pages 16\n' >"$dir/none"
printf 'sch\303\266n und gut\n' >"$dir/letters"
printf '\177ELF\002\001\000' >"$dir/binary.prog"
: >"$dir/empty"
: >"$dir/empty.prog"
for file in typo.prog late none letters binary.prog empty empty.prog; do
	expect 2 run "$dir/$file"
	says "^$dir/$file:1: $first, "
done
expect 2 run "$dir/typo.prog"
says 'found "pagrace 1"; is it misspelt\?$'
expect 2 run "$dir/late"
says 'which stands in line 3: nothing may stand before it$'
expect 2 run README.md
says '^README.md:1: .* found "# pagerace"'
expect 2 run - # nothing comes: whoever was to send it has failed
says "^-:1: $first, and there is nothing$"

for verb in show encode decode minimize explore coverage 'bench speed' \
	'keep --name a --why b' 'fidelity --against treiber' 'run --quiet'; do
	# shellcheck disable=SC2086 # verb and its words
	expect 2 $verb "$dir/none"
	says "^$dir/none:1: $first, found \"pages 16\"$"
done
expect 1 triage --verbose "$dir/none" "$dir/typo.prog"
says '/none: skipped: text, but no program$'
says '/typo.prog: skipped: line 1: expected '

# What engines name is bytes, if it is empty or could be read; so is what is
# not letters.
name=da39a3ee5e6b4b0d3255bfef95601890afd80709
mkdir "$dir/bytes"
for file in crash-1 x.bin $name id:000001 clusterfuzz-testcase-7; do
	: >"$dir/bytes/$file"
	expect 0 run "$dir/bytes/$file"
	says "^$dir/bytes/$file: as bytes$"
done
printf 'letters' >"$dir/bytes/crash-1"
printf 'caf\351\n' >"$dir/bytes/latin"
printf '\000' >"$dir/bytes/zero"
expect 0 run "$dir/bytes/crash-1" "$dir/bytes/latin" "$dir/bytes/zero"
[ "$(grep -c ': as bytes$' "$dir/err")" = 3 ] || fail 'not a line each'
expect 0 run --quiet "$dir/bytes/zero"
[ ! -s "$dir/err" ] || fail 'not quiet'
expect 0 show "$dir/bytes/zero"
says '/zero: as bytes$'

# Text is text under any name.
printf 'pagerace 1\n' >"$dir/crash-2"
expect 0 run "$dir/crash-2"
[ ! -s "$dir/err" ] || fail 'text as bytes'
exit $status
