#!/bin/sh
# SPDX-License-Identifier: MIT
#
# fidelity.sh PAGERACE: the core does what the core does; the example does not.
. fuzz/test/command.sh

# says PATTERN: and nothing on standard error, but how far it is if that takes long.
says() {
	grep -Eq "$1" "$dir/out" || fail "not $1"
	! grep -Evq '^[0-9]+ of [0-9]+ programs, [0-9]+ differ$' "$dir/err" ||
		fail 'said something on standard error'
}

expect 0 fidelity --against core --programs 2000
says '^core and core do the same in 2000 programs$'
expect 0 fidelity --against core:no-recheck --programs 200 --seed 7
says '^core and core:no-recheck do the same in 200 programs$'
expect 0 fidelity --against core:e320d3012d25 corpus/clean/*.prog
says 'zone_is_exhausted.prog: core and core:free-without-tail do the same$'

# The example counts no references. What one of them lacks is asked of neither.
expect 1 fidelity --against treiber --programs 1000
says 'core and treiber differ: references or handles are others$'
says '^ +in the books +p0, count 1, held +p0, count 0, held +<--$'
says '^pages +16$'
! grep -q 'order=' "$dir/out" || fail 'the example has no orders'
printf 'pagerace 1\nsetup alloc order=1\n' >"$dir/smallest.prog"
cp "$dir/out" "$dir/first"
expect 1 fidelity --against treiber --programs 1000
cmp "$dir/out" "$dir/first" || fail 'the second time it says something else'
expect 1 fidelity --target treiber --against core "$dir/smallest.prog"
says 'smallest.prog: treiber and core differ'
says '^setup +alloc +p0 +p0$'

# The kernel, where the build has one, does what the core does.
if "$pagerace" list targets | grep -q '^linux '; then
	expect 0 fidelity --programs 3000
	says '^core and linux do the same in 3000 programs$'
fi

expect 2 fidelity --against nowhere
grep -q '^pagerace: no target nowhere' "$dir/err" || fail 'nowhere'
expect 2 fidelity --against core:nothing
grep -q '^pagerace: no revert nothing of core' "$dir/err" || fail 'nothing'
expect 2 fidelity --against core "$dir/missing.prog"
expect 0 fidelity --help
exit $status
