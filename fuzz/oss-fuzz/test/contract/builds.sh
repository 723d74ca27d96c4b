# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# builds.sh: one function for each build of OSS-Fuzz's, which builds it and goes
# through the items that hold for it; read by contract.sh.

# Without a network, the tree read-only, as far as this machine permits.
sealed() {
	if [ "$seal" = yes ]; then
		unshare -nm sh -c 'mount --bind "$0" "$0" &&
			mount -o remount,ro,bind "$0" && exec "$@"' "$root" "$@"
	else
		"$@"
	fi
}

seal=no
unshare -nm sh -c 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0"' \
	"$root" 2>/dev/null && seal=yes

# As compile calls it: bash -eux, from another folder.
call_build_sh() {
	: >"$dir/commands"
	(cd "$dir" && sealed bash -eux "$root/build.sh")
}

# begin BUILD SANITIZER ENGINE [FLAG]: is it wanted? Then its environment.
begin() {
	build=$1
	out=$dir/out
	work=$dir/work
	[[ $1 == *"$word"* ]] || return 1
	rm -rf "$out" "$dir/moved"
	mkdir -p "$out" "$work"
	export OUT=$out WORK=$work SRC=$dir
	environment "$2" "$3" "${4-}"
}

# lacks WHAT: a build that cannot be had here.
lacks() { item "$build: builds" skip "no $1"; }

clang_build() {
	compilers "$clang" "$clangxx"
	begin "$@"
}

build_libfuzzer() {
	clang_build "$1" "$1" libfuzzer || return 0
	item "$1: builds" call_build_sh
	# There we take the harness out of what is instrumented.
	[ "$1" = thread ] ||
		item "$1: flags: those given, none of ours that a build may not have" flags_are_given
	item "$1: \$OUT holds the target, its seeds, its options" out_holds
	item "$1: every file of the target is instrumented" is_instrumented "$1"
	item "$1: bad_build_check" bad_build_check "$1"
	item "$1: read-only and elsewhere: starts, junk, seeds, nothing said" runs_elsewhere
	item "$1: 20,000 executions, silent" runs_long
}

build_address() {
	build_libfuzzer address
	[ "$build" = address ] && [ -e "$out/$name" ] || return 0
	item 'offline, and a read-only tree' is_sealed
	item 'options: sections and flags that are known' options_are_known
	item 'seeds: flat, every story and clean program once' seeds_are_all
	item 'twice in a row: the same files' builds_twice
}

build_undefined() { build_libfuzzer undefined; }
build_memory() { build_libfuzzer memory; }

# ClusterFuzz never runs it; our own tests do, by the same script.
build_thread() { build_libfuzzer thread; }

build_coverage() {
	clang_build coverage coverage libfuzzer || return 0
	item 'coverage: builds' call_build_sh
	item 'coverage: $OUT holds the target, its seeds, its options' out_holds
	item 'coverage: merge, profile, report of sources that are there' covers
}

build_introspector() {
	clang_build introspector introspector libfuzzer || return 0
	[ -x "$(command -v ld.gold)" ] || { lacks 'ld.gold'; return 0; }
	item 'introspector: builds with -flto' call_build_sh
	item 'introspector: $AR and $RANLIB are taken' archivers_are_taken
	item 'introspector: runs' runs_elsewhere
}

build_afl() {
	begin afl address afl || return 0
	[ -e /usr/lib/afl/libAFLDriver.a ] || { lacks afl++; return 0; }
	compilers afl-clang-fast afl-clang-fast++
	item 'afl: builds' call_build_sh
	item 'afl: $OUT holds the target, its seeds, its options' out_holds
	item 'afl: all set and ready to roll' afl_starts
	item 'afl: schedule features are in its map' afl_sees_features
}

build_stand_in() {
	clang_build "$1" address "$1" || return 0
	stand_in
	item "$1: builds, the engine is an archive" call_build_sh
	item "$1: \$OUT holds the target, its seeds, its options" out_holds
	item "$1: flags: those given, the archive after the objects" flags_are_given
	item "$1: stand-in engine: seeds run, features pass guards" stand_in_runs
}

build_honggfuzz() { build_stand_in honggfuzz; }

build_centipede() {
	build_stand_in centipede
	clang_build centipede-none none centipede || return 0
	stand_in
	item 'centipede-none: builds, without a sanitizer' call_build_sh
	item 'centipede-none: stand-in engine: seeds run, features pass guards' stand_in_runs
}

build_i386() {
	clang_build i386 address libfuzzer -m32 || return 0
	echo 'int main() { return 0; }' >"$dir/a.cc"
	if ! "$clangxx" -m32 "$dir/a.cc" -o "$dir/a.out" 2>"$dir/item"; then
		lacks '32-bit C++ library'
		return 0
	fi
	item 'i386: builds' call_build_sh
	item 'i386: is for that machine' is_for 'Intel 80386'
	item 'i386: runs' runs_elsewhere
}

build_aarch64() {
	clang_build aarch64 none libfuzzer --target=aarch64-linux-gnu || return 0
	[ -d /usr/aarch64-linux-gnu/include ] || { lacks 'C library for it'; return 0; }
	stand_in --target=aarch64-linux-gnu
	CFLAGS=${CFLAGS/-fsanitize=fuzzer-no-link/} CXXFLAGS=${CXXFLAGS/-fsanitize=fuzzer-no-link/}
	item 'aarch64: builds' call_build_sh
	item 'aarch64: is for that machine' is_for aarch64
	item 'aarch64: seeds run, emulated' runs_emulated
}
