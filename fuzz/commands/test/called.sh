#!/bin/sh
# SPDX-License-Identifier: MIT
#
# called.sh PAGERACE: whatever the command is called, what it says to type next is
# itself: as it was typed.
. fuzz/test/command.sh

says() { grep -Eq -e "$1" "$dir/out" "$dir/err" || fail "no line like: $1"; }

story=$root/corpus/bugs/treiber/aba.prog
mkdir "$dir/build"
cp "$pagerace" "$dir/build/ring_race"
cd "$dir" || exit 1
pagerace=build/ring_race
expect 0 show "$story"
says "^replay: build/ring_race run --target treiber --revert none $story\$"
expect 0 show --json - "$story"
says "\"replay\":\"build/ring_race run --target treiber "
expect 2 run --target nowhere "$story"
says '; try: build/ring_race list targets$'
expect 2 run --revert nothing "$story"
says '; try: build/ring_race list reverts$'
expect 2 frobnicate
says '^ring_race: no command frobnicate; try: build/ring_race --help$'
expect 2 run
says '^ring_race: run: no file$'
expect 0 --help
says '^usage: ring_race COMMAND '
expect 0 run --help
says '^usage: ring_race run '
expect 2 run --nonsense
says '^usage: ring_race run '
printf 'pagerace 1\ntask0 add 1\nswitch task0 op0 before ad_page -> task1\n' >typo.prog
expect 2 run typo.prog
says '; try: build/ring_race list sites$'

# By its name alone; and as a trace is kept, which says the same from wherever.
PATH=$dir/build:$PATH
pagerace=ring_race
expect 0 show "$story"
says '^replay: ring_race run '
pagerace=./build/ring_race
mkdir corpus
expect 0 keep --name a_b_a --why 'as it is known' --corpus corpus "$story"
grep -q '^replay: ring_race run .* corpus/bugs/treiber/a_b_a.prog$' \
	corpus/bugs/treiber/a_b_a.trace || fail "$(cat corpus/bugs/treiber/a_b_a.trace)"
exit $status
