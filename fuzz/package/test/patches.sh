#!/bin/sh
# SPDX-License-Identifier: MIT
#
# patches.sh CC: patches of every form that people have make a target, and what
# cannot be one is refused where it is configured or built, by name and line.
CC=$1
export CC
root=$(pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
status=0
fail() {
	echo "$*"
	cat log
	status=1
}

# A project with a target in a folder, and a binary that says what it has.
mkdir -p "$dir/own/src" "$dir/own/doc"
cd "$dir/own" || exit 1
cat >CMakeLists.txt <<END
cmake_minimum_required(VERSION 3.16)
project(own C)
set(PAGERACE_INCLUDES $root/target)
set(PAGERACE_VARIANTS_IN $root/fuzz/program/variants.c.in)
include($root/target/variants.cmake)
pagerace_target(ring SOURCES src/ring.c ABOUT "as it is")
pagerace_revert(ring broken PATCH broken.patch)
add_executable(list list.c)
target_include_directories(list PRIVATE $root/target $root/fuzz/program)
pagerace_variants(list "" ring ring_broken)
END
cat >src/ring.c <<'END'
#include "target.h"

const struct target target_ring = {
	.name = "whole",
	TARGET_SITES,
};
END
cp src/ring.c doc/ring.c
cat >list.c <<'END'
#include <stdio.h>
#include "targets.h"

int main(void)
{
	const struct variant *at;

	for (at = variants; at->target; at++)
		printf("%s, %s: %s\n", at->revert, at->target->name, at->about);
	return 0;
}
END
mkdir a b
cp -r src doc a
cp -r src doc b
sed -i 's/whole/halved/' b/src/ring.c b/doc/ring.c
diff -u a/src/ring.c b/src/ring.c >"$dir/dated.patch"
grep -q "	[0-9]" "$dir/dated.patch" || fail 'diff -u writes no dates?'
sed 's/	.*//' "$dir/dated.patch" | sed 's/^	*$/ /' >"$dir/bare"
diff -u --label a/src/ring.c --label b/src/ring.c a/src/ring.c b/src/ring.c \
	>"$dir/plain.patch"

configure() { cmake -S . -B build >log 2>&1; }
# holds NAME: the patch named so, as it is, makes a target.
holds() {
	configure && cmake --build build >log 2>&1 ||
		fail "$1: refused"
	build/list >log
	grep -q '^broken, halved: ' log || fail "$1: not applied"
	grep -q '^none, whole: as it is$' log || fail "$1: the target as it is"
}
# refuses WORDS: it is said where it is configured.
refuses() {
	! configure || fail "taken: $1"
	tr -s ' \n' '  ' <log | grep -q -- "$1" || fail "not said: $1"
}

cp "$dir/dated.patch" broken.patch
holds 'with dates'
grep -q '^broken, halved: (no About: line in broken.patch)$' log ||
	fail 'nothing says what it is about'
(echo 'About: half of it'; echo ---; cat "$dir/plain.patch") >broken.patch
holds 'with a head'
grep -q '^broken, halved: half of it$' log || fail 'the head is not read'
(echo 'From 0123456789 Mon Sep 17 00:00:00 2001'; echo 'From: A <a@b>'
	echo 'Subject: [PATCH 1/2] ring: half of it'; echo
	echo 'Reasons.'; echo ---; cat "$dir/plain.patch") >broken.patch
holds "as git sends it"
grep -q '^broken, halved: ring: half of it$' log || fail 'the subject is not read'
(echo 'Half of it, because.'; cat "$dir/plain.patch") >broken.patch
holds 'with a text'
grep -q '^broken, halved: Half of it, because.$' log || fail 'the text is not read'
sed 's/$/\r/' "$dir/dated.patch" >broken.patch
holds 'lines that end in CRLF'
sed -i 's/$/\r/' src/ring.c
holds 'sources with CRLF, too'
sed -i 's/\r//' src/ring.c

(echo one; echo two; sed 's|b/src|src|; s|a/src|src|' "$dir/plain.patch") >broken.patch
refuses 'pagerace: .*/broken.patch:4: "+++ src/ring.c": there is no ring.c in .*/own; expected "+++ b/FILE", as patch -p1 wants it'
sed 's|b/src/||; s|a/src/||' "$dir/dated.patch" >broken.patch
refuses 'pagerace: .*/broken.patch:2: "+++ ring.c": expected "+++ b/FILE" '
sed 's|src/|doc/|' "$dir/plain.patch" >broken.patch
refuses 'pagerace: .*/broken.patch:2: doc/ring.c is not beside a source of ring; its folders: src'
sed 's|/ring|/wring|' "$dir/plain.patch" >broken.patch
refuses 'pagerace: .*/broken.patch:2: "+++ b/src/wring.c": there is no src/wring.c in '
echo 'notes' >broken.patch
refuses 'pagerace: .*/broken.patch: no lines "--- a/FILE"'
rm broken.patch
refuses 'pagerace: .*/broken.patch: no such patch, for target ring'

# What was right yesterday, and is not with today's source.
sed 's/^-\(.*\)whole/-\1hole/' "$dir/plain.patch" >broken.patch
configure || fail 'a patch that may apply tomorrow is refused'
! cmake --build build >log 2>&1 || fail 'a stale patch is taken'
tr -s ' \n' '  ' <log |
	grep -q 'pagerace: error: .*/broken.patch does not apply to target ring, revert broken: .*1 out of 1 hunk' ||
	fail 'nobody says which patch is stale'
exit $status
