#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# build.sh: every verb a person or OSS-Fuzz needs. ./build.sh --help lists them.
#
# Without a verb it is an OSS-Fuzz build script: it honours $CC $CXX $CFLAGS
# $CXXFLAGS $LIB_FUZZING_ENGINE $SANITIZER $OUT $WORK, appends to flags only,
# needs no network, and may be run twice.
# See: https://google.github.io/oss-fuzz/getting-started/new-project-guide/
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
jobs=$(nproc)

usage() {
	cat <<-'END'
	usage: ./build.sh [VERB] [option...]

	  (none)   OSS-Fuzz build: the fuzz target, its seeds and options, into $OUT
	  deps     install what is missing (apt-get, as root), or say what is
	  hunt     [REVERT] [--seed N] [--time S] [--runs N] [--target T] [--memory sc|weak]
	           take a fix out and fuzz until it is missed, from an empty corpus
	  fuzz     [--jobs N] [--time S] [--target T] [--revert R] [--seed N]
	           [--engine libfuzzer|afl] [--builds LIST] [--dir DIR] [--memory sc|weak]
	           a campaign: N processes on one corpus, until Ctrl-C or for S
	           seconds, over findings, which are triaged; the same command
	           goes on with it, whatever ended it; they are of several builds,
	           which see different things, and have a share of the time each:
	           release:8,address:2,plain:1,thread:1,undefined:1,memory:1;
	           what is not built yet is built meanwhile; --builds release:
	           that alone
	           --systematic: short programs are fuzzed, all schedules of each
	           are played; those whose operations met in a new way go first
	  pairs    [--jobs N] [--time S] [--target T] [--revert R] [--dir DIR]
	           every pair of operations in every small state, all schedules;
	           with --time: a third of it for longer programs, one for predicted stops
	  mutants  [--time S] [--seeds N] [--jobs N] [--builds LIST] [--target core]
	           [--list | --table | --sample | --equivalent] [--first N] [NAME...]
	           mutation score: each mutant that the rules of target/mutants/
	           make of the core is hunted, by each build, N seeds (2) of S
	           seconds (40); NAME: of a mutant, a rule or a function; the same
	           command goes on, whatever ended it. --list: their names;
	           --table: what is known; --first: of as many, a random sample
	  coverage [--corpus DIR] [--runs N]
	           what a corpus reaches of the core: lines (llvm-cov, HTML) and
	           schedules (pagerace coverage); left out: the campaign's on the
	           core, or else one of N executions from the kept programs
	  test     [--breaks [WORD]]  unit tests, kept programs, every revert found,
	           the search gate, AddressSanitizer: three minutes on two CPUs;
	           CC=gcc or CC=clang-14 chooses another compiler; --breaks: break
	           the code on purpose, see each group fail (WORD: only breaks
	           that are called like that)
	  check    [--long] [--version N]  all that a change has to pass: those,
	           with gcc and four sanitizers, Linux's, house rules, campaigns,
	           one of them killed again and again, the README's commands, the
	           OSS-Fuzz contract: twenty minutes on two CPUs. Linux is that
	           of the version whose turn it is, each commit another, or N;
	           --long: all versions, killed ten times within ten minutes,
	           and 2 million executions a sanitizer
	  linux    [--tree DIR | --version N] [--test] [--coverage] [--plain] [--thread]
	           unmodified Linux mm code as target: Debian's linux-source-6.1
	           (or -6.12), installed if missing; or -7.2, -7.3 of a newer
	           suite, fetched into build/; or the unpacked tree DIR;
	           also for hunt, bench: --target linux [--tree ..| --version ..];
	           --plain: once more, its plain accesses as access points;
	           --thread: with ThreadSanitizer, which looks for their races
	           --findings: each story looked for anew on each version built
	  prove    FINDING [--version V] [--loops | --gates] [--trials N] [--kvm]
	           the finding on Debian's packaged kernel, in QEMU: what the kernel
	           said, what was counted; nothing is installed
	  bench    what an execution costs, beside baselines, in one run
	           [--target linux]: of the core and of Linux, side by side
	           minimize [--seeds N] [--time S]: crashers of N hunts for each
	           revert minimized, beside libFuzzer's -minimize_crash, S seconds
	           threads: schedules of three threads on a stack: the program as
	           it is, with c11.h, each in a process, and what a stress loop does
	           search [--target T] [--seeds N] [--limit N] [--jobs N] [NAME...]
	           executions until something is found, N seeds (10), N executions
	           at most (300000): the guided search beside uniform random, random
	           walk, PCT, POS, SURW, of every revert and example, or of NAME;
	           with the program given, and from an empty corpus. What each
	           came to is kept in build/bench-search: a bench that was
	           stopped goes on, with the same build
	END
}

exec 4>&1 # where progress goes, whoever keeps what a step prints
die() { printf 'build.sh: %s\n' "$*" >&2; exit 2; }
say() { printf '%s\n' "$*"; }

# ------------------------------------------------------------------ compilers

# The first of the commands that exists.
first_of() {
	local tool
	for tool; do
		if command -v "$tool" >/dev/null; then echo "$tool"; return; fi
	done
	return 1
}

choose_compiler() {
	CC=${CC:-$(first_of clang-19 clang)} || die 'no clang; try: ./build.sh deps'
	CXX=${CXX:-${CC/clang/clang++}}
	export CC CXX
}

# build NAME [cmake option...]: configure and build into build/NAME, quietly but
# for how far it is; the targets in $build_targets, or all. Of two at once the
# second one waits. With nothing to do it takes no time.
build() {
	local dir=$root/build/$1 log=$root/build/$1.log pid
	mkdir -p "$dir"
	build_in "$@" >"$log" 2>&1 9>"$dir.lock" &
	pid=$!
	build_progress "$pid" "$log" "$1"
	if ! wait "$pid"; then
		grep -a -m 8 -A 3 'error: ' "$log" >&2 || tail -n 30 "$log" >&2
		die "the build failed; all of it: ${log#"$root"/}"
	fi
}

build_in() {
	local dir=$root/build/$1 generator=()
	shift
	if command -v ninja >/dev/null; then generator=(-G Ninja); fi
	# Another compiler or other flags than last time: begin anew.
	local key="$CC $CXX ${CFLAGS-} ${generator[*]} $*"
	flock 9
	if [ -f "$dir/key" ] && [ "$(cat "$dir/key")" != "$key" ]; then
		rm -rf "$dir"
		mkdir -p "$dir"
	fi
	printf '%s' "$key" >"$dir/key"
	# What was configured configures itself anew where that is needed.
	[ -f "$dir/build.ninja" ] || [ -f "$dir/Makefile" ] ||
		cmake -S "$root" -B "$dir" "${generator[@]}" "$@" || return
	# shellcheck disable=SC2086 # targets are words
	NINJA_STATUS='[%p] ' cmake --build "$dir" -j "$jobs" \
		${build_targets:+--target $build_targets}
}

# build_progress PID LOG NAME: on a terminal how far it is, a line that changes;
# elsewhere a line now and then. Most builds have nothing to do.
build_progress() {
	local end percent last='' said=$SECONDS looks=0
	while kill -0 "$1" 2>/dev/null; do
		looks=$((looks + 1))
		if [ $looks -lt 10 ]; then sleep 0.1; continue; fi
		sleep 1
		end=$(tail -c 400 "$2")
		[[ $end =~ .*\[\ *([0-9]+%)\] ]] || continue
		percent=${BASH_REMATCH[1]}
		if [ -t 4 ]; then
			printf '\r  %s: %4s ' "$3" "$percent" >&4
			last=$percent
		elif [ $((SECONDS - said)) -ge 10 ] && [ "$percent" != "$last" ]; then
			printf '  %s: %4s\n' "$3" "$percent" >&4
			last=$percent said=$SECONDS
		fi
	done
	[ ! -t 4 ] || [ -z "$last" ] || printf '\r\033[K' >&4
}

# The build that hunts and benchmarks use: no sanitizer, targets instrumented.
release_flags=(-DCMAKE_C_FLAGS='-O3 -g'
	-DLIB_FUZZING_ENGINE=-fsanitize=fuzzer
	-DPAGERACE_COVERAGE='-fsanitize-coverage=inline-8bit-counters,pc-table')
asan_flags=(-DCMAKE_C_FLAGS='-O2 -g -fno-omit-frame-pointer -fsanitize=address'
	-DCMAKE_CXX_FLAGS=-fsanitize=address
	-DLIB_FUZZING_ENGINE=-fsanitize=fuzzer
	-DPAGERACE_COVERAGE='-fsanitize-coverage=inline-8bit-counters,pc-table')

# build_release [TARGET...]: these, or all.
build_release() {
	# shellcheck disable=SC2034 # build() reads it
	local build_targets=$*
	choose_compiler
	say "building with $CC ..."
	build release "${release_flags[@]}"
}

# The options that the fuzz target ships with, as flags.
fuzzer_flags() {
	sed -n 's/^\([a-z_]*\) *= *\(.*\)$/-\1=\2/p' \
		"$root/fuzz/fuzzers/page_cache_fuzzer.options"
}

# ----------------------------------------------------------------------- deps

# command (or file) and the package that brings it
needed() {
	cat <<-'END'
	clang-19 clang-19
	llvm-cov-19 llvm-19
	/usr/lib/llvm-19/lib/clang/19/lib/linux/libclang_rt.fuzzer-x86_64.a libclang-rt-19-dev
	gcc gcc
	g++ g++
	cmake cmake
	make make
	ninja ninja-build
	patch patch
	objcopy binutils
	python3 python3
	unzip unzip
	zip zip
	/usr/include/cmocka.h libcmocka-dev
	END
}

# Of the table of stdin.
install_missing() {
	local what package missing=()
	while read -r what package; do
		[ "${what#/usr/lib/llvm}" = "$what" ] || [ "$(uname -m)" = x86_64 ] ||
			what=${what/x86_64/$(uname -m)}
		[ -e "$what" ] || command -v "$what" >/dev/null ||
			missing+=("$package")
	done
	[ ${#missing[@]} -gt 0 ] || return 0
	if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
		say 'missing; as root:'
		say "  apt-get install -y ${missing[*]}"
		return 2
	fi
	say "installing ${missing[*]} ..."
	mkdir -p "$root/build"
	if ! { apt-get update &&
		DEBIAN_FRONTEND=noninteractive apt-get install -y \
			--no-install-recommends "${missing[@]}"; } \
		>"$root/build/deps.log" 2>&1; then
		tail -n 20 "$root/build/deps.log" >&2
		say 'apt-get failed; all of it: build/deps.log'
		return 2
	fi
}

deps() { install_missing < <(needed); }

# ----------------------------------------------------- OSS-Fuzz build, no verb

# shellcheck source=fuzz/oss-fuzz/oss_fuzz.sh
. "$root/fuzz/oss-fuzz/oss_fuzz.sh"

# ------------------------------------------------------------------------ AFL++

# shellcheck source=fuzz/verbs/afl.sh
. "$root/fuzz/verbs/afl.sh"

# --------------------------------------------------------- targets, reverts, hunt

# Of a pipe, every reader reads to its end: with pipefail, whoever writes on when
# it has left would end all of this with a SIGPIPE, in silence. tidy.sh looks.

# build_target TARGET BINARY...: the build that has it, in $built, and these of it.
build_target() {
	if [ "$1" = linux ]; then
		linux_prepare
		built=$linux_dir
		say "building Linux's target with $CC ..."
		linux_make "${*:2}"
	else
		deps
		build_release "${@:2}"
	fi
}

# shellcheck source=fuzz/verbs/names.sh
. "$root/fuzz/verbs/names.sh"
# shellcheck source=fuzz/verbs/hunt.sh
. "$root/fuzz/verbs/hunt.sh"

# -------------------------------------------------------------- test and bench

test_all() {
	local which=everything
	case ${1-} in
	'') ;;
	--breaks) which=breaks ;;
	-h | --help) usage; return 0 ;;
	*) die "test: no option $1; try: ./build.sh --help" ;;
	esac
	deps
	# shellcheck source=fuzz/verbs/test.sh
	. "$root/fuzz/verbs/test.sh"
	"test_$which" "${2-}"
}

check_all() {
	# shellcheck source=fuzz/verbs/check.sh
	. "$root/fuzz/verbs/check.sh"
	check "$@"
}

bench() {
	# shellcheck source=fuzz/verbs/bench.sh
	. "$root/fuzz/verbs/bench.sh"
	case ${1-} in
	'') bench_core ;;
	--target) bench_target "${@:2}" ;;
	minimize)
		# shellcheck source=fuzz/verbs/bench_minimize.sh
		. "$root/fuzz/verbs/bench_minimize.sh"
		minimize_bench "${@:2}"
		;;
	search)
		# shellcheck source=fuzz/verbs/bench_search.sh
		. "$root/fuzz/verbs/bench_search.sh"
		search_bench "${@:2}"
		;;
	threads)
		# shellcheck source=fuzz/verbs/bench_threads.sh
		. "$root/fuzz/verbs/bench_threads.sh"
		threads_bench "${@:2}"
		;;
	*) die "bench: no $1; try: ./build.sh --help" ;;
	esac
}

# ------------------------------------------------------------ campaign, coverage

# shellcheck source=fuzz/verbs/builds.sh
. "$root/fuzz/verbs/builds.sh"
# shellcheck source=fuzz/verbs/campaign.sh
. "$root/fuzz/verbs/campaign.sh"
# shellcheck source=fuzz/verbs/pairs.sh
. "$root/fuzz/verbs/pairs.sh"
# shellcheck source=fuzz/verbs/mutants.sh
. "$root/fuzz/verbs/mutants.sh"
# shellcheck source=fuzz/verbs/coverage.sh
. "$root/fuzz/verbs/coverage.sh"

# ----------------------------------------------------------------------- Linux

# shellcheck source=target/linux/linux.sh
. "$root/target/linux/linux.sh"

prove_verb() {
	# shellcheck source=target/linux/prove/prove.sh
	. "$root/target/linux/prove/prove.sh"
	prove "$@"
}

# ------------------------------------------------------------------------ main

verb=${1-}
[ $# -eq 0 ] || shift
case $verb in
'') oss_fuzz ;;
deps) deps ;;
hunt) hunt "$@" ;;
fuzz) fuzz "$@" ;;
pairs) pairs "$@" ;;
mutants) mutants "$@" ;;
coverage) coverage "$@" ;;
check) check_all "$@" ;;
test) test_all "$@" ;;
bench) bench "$@" ;;
linux) linux_verb "$@" ;;
prove) prove_verb "$@" ;;
-h | --help | help) usage ;;
*) usage >&2; die "no verb $verb" ;;
esac
