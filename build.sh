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
	  hunt     [REVERT] [--seed N] [--time S] [--target T]
	           take a fix out and fuzz until it is missed, from an empty corpus
	  test     [--breaks [WORD] | --long]  all tests; CC=gcc or CC=clang-14
	           chooses another compiler; --breaks: break the code on purpose,
	           see each group fail (WORD: only breaks that are called like
	           that); --long: 2 million executions under each sanitizer
	  linux    [--tree DIR | --version 6.1|6.12] [--test] [--coverage]
	           unmodified Linux mm code as target: Debian's linux-source-6.1
	           (or -6.12), installed if missing, or the unpacked tree DIR;
	           also for hunt, bench: --target linux [--tree ..| --version ..]
	  bench    what an execution costs, beside baselines, in one run
	           [--target linux]: of the core and of Linux, side by side
	           minimize [--seeds N] [--time S]: crashers of N hunts for each
	           revert minimized, beside libFuzzer's -minimize_crash, S seconds
	END
}

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

# build NAME [cmake option...]: configure and build into build/NAME, quietly;
# the targets in $build_targets, or all.
build() {
	local dir=$root/build/$1 log=$root/build/$1.log
	shift
	mkdir -p "$dir"
	# Another compiler or other flags than last time: begin anew.
	local key="$CC $CXX ${CFLAGS-} $*"
	if [ -f "$dir/key" ] && [ "$(cat "$dir/key")" != "$key" ]; then
		rm -rf "$dir"
		mkdir -p "$dir"
	fi
	printf '%s' "$key" >"$dir/key"
	if ! { cmake -S "$root" -B "$dir" "$@" &&
		cmake --build "$dir" -j "$jobs" \
			${build_targets:+--target $build_targets}; } >"$log" 2>&1; then
		grep -a -m 8 -A 3 'error: ' "$log" >&2 || tail -n 30 "$log" >&2
		die "the build failed; all of it: ${log#"$root"/}"
	fi
}

# The build that hunts and benchmarks use: no sanitizer, targets instrumented.
release_flags=(-DCMAKE_C_FLAGS='-O3 -g'
	-DLIB_FUZZING_ENGINE=-fsanitize=fuzzer
	-DPAGERACE_COVERAGE='-fsanitize-coverage=inline-8bit-counters,pc-table')
asan_flags=(-DCMAKE_C_FLAGS='-O2 -g -fno-omit-frame-pointer -fsanitize=address'
	-DCMAKE_CXX_FLAGS=-fsanitize=address
	-DLIB_FUZZING_ENGINE=-fsanitize=fuzzer
	-DPAGERACE_COVERAGE='-fsanitize-coverage=inline-8bit-counters,pc-table')

build_release() {
	choose_compiler
	say "building with $CC ..."
	build release "${release_flags[@]}"
}

# The options that the fuzz target ships with, as flags.
fuzzer_flags() {
	sed -n 's/^\([a-z_]*\) *= *\(.*\)$/-\1=\2/p' \
		"$root/fuzz/page_cache_fuzzer.options"
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

# shellcheck source=fuzz/afl.sh
. "$root/fuzz/afl.sh"

# ----------------------------------------------------------------------- hunt

# The name of the revert that was meant by name or alias.
find_revert() {
	"$tool" list reverts --target "$target" |
		awk -v want="$1" '$1 == want || $2 == want { print $1; exit }'
}

with_commas() { sed ':a; s/\([0-9]\)\([0-9]\{3\}\)\($\|,\)/\1,\2\3/; ta' <<<"$1"; }

# Say every few seconds how far the fuzzer in process $1 with log $2 is.
show_progress() {
	local status turn=0
	while kill -0 "$1" 2>/dev/null; do
		sleep 0.2
		turn=$((turn + 1))
		[ $((turn % 10)) = 0 ] || continue
		status=$(grep -a '^#[0-9]' "$2" | tail -n 1 |
			sed -n 's/^#\([0-9]*\).*ft: \([0-9]*\) corp: \([0-9]*\).*/\1 \2 \3/p')
		[ -n "$status" ] || continue
		set -- "$1" "$2" $status
		printf '  %4d s  %10s executions  %6s features  corpus %s\n' \
			"$SECONDS" "$(with_commas "$3")" "$4" "$5"
	done
}

# The build with the target of that name: in $built.
build_target() {
	if [ "$1" = linux ]; then
		linux_prepare
		built=$linux_dir
		say "building Linux's target with $CC ..."
		linux_make pagerace
	else
		deps
		build_release
	fi
}

# The fuzz target of a variant (core-no-recheck), as CMake calls it.
fuzzer_of() {
	local symbol=${1//-/_}
	case $symbol in
	core) echo page_cache_fuzzer ;;
	linux*) echo "page_cache_linux_fuzzer${symbol#linux}" ;;
	*) echo "page_cache_fuzzer_$symbol" ;;
	esac
}

hunt() {
	local revert='' seed='' limit=300 target=core built=release
	while [ $# -gt 0 ]; do
		case $1 in
		--seed) seed=${2:?}; shift 2 ;;
		--time) limit=${2:?}; shift 2 ;;
		--target) target=${2:?}; shift 2 ;;
		--tree | --version) linux_option "$1" "${2-}"; shift 2 ;;
		-h | --help) usage; return 0 ;;
		-*) die "hunt: no option $1; try: ./build.sh --help" ;;
		*) revert=$1; shift ;;
		esac
	done
	[[ ${seed:-0} =~ ^[0-9]+$ && $limit =~ ^[0-9]+$ ]] ||
		die 'hunt: --seed and --time take whole numbers'
	build_target "$target"
	local tool=$root/build/$built/pagerace
	"$tool" list targets | awk '{ print $1 }' | grep -qx "$target" ||
		die "hunt: no target $target; try: build/$built/pagerace list targets"
	if [ -z "$revert" ]; then
		revert=none
		[ "$target" != core ] || revert=free-without-tail
	fi
	if [ "$revert" != none ]; then
		local known
		known=$(find_revert "$revert")
		[ -n "$known" ] || die "hunt: no revert $revert; try: build/$built/pagerace list reverts --target $target"
		revert=$known
	fi
	: "${seed:=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}"
	[ "$seed" != 0 ] || seed=1 # to libFuzzer 0 means: choose one

	local variant=$target fuzzer
	[ "$revert" = none ] || variant=$target-$revert
	fuzzer=$(fuzzer_of "$variant")
	[ "$target" != linux ] || linux_make "$fuzzer"
	fuzzer=$root/build/$built/$fuzzer
	local dir=$root/findings/$variant/seed-$seed
	rm -rf "$dir"
	mkdir -p "$dir/corpus"
	say "hunting on $target, revert $revert: empty corpus, seed $seed, at most $limit s"
	local start end pid status=0
	start=$(date +%s.%N)
	SECONDS=0
	# shellcheck disable=SC2046 # flags are words
	"$fuzzer" $(fuzzer_flags) -seed="$seed" -max_total_time="$limit" \
		-artifact_prefix="$dir/" "$dir/corpus" >"$dir/log" 2>&1 &
	pid=$!
	trap 'kill $pid 2>/dev/null' EXIT
	show_progress "$pid" "$dir/log"
	wait "$pid" || status=$?
	trap - EXIT
	end=$(date +%s.%N)
	report_hunt "$dir" "$variant" "$target" "$revert" "$seed" "$limit" \
		"$(awk -v a="$start" -v b="$end" 'BEGIN { printf "%.1f", b - a }')" "$status"
}

report_hunt() {
	local dir=$1 variant=$2 target=$3 revert=$4 seed=$5 limit=$6 took=$7 status=$8
	local checker runs artifact input text
	checker=$(sed -n 's/^ASSERTION FAILED: //p' "$dir/log" | head -n 1)
	if [ -z "$checker" ] && [ "$status" != 0 ]; then
		tail -n 20 "$dir/log" >&2
		die "the fuzzer itself failed; all of it: ${dir#"$root"/}/log"
	fi
	if [ -z "$checker" ]; then
		say "nothing found on $target, revert $revert, in $limit s, seed $seed"
		return 1
	fi
	runs=$(sed -n 's/^pagerace: total executions //p' "$dir/log" | head -n 1)
	artifact=$(find "$dir" -maxdepth 1 -name 'crash-*' | head -n 1)
	input=$dir/$checker.bin
	text=$dir/$checker.prog
	mv "$artifact" "$input"
	rm -rf "$dir/corpus"
	"$tool" minimize --target "$target" --revert "$revert" \
		--why "found by fuzzing from an empty corpus, seed $seed" \
		-o "$text" "$input" 2>"$dir/minimize.log" ||
		die "minimize failed: $(cat "$dir/minimize.log")"
	say
	(cd "$root" && "$tool" show "${text#"$root"/}" | sed "s|^replay: pagerace|replay: build/$built/pagerace|")
	say
	say "input: ${input#"$root"/}"
	say "text: ${text#"$root"/}"
	tail -n 2 "$dir/minimize.log"
	say "found $checker after $runs executions in $took s, seed $seed"
}

# -------------------------------------------------------------- test and bench

test_all() {
	local which=everything
	case ${1-} in
	'') ;;
	--breaks) which=breaks ;;
	--long) which=long ;;
	*) die "test: no option $1; try: ./build.sh --help" ;;
	esac
	deps
	# shellcheck source=fuzz/test/test.sh
	. "$root/fuzz/test/test.sh"
	"test_$which" "${2-}"
}

bench() {
	# shellcheck source=fuzz/test/bench.sh
	. "$root/fuzz/test/bench.sh"
	case ${1-} in
	'') bench_core ;;
	--target) bench_target "${@:2}" ;;
	minimize)
		# shellcheck source=fuzz/test/minimize_bench.sh
		. "$root/fuzz/test/minimize_bench.sh"
		minimize_bench "${@:2}"
		;;
	*) die "bench: no $1; try: ./build.sh --help" ;;
	esac
}

# ----------------------------------------------------------------------- Linux

# shellcheck source=target/linux/linux.sh
. "$root/target/linux/linux.sh"

# ------------------------------------------------------------------------ main

verb=${1-}
[ $# -eq 0 ] || shift
case $verb in
'') oss_fuzz ;;
deps) deps ;;
hunt) hunt "$@" ;;
test) test_all "$@" ;;
bench) bench "$@" ;;
linux) linux_verb "$@" ;;
-h | --help | help) usage ;;
*) usage >&2; die "no verb $verb" ;;
esac
