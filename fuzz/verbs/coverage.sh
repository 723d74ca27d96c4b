# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# coverage.sh: what ./build.sh coverage does, and what linux --coverage shares with
# it; read by build.sh, whose functions it uses.
#
# Lines are counted by a build of the fuzz target that is instrumented for it and
# replays a corpus. Start-up is what brings a target up, and so is reached.

# coverage_fuzz FUZZER RUNS DIR: let DIR/corpus grow.
coverage_fuzz() {
	# shellcheck disable=SC2046 # flags are words
	"$1" $(fuzzer_flags) -seed=1 -runs="$2" -artifact_prefix="$3/" \
		"$3/corpus" >"$3/fuzz.log" 2>&1 ||
		die "coverage: there is a finding; see ${3#"$root"/}/fuzz.log"
}

# coverage_profile FUZZER DIR [CORPUS]: replay it, DIR/corpus if left out;
# DIR/profdata has what was reached.
coverage_profile() {
	LLVM_PROFILE_FILE=$2/profraw "$1" -runs=0 "${3:-$2/corpus}" \
		>"$2/replay.log" 2>&1 ||
		die "coverage: the corpus cannot be played; see ${2#"$root"/}/replay.log"
	"llvm-profdata${CC##*clang}" merge -o "$2/profdata" "$2/profraw"
}

# coverage_lines FUZZER DIR: the summary, and HTML into DIR/html.
coverage_lines() {
	local llvm_cov=llvm-cov${CC##*clang}
	"$llvm_cov" show "$1" -instr-profile="$2/profdata" -format=html \
		-show-line-counts-or-regions -output-dir="$2/html" \
		"$root/target/core" >"$2/show.log" 2>&1 ||
		die "coverage: llvm-cov failed; see ${2#"$root"/}/show.log"
	"$llvm_cov" report "$1" -instr-profile="$2/profdata" \
		"$root/target/core" | awk '
		(NF == 13 && $8 > 0) || /^TOTAL/ {
			printf "%-24s %9d %9d %9d %9d %7.1f %%\n", $1,
				$5, $6, $8, $8 - $9, 100 * ($8 - $9) / $8
		}
		BEGIN {
			printf "%-24s %9s %9s %9s %9s\n", "", "functions",
				"unreached", "lines", "reached"
		}'
}

coverage() {
	local corpus='' runs=300000 dir=$root/build/coverage
	while [ $# -gt 0 ]; do
		case $1 in
		--corpus) corpus=${2:?--corpus takes a folder} ;;
		--runs) whole_number "coverage: $1" "${2-}"; runs=$2 ;;
		-h | --help) usage; return 0 ;;
		*) die "coverage: no option $1; try: ./build.sh --help" ;;
		esac
		shift 2
	done
	[ -z "$corpus" ] || [ -d "$corpus" ] || die "coverage: $corpus: no folder"
	deps
	build_release pagerace page_cache_fuzzer
	[[ $CC == *clang* ]] || die "coverage: needs clang, not $CC"
	say 'building for coverage ...'
	build_targets=page_cache_fuzzer build coverage \
		-DPAGERACE_MISTAKES=OFF -DPAGERACE_REVERTS=OFF \
		-DCMAKE_C_FLAGS='-O1 -g' \
		-DCMAKE_EXE_LINKER_FLAGS=-fprofile-instr-generate \
		-DLIB_FUZZING_ENGINE=-fsanitize=fuzzer \
		-DPAGERACE_COVERAGE='-fprofile-instr-generate -fcoverage-mapping'
	[ -n "$corpus" ] || [ ! -d "$root/findings/core/campaign/kept" ] ||
		corpus=$root/findings/core/campaign/kept
	if [ -z "$corpus" ]; then
		corpus=$dir/corpus
		say "fuzzing, $runs executions ..."
		rm -rf "$corpus"
		seeds_for release "$corpus"
		coverage_fuzz "$root/build/release/page_cache_fuzzer" "$runs" "$dir"
	fi
	coverage_profile "$dir/page_cache_fuzzer" "$dir" "$corpus"
	say
	say "lines of the core that ${corpus#"$root"/} reaches; page by page: build/coverage/html/index.html"
	coverage_lines "$dir/page_cache_fuzzer" "$dir"
	say
	say "schedules of ${corpus#"$root"/}; all of it: build/release/pagerace coverage --verbose ${corpus#"$root"/}"
	"$root/build/release/pagerace" coverage "$corpus"
}
