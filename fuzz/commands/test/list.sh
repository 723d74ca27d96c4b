#!/bin/sh
# SPDX-License-Identifier: MIT
#
# list.sh PAGERACE: pagerace list speaks of one target: what it has, in its words.
. fuzz/test/command.sh

says() {
	grep -Eq -- "$1" "$dir/out" || fail "not $1"
}
says_not() {
	! grep -Eq -- "$1" "$dir/out" || fail "$1, which is not there"
}

expect 0 list operations
says '^ 1  bN = alloc order=N \[compound\] *$'
says '^10  reclaim INDEX *$'
says '^14  add_large INDEX order=N +\(a no-op here\)$'
expect 0 list --target treiber operations
says '^ 1  bN = alloc +pop$'
says '^ 2  free bN +push$'
says '^ 4  put rN +\(a no-op here\)$'

expect 0 list checkers
says "^order-mismatch +a free block has its list's order and overlaps no other$"
says '^page-loss +at quiescence every page is free, cached or owned$'
expect 0 list --target treiber checkers
says '^order-mismatch +a free node is in one place, once$'
says '^page-loss +at quiescence every node is free or owned$'

# Two words for one thing, but for the core, which has both things.
expect 0 list reverts
says '^late-head-read +462a8e08e0e6 '
says_not '^half-of-one-page '
[ ! -s "$dir/err" ] || fail 'something is wrong with that'
expect 0 list mistakes
says '^half-of-one-page +[a-z]+ '
says_not '^late-head-read '
for what in reverts mistakes; do
	expect 0 list --target treiber $what
	[ ! -s "$dir/out" ] || fail 'others have reverts'
	grep -q '^pagerace: list: treiber has no reverts' "$dir/err" ||
		fail 'nobody says that there are none'
done
# Each policy that is listed is one, and others are not.
expect 0 list policies
says '^script +[a-z]'
says '^surw +[a-z]'
[ "$(grep -c . "$dir/out")" = 6 ] || fail 'six policies'
for policy in $(awk '{ print $1 }' "$dir/out"); do
	expect 0 run --policy "$policy" corpus/clean/two_cpus_four_operations_each.prog
done
expect 0 list --help
says 'reverts: what --revert takes'
expect 2 list everything
exit $status
