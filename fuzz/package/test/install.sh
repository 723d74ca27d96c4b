#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# install.sh PAGERACE CC: what `cmake --install` puts down, of the build that
# PAGERACE lies in, made by the clang CC, is enough for a project of its own.
#
# Installs into a folder that is then moved, copies the installed example
# elsewhere and does with it what its page says: it builds, its mistake is
# found, minimized and replayed, and without the mistake it is silent.
set -euo pipefail

build=${1%/*} CC=$2
export CC
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$work/prefix own=$work/own
flags='-use_counters=0 -entropic=0 -mutate_depth=1 -max_len=1024'
fail() { echo "$*"; exit 1; }
expect() { "$@" || fail "failed: $*"; }

# ------------------------------------------------------------ what is installed

expect cmake --build "$build" --target pagerace pagerace_archive pagerace_threads_archive
cmake --install "$build" --prefix "$work/first" >/dev/null
DESTDIR=$work/dest cmake --install "$build" --prefix /usr --component runtime \
	>/dev/null
empty=$(find "$work" -type d -empty)
[ -z "$empty" ] || fail "empty folders: $empty"
# Every source is of a part, or chosen by machine and options.
while read -r source; do
	[[ $source =~ ^fuzz/engine/(fiber_|plain)|^target/machine_stub.c$ ]] ||
		grep -q "[ ;]$source[;)]" "$work"/first/lib*/cmake/pagerace/pageraceConfig.cmake ||
		fail "nobody compiles $source"
done < <(cd "$work/first/share/pagerace" && find . -name '*.[cS]' | sed 's|^\./||')
[ -x "$work/dest/usr/bin/pagerace" ] || fail 'DESTDIR is not honoured'
[ ! -e "$work/dest/usr/include" ] || fail 'component runtime has headers'
mv "$work/first" "$prefix"
doc=$prefix/share/doc/pagerace
! grep -rIl "$root" "$prefix" --include='*.cmake' --include='*.pc' \
	--include='*.1' --include='*.md' --include='*.h' ||
	fail 'installed files name the source tree'
# Wherever the distribution has libraries.
pc=$(find "$prefix" -name pagerace.pc)
expect test -f "$pc"

"$prefix/bin/pagerace" --help | sed -n '3,/^$/s/^  \([a-z]*\) .*/\1/p' >"$work/verbs"
[ "$(wc -l <"$work/verbs")" -ge 12 ] || fail 'the commands cannot be told'
while read -r verb; do
	grep -q "^\.SS $verb\$" "$prefix/share/man/man1/pagerace.1" ||
		fail "pagerace.1: nothing about $verb"
done <"$work/verbs"

# complete WORD...: what bash would offer for the last one.
complete_words() (
	PATH=$prefix/bin:$PATH
	# shellcheck disable=SC2317 # the file calls it
	complete() { :; }
	# shellcheck source=/dev/null
	. "$prefix/share/bash-completion/completions/pagerace"
	COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
	_pagerace pagerace "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
	echo "${COMPREPLY[*]}"
)
offers() {
	local want=$1
	shift
	[ "$(complete_words "$@")" = "$want" ] ||
		fail "completion of '$*': $(complete_words "$@"), not $want"
}
offers 'determinism' pagerace det
offers "$(tr '\n' ' ' <"$work/verbs" | sed 's/ $//')" pagerace ''
offers '--schedules --seed --stop-at' pagerace run --s
offers 'late-head-read' pagerace run --revert la
offers '' pagerace run --target treiber --revert la
offers 'treiber' pagerace show --target t
offers 'sites' pagerace list s

# ------------------------------------------------------------- a project of one

cp -r "$doc/examples/buffers" "$own"
cd "$own"
# shellcheck disable=SC2120 # most calls are by way of expect
configure() { cmake -S . -B build -DCMAKE_PREFIX_PATH="$prefix" "$@"; }
expect configure -DCMAKE_BUILD_TYPE=Release
expect cmake --build build -j 2
[ "$(build/buffers_race --version)" = "$("$prefix/bin/pagerace" --version)" ] ||
	fail "its version: $(build/buffers_race --version)"
expect cmp build/buffers_fuzzer.options "$root/fuzz/fuzzers/page_cache_fuzzer.options"

# What the page begins with. How it shows first is the seed's matter.
expect build/buffers_race hunt evict-looks-first --seed 2 >said
story=$(echo findings/buffers-evict-looks-first/seed-2/*.prog)
grep -Eq '^found [a-z-]+ after [0-9]+ executions in [0-9.]+ s, seed 2$' said ||
	fail "$(cat said)"
grep -q "^replay: build/buffers_race run --target buffers --revert evict-looks-first $story\$" said ||
	fail "$(cat said)"
expect build/buffers_race run $story
status=0
build/buffers_race hunt --seed 1 --runs 20000 >said || status=$?
[ $status = 1 ] || fail "hunt: $status, $(cat said)"
mkdir moved
cp build/buffers_race build/buffers_fuzzer* moved
expect moved/buffers_race hunt evict-looks-first --seed 2 >said

rm -rf findings
mkdir findings
for seed in 1 2 3 4; do
	# shellcheck disable=SC2086 # flags are words
	! build/buffers_fuzzer_evict_looks_first $flags -seed=$seed \
		-runs=100000 -artifact_prefix=findings/ >fuzz.log 2>&1 ||
		fail "the mistake is not found: seed $seed"
	grep -q '^ASSERTION FAILED: ' fuzz.log || fail "$(cat fuzz.log)"
	grep -q '^pagerace: to see it: build/buffers_race show --target buffers ' \
		fuzz.log || fail "$(cat fuzz.log)"
done
expect build/buffers_race triage findings -o triage
story=triage/buffers-evict-looks-first/reference-count-1.prog
expect grep -q '^expect  *reference-count$' $story
expect build/buffers_race run $story
expect build/buffers_race run --revert none --expect clean $story
build/buffers_race show $story >table
expect grep -q '^1 preemption, 3 operations' table
# In its own words, and of what it has.
expect grep -q '^2 buffers$' table
expect grep -q '^ *evict [0-9]' table
! grep -q 'page [0-9]\|pages\|CPU lists\|slots a node' table || fail "$(cat table)"
for what in reverts mistakes; do
	expect build/buffers_race list $what >listed
	expect grep -q '^evict-looks-first ' listed
done
expect build/buffers_race list operations >listed
expect grep -q '^10  reclaim INDEX  *evict$' listed
# shellcheck disable=SC2086 # flags are words
expect build/buffers_fuzzer $flags -seed=1 -runs=50000 >fuzz.log 2>&1
# With the mistake out there is nothing in any schedule of that program.
sed 's/^revert .*/revert none/; s/^expect .*/expect clean/' $story >fixed.prog
status=0
build/buffers_race explore --preemptions 2 --jobs 1 --revert none fixed.prog \
	>explored || status=$?
[ $status = 1 ] || fail "explore: $(cat explored)"

# Another build is a matter of flags, and of generators.
rm -rf build
if command -v ninja >/dev/null; then export CMAKE_GENERATOR=Ninja; fi
expect configure -DCMAKE_C_FLAGS='-O1 -g -fsanitize=address'
expect cmake --build build -j 2
expect build/buffers_race run $story
# shellcheck disable=SC2086 # flags are words
expect build/buffers_fuzzer $flags -seed=1 -runs=5000 >fuzz.log 2>&1
find build/CMakeFiles/pagerace_engine.dir -name '*.c.o' >objects
expect test -s objects
while read -r object; do
	nm "$object" | grep '__\(asan\|sanitizer\)_' >/dev/null ||
		fail "$object: no AddressSanitizer in it"
done <objects

# A patch as diff -u makes it is one, too; code without an access point is none.
sed -i "s/^\(---\|+++\) .*/&\t2026-11-28 14:24:11.000000000 +0000/" evict-looks-first.patch
cat >mute.c <<-'END'
	#include <pagerace/c11.h>
	#include <pagerace/target.h>
	const struct target target_mute = { .name = "mute", TARGET_SITES };
END
cat >>CMakeLists.txt <<-'END'
	pagerace_target(mute SOURCES mute.c ABOUT "says nothing")
	pagerace_fuzzer(mute_fuzzer mute)
	pagerace_command(mute_race)
END
# The header for code with C11's names, in C++ too.
echo 'void f(atomic_int *p) { atomic_fetch_add(p, 1); }' >tiny.cc
expect "$CC" -Wall -Wextra -Werror -I "$prefix/include" -include pagerace/c11.h \
	-fsyntax-only tiny.cc
expect configure -DCMAKE_C_FLAGS=-O1
expect cmake --build build -j 2
expect build/buffers_race run $story
sed -i '/^pages /d' fixed.prog
for words in 'mute_race run --target mute fixed.prog' 'mute_fuzzer -runs=1'; do
	status=0
	# shellcheck disable=SC2086 # words
	build/$words >said 2>&1 || status=$?
	[ $status = 2 ] || fail "$words: exit $status, not 2"
	grep -q 'target mute has no access point: ' said || fail "$(cat said)"
done

# What cannot be is said.
sed -i 's/^pagerace_fuzzer(buffers_fuzzer buffers)/pagerace_fuzzer(buffers_fuzzer bufers)/' CMakeLists.txt
# shellcheck disable=SC2119
! configure >configure.log 2>&1 || fail 'a target that is not there is taken'
tr -s ' \n' '  ' <configure.log |
	grep 'pagerace: buffers_fuzzer: no target bufers with revert none' >/dev/null ||
	fail "$(cat configure.log)"

# ------------------------------------------------------ a program with threads

mkdir "$work/threads"
cd "$work/threads"
for what in wrong correct; do
	cp "$root/target/examples/threads/$what/double_free.c" $what.c
done
cat >CMakeLists.txt <<-'END'
	cmake_minimum_required(VERSION 3.16)
	project(threads C)
	find_package(pagerace REQUIRED)
	pagerace_program(wrong SOURCES wrong.c ABOUT "two free one")
	pagerace_program(correct SOURCES correct.c)
END
expect configure -DCMAKE_BUILD_TYPE=Release
expect cmake --build build -j 2
expect build/wrong hunt --seed 1 >said
grep -q '^found double-free after ' said || fail "$(cat said)"
grep -q '^double-free: ' said || fail "$(cat said)"
expect build/wrong run findings/wrong/seed-1/double-free.prog
for words in 'hunt --seed 1 --runs 10000' 'explore --all'; do
	status=0
	# shellcheck disable=SC2086 # words
	build/correct $words >said || status=$?
	[ $status = 1 ] || fail "correct $words: exit $status, $(cat said)"
done
expect "$prefix/bin/pagerace-cc" -Wall -o alone wrong.c
expect ./alone hunt --seed 1 >said
grep -q '^found double-free after ' said || fail "$(cat said)"
cp "$root/target/examples/threads/wrong/cxx_call_once.cc" once.cc
CXX=${CXX:-${CC/clang/clang++}} expect "$prefix/bin/pagerace-c++" -std=gnu++20 -o once once.cc
expect ./once hunt --seed 1 >said
grep -q '^found assertion after ' said || fail "$(cat said)"
status=0
"$prefix/bin/pagerace-cc" -o once once.cc 2>said || status=$?
[ $status = 2 ] || fail "pagerace-cc takes C++: exit $status"
# Streams of C++ neither say anything nor wait for input.
cat >streams.cc <<-'END'
	#include <iostream>
	int main()
	{
		int number = 5;
		std::cin >> number;
		std::cout << "number " << number << std::endl;
		std::cerr << "number " << number << std::endl;
	}
END
CXX=${CXX:-${CC/clang/clang++}} expect "$prefix/bin/pagerace-c++" -o streams streams.cc
status=0
timeout 15 ./streams hunt --seed 1 --runs 10 >said 2>&1 < <(exec sleep 20) || status=$?
[ $status = 1 ] && ! grep -q '^number' said || fail "streams: exit $status, $(cat said)"
cat >early.c <<-'END'
	#include <pthread.h>
	static void *nothing(void *arg) { return arg; }
	static pthread_t thread;
	__attribute__((constructor)) static void begin(void)
	{
		pthread_create(&thread, NULL, nothing, NULL);
	}
	int main(void) { return pthread_join(thread, NULL); }
END
expect "$prefix/bin/pagerace-cc" -o early early.c
status=0
./early hunt --seed 1 --runs 10 >said 2>&1 || status=$?
[ $status = 2 ] && grep -q 'a constructor calls pthread_create()' said ||
	fail "early: exit $status, $(cat said)"
status=0
"$prefix/bin/pagerace-cc" -E wrong.c 2>said || status=$?
[ $status = 2 ] || fail "pagerace-cc -E: exit $status"
# In parts, as a Makefile does it, with words for main().
cat >main.c <<-'END'
	#include <assert.h>
	#include <string.h>
	int part(void);
	int main(int argc, char **argv)
	{
		assert(argc == 3 && !strcmp(argv[1], "2") && !strcmp(argv[2], "\"b"));
		return part();
	}
END
echo 'int word; int part(void) { return word; }' >part.c
echo 'int part(void) { void *it; __asm__("movq %%fs:0, %0" : "=r"(it)); return !it; }' >asks.c
for file in main part asks; do expect "$prefix/bin/pagerace-cc" -c $file.c; done
expect ar rcs libpart.a part.o
for part in part.o libpart.a; do
	expect "$prefix/bin/pagerace-cc" --arguments='2 "b' -o parts main.o $part -lm
	status=0
	./parts hunt --seed 1 --runs 10 >said || status=$?
	[ $status = 1 ] || fail "in parts: exit $status, $(cat said)"
done
cat >>CMakeLists.txt <<-'END'
	pagerace_program(words SOURCES main.c part.c ARGUMENTS 2 "\"b")
END
expect cmake --build build -j 2
status=0
build/words hunt --seed 1 --runs 10 >said || status=$?
[ $status = 1 ] || fail "with arguments: exit $status, $(cat said)"
"$CC" -c part.c -o plain.o
# refuses WORD...: the last of them is what it has to say.
refuses() {
	local want=${!#} status=0
	"$prefix/bin/pagerace-cc" -o refused "${@:1:$#-1}" 2>said || status=$?
	[ $status = 2 ] && grep -q "$want" said || fail "$*: exit $status, $(cat said)"
}
refuses part.c 'refused: none of its files has main()'
refuses main.o plain.o 'plain.o: not compiled by pagerace-cc -c'
refuses main.o gone.o 'gone.o: no such file'
refuses main.c part.c -fsanitize=address 'no other sanitizer'
[ "$(uname -m)" != x86_64 ] ||
	refuses main.o asks.o 'refused: part() asks a register which thread it is'
cd "$own"

# --------------------------------------------------------------- without CMake

export PKG_CONFIG_PATH=${pc%/*}
pc_flags=$(pkg-config --cflags --libs pagerace)
sed '/^revert /d; s/^expect .*/expect clean/' $story >fixed.prog
# shellcheck disable=SC2086 # flags are words
expect "$CC" -O1 buffers.c alone.c $pc_flags -o race
! ./race run $story 2>said || fail 'a revert that is not there is taken'
grep -q 'no revert evict-looks-first of buffers' said || fail "$(cat said)"
# shellcheck disable=SC2086 # flags are words
expect "$CC" -O1 -fsanitize=fuzzer buffers.c alone.c $pc_flags -o fuzzer
# shellcheck disable=SC2086 # flags are words
expect ./fuzzer $flags -seed=1 -runs=5000 >fuzz.log 2>&1
