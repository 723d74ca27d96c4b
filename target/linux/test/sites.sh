#!/bin/sh
# SPDX-License-Identifier: MIT
#
# sites.sh: the names that name_sites.sh gives to sites of inlined code, with
# each compiler that is there, however it optimizes. Run in the tree of sources;
# skipped without the tools of LLVM.
#
#   sites.sh COMPILER...
for LLVM_SUFFIX in -19 -14 '' none; do
	missing=
	for tool in ld.lld llvm-symbolizer llvm-readelf llvm-objcopy; do
		command -v "$tool$LLVM_SUFFIX" >/dev/null || missing=$tool
	done
	[ -n "$missing" ] || break
done
[ "$LLVM_SUFFIX" != none ] || exit 77
export LLVM_SUFFIX
test=target/linux/test
include="-Itarget -Itarget/linux -Ifuzz/base -Ifuzz/program -Ifuzz/memory -Ifuzz/engine -Isanitizers -I$test/sites"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

# expect_names COMPILER FLAG...: those of names.txt.
expect_names() {
	"$@" -g1 -Wall -Wextra -Werror -ffunction-sections $include \
		-c $test/sites/places.c -o "$work/places.o" &&
		ld -r -o "$work/all.o" "$work/places.o" &&
		target/linux/name_sites.sh "$work/all.o" entry accessors.h \
			"$PWD/$test" >"$work/names.c" &&
		"$@" $include $test/site_list.c fuzz/engine/sites.c \
			target/machine_stub.c "$work/names.c" "$work/all.o" \
			-o "$work/list" &&
		"$work/list" >"$work/names.txt" &&
		diff -u $test/sites/names.txt "$work/names.txt" && return
	echo "sites are called otherwise: $*"
	status=1
}

# expect_trouble WORDS: it says so, of places.o as it is, and nothing else.
expect_trouble() {
	target/linux/name_sites.sh "$work/places.o" entry '' \
		>"$work/out" 2>"$work/err"
	if [ $? != 2 ] || ! grep -q "$1" "$work/err"; then
		echo "no complaint: $1"
		status=1
	fi
}

for compiler; do
	command -v "$compiler" >/dev/null || continue
	# gcc merges what branches end with, unless it is told not to.
	set -- "$compiler" -fno-crossjumping
	"$@" -fsyntax-only -x c /dev/null 2>/dev/null || set -- "$compiler"
	expect_names "$@" -O1
	expect_names "$@" -O2
	expect_names "$@" -O2 -fno-inline
	expect_names "$@" -O3 -fPIE
	expect_names "$@" -O2 -fsanitize=address
done

echo 'int entry(void) { return 0; }' >"$work/none.c"
"$1" -c "$work/none.c" -o "$work/places.o"
expect_trouble 'cannot be named'
"$1" -O1 $include -c $test/sites/places.c -o "$work/places.o"
expect_trouble 'compile with -g1'
exit $status
