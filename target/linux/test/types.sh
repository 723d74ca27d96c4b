#!/bin/sh
# SPDX-License-Identifier: MIT
#
# types.sh: what name_types.sh makes of types/things.c, with each clang that is there.
# Run in the tree of sources; skipped without one, or without llvm-dwarfdump.
for LLVM_SUFFIX in -19 -14 '' none; do
	! command -v "llvm-dwarfdump$LLVM_SUFFIX" >/dev/null || break
done
[ "$LLVM_SUFFIX" != none ] || exit 77
export LLVM_SUFFIX
test=target/linux/test
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0 nr=0

for compiler in clang-19 clang-14 clang; do
	command -v "$compiler" >/dev/null || continue
	nr=$((nr + 1))
	"$compiler" -g -c $test/types/things.c -o "$work/things.o" &&
		target/linux/name_types.sh "$work/things.o" things \
			>"$work/types.c" &&
		"$compiler" -Wall -Wextra -Werror -Itarget -c "$work/types.c" \
			-o "$work/types.o" &&
		diff -u $test/types/types.txt "$work/types.c" || {
		echo "types are called otherwise: $compiler"
		status=1
	}
done
[ $nr -gt 0 ] || exit 77
! target/linux/name_types.sh "$work/things.o" nothing >"$work/out" 2>"$work/err" &&
	grep -q 'no struct nothing' "$work/err" || {
	echo 'no complaint of a struct that is not there'
	status=1
}
exit $status
