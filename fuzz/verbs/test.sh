# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# test.sh: what ./build.sh test does; read by build.sh, whose functions it uses.

failures=0
passes=0
steps=steps # this group of them

# step NAME command...: run it, print one line, keep its output if it failed.
step() {
	local name=$1 log=$root/build/$steps.log begin=$SECONDS
	shift
	if ( "$@" ) >"$log" 2>&1; then
		printf 'ok    %s (%d s)\n' "$name" $((SECONDS - begin))
		passes=$((passes + 1))
	else
		printf 'FAIL  %s\n' "$name"
		tail -n 40 "$log"
		failures=$((failures + 1))
	fi
}

# beside command...: its steps, while others go on; until `together`.
beside() {
	trap 'trap - INT; kill 0' INT # what is in the background is deaf to it
	(
		steps=beside passes=0 failures=0
		"$@"
		echo "$passes $failures" >"$root/build/beside.sum"
	) &
	beside=$!
}

together() {
	local ours theirs
	[ -n "${beside-}" ] || return 0
	wait "$beside" || die 'the steps beside these ended before their time'
	read -r ours theirs <"$root/build/beside.sum"
	passes=$((passes + ours)) failures=$((failures + theirs))
}

tools_plain_flags=(-DCMAKE_C_FLAGS='-O2 -g')
tools_asan_flags=(-DCMAKE_C_FLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined'
	-DCMAKE_CXX_FLAGS='-fsanitize=address,undefined')
tools_msan_flags=(-DCMAKE_C_FLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=memory'
	-DCMAKE_CXX_FLAGS='-fsanitize=memory')
tools_ubsan_flags=(-DCMAKE_C_FLAGS='-O1 -g -fsanitize=undefined -fno-sanitize-recover=undefined'
	-DCMAKE_CXX_FLAGS='-fsanitize=undefined')
tools_thread_flags=(-DCMAKE_C_FLAGS='-O2 -g -fsanitize=thread'
	-DCMAKE_CXX_FLAGS='-fsanitize=thread')
tools_accesses_flags=(-DCMAKE_C_FLAGS='-O2 -g' -DPAGERACE_PLAIN=ON)

# run_ctest BUILD [option of ctest...]
run_ctest() {
	local dir=$1
	shift
	ctest --test-dir "$root/build/$dir" -j "$jobs" --output-on-failure "$@"
}

# ----------------------------------------------------------------- determinism

# What means the same in every build.
corpus() { cd "$root" && ls corpus/*/*.prog corpus/*/*/*.prog | grep -v '^corpus/plain/'; }

# digests BUILD [file...]: "digest file: outcome", sorted by file.
digests() {
	local dir=$1
	shift
	(cd "$root" && "build/$dir/pagerace" run --digest "$@" | sort -k2)
}

# same_but_crashes REFERENCE DIGESTS: a run that ended in a sanitizer's report,
# as it was expected to, has no digest.
same_but_crashes() {
	local crashed
	crashed=$(sed -n 's/^-------- \(.*: \).*/\1/p' <<<"$2")
	same "$(grep -vF "${crashed:-nothing crashed}" <<<"$1")" \
		"$(grep -v '^--------' <<<"$2")"
}

same() {
	[ "$1" = "$2" ] && return
	diff <(printf '%s\n' "$1") <(printf '%s\n' "$2")
	return 1
}

# Each file of the corpus: in one process, in another order, four times over,
# each in a process of its own, by every compiler and build.
determinism() {
	local files reference one build file
	mapfile -t files < <(corpus)
	reference=$(digests "$1" "${files[@]}")
	[ "$(wc -l <<<"$reference")" = ${#files[@]} ] || return 1
	same "$reference" "$(digests "$1" "${files[@]}" "${files[@]}" \
		"${files[@]}" "${files[@]}" | sort -u -k2)" || return 1
	same "$reference" "$(digests "$1" $(printf '%s\n' "${files[@]}" |
		sort -R --random-source=<(yes)))" || return 1
	one=$(for file in "${files[@]}"; do digests "$1" "$file"; done | sort -k2)
	same "$reference" "$one" || return 1
	shift
	for build; do
		echo "digests of build $build"
		same_but_crashes "$reference" \
			"$(digests "$build" "${files[@]}")" || return 1
	done
}

# ------------------------------------------------------------- plain accesses

# plain_accesses BUILD REFERENCE: the corpus comes to the same with other
# digests, as there is more to see, which are equal each time; and the core as
# it is stays silent.
plain_accesses() {
	local files digests
	run_ctest "$1" -R '^fuzz\.plain|^command\.mistakes|^(corpus|unreverted)\.(plain|clean|bugs)' || return 1
	mapfile -t files < <(corpus | grep -v '^corpus/mistakes/')
	digests=$(digests "$1" "${files[@]}")
	[ "$(wc -l <<<"$digests")" = ${#files[@]} ] || return 1
	same "$digests" "$(digests "$1" $(printf '%s\n' "${files[@]}" |
		sort -R --random-source=<(yes)))" || return 1
	# but the example's, which has marked accesses only
	! comm -12 <(digests "$2" "${files[@]}" | sort) <(sort <<<"$digests") |
		grep -v ' corpus/bugs/treiber/' || return 1
	# shellcheck disable=SC2046 # flags are words
	"$root/build/$1/page_cache_fuzzer" $(fuzzer_flags) -seed=1 -runs=20000
}

# ---------------------------------------------------------------- search gate

# hunt_seed BINARY LIMIT CORPUS SEED: a line that says how it went.
hunt_seed() {
	local runs dir=$root/build/gate/$4
	mkdir -p "$dir/corpus"
	[ -z "$3" ] || cp "$3"/* "$dir/corpus/"
	# shellcheck disable=SC2046 # flags are words
	"$1" $(fuzzer_flags) -seed="$4" -runs="$2" -artifact_prefix="$dir/" \
		"$dir/corpus" >"$dir/log" 2>&1 || true
	runs=$(sed -n 's/^pagerace: total executions //p' "$dir/log" | head -n 1)
	if grep -q '^ASSERTION FAILED: page-loss$' "$dir/log" &&
		[ "$runs" -le "$2" ]; then
		echo "seed $4: $runs executions"
	else
		echo "seed $4: not found"
	fi
	rm -rf "$dir"
}

# hunts BINARY LIMIT CORPUS: seeds 1 to 30, nine of ten find page-loss within
# LIMIT executions, those of the mutator's own runs included; as many at once as
# there are CPUs. Every change of the code draws anew; with ten seeds a search
# that finds it in 19 of 20 would fail one time in eight.
hunts() {
	local seed found said=$root/build/gate.log
	rm -rf "$root/build/gate"
	: >"$said"
	for seed in {1..30}; do
		[ "$seed" -le "$jobs" ] || wait -n
		hunt_seed "$1" "$2" "$3" "$seed" >>"$said" &
	done
	wait
	sort -k 2 -n "$said"
	found=$(grep -c executions "$said")
	echo "found in $found of 30"
	[ "$found" -ge 27 ]
}

seeds_as_bytes() {
	local text
	rm -rf "$root/build/seeds"
	mkdir -p "$root/build/seeds"
	for text in "$root"/corpus/seeds/*.prog; do
		"$root/build/release/pagerace" encode "$text" \
			-o "$root/build/seeds/$(basename "$text" .prog)"
	done
}

gate() {
	local fuzzer=$root/build/release/page_cache_fuzzer_core_free_without_tail
	echo 'from an empty corpus'
	hunts "$fuzzer" 300000 '' || return 1
	echo 'from the seed programs'
	seeds_as_bytes
	hunts "$fuzzer" 30000 "$root/build/seeds"
}

# Every checker's prey: each revert and the example, from an empty corpus.
every_revert() {
	local fuzzer
	for fuzzer in "$root"/build/release/page_cache_fuzzer_*; do
		echo "$(basename "$fuzzer")"
		# shellcheck disable=SC2046 # flags are words
		"$fuzzer" $(fuzzer_flags) -seed=1 -runs=1500000 \
			-artifact_prefix="$root/build/gate-" \
			>"$root/build/gate.log" 2>&1 || true
		grep -a '^ASSERTION FAILED: ' "$root/build/gate.log" || return 1
		rm -f "$root"/build/gate-*
	done
}

# ------------------------------------------------------------------ OSS-Fuzz

# seeds_in_zip ZIP FOLDER: the zip has each kept program of the core, and what
# was put into it, from the folder, is not empty.
seeds_in_zip() {
	local want
	want=$(cd "$root/corpus" && grep -L '^target ' seeds/*.prog clean/*.prog \
		bugs/*/*.prog | sed 's|\.prog$||; s|.*/\([^/]*/[^/]*\)$|\1|; s|/|-|' | sort)
	same "$want" "$(zip -sf "$1" | sed -n 's/^  //p' | sort)" || return 1
	! find "$2" -type f -size 0 | grep .
}

# oss_fuzz_build SANITIZER [EXECUTIONS]: what it ships, and that it is silent.
oss_fuzz_build() {
	local out=$root/build/oss-fuzz-out
	rm -rf "$out"
	unset CFLAGS CXXFLAGS
	SANITIZER=$1 OUT=$out WORK=$root/build/oss-fuzz-$1 "$root/build.sh" || return 1
	[ "$(cd "$out" && ls | sort | tr '\n' ' ')" = 'page_cache_fuzzer page_cache_fuzzer.options page_cache_fuzzer_seed_corpus.zip ' ] || return 1
	local seeds=$root/build/oss-fuzz-$1/pagerace-host/seeds
	seeds_in_zip "$out/page_cache_fuzzer_seed_corpus.zip" "$seeds" || return 1
	"$out/page_cache_fuzzer" "$seeds"/* || return 1
	head -c 1048576 /dev/urandom >"$root/build/junk"
	: >"$root/build/empty"
	"$out/page_cache_fuzzer" "$root/build/empty" "$root/build/junk" || return 1
	# shellcheck disable=SC2046 # flags are words
	"$out/page_cache_fuzzer" $(fuzzer_flags) -runs="${2:-20000}" -seed=1
}

# --------------------------------------------------------------------- README

# The first command of the README, as it stands there.
readme_hunt() {
	grep -q '^    ./build.sh hunt ' "$root/README.md" || return 1
	"$root/build.sh" hunt | tee "$root/build/hunt.out"
	grep -Eq '^input: findings/' "$root/build/hunt.out" || return 1
	grep -Eq '^text: findings/' "$root/build/hunt.out" || return 1
	tail -n 1 "$root/build/hunt.out" |
		grep -Eq '^found page-loss after [0-9]+ executions in [0-9.]+ s, seed [0-9]+$'
}

# ------------------------------------------------------------------------ all

# The brute force tests of explore are slow, and no other code than the others:
# they run once.
oss_fuzz_steps() {
	step 'OSS-Fuzz build, address' oss_fuzz_build address
	step 'OSS-Fuzz build, undefined' oss_fuzz_build undefined
	step 'OSS-Fuzz build, memory' oss_fuzz_build memory
	step 'the same build, thread' oss_fuzz_build thread
}

# steps_of_one_compiler: the one that the caller chose.
steps_of_one_compiler() {
	local name=test-${CC##*/}
	step "build with $CC" build "$name" "${tools_plain_flags[@]}"
	step "tests, $CC" run_ctest "$name"
	step 'determinism' determinism "$name"
}

test_steps() {
	step "build with $CC" build release "${release_flags[@]}"
	step 'tests' run_ctest release
	step 'build with AddressSanitizer and UBSan' build test-asan "${tools_asan_flags[@]}"
	step 'tests under AddressSanitizer and UBSan' run_ctest test-asan -LE source -E brute
	step 'build with MemorySanitizer' build test-msan "${tools_msan_flags[@]}"
	step 'tests under MemorySanitizer' run_ctest test-msan -LE 'source|long'
	step 'build with UBSan alone' build_only pagerace test-ubsan "${tools_ubsan_flags[@]}"
	step 'kept programs under UBSan alone' run_ctest test-ubsan -R '^corpus'
	step 'build with ThreadSanitizer' build_only 'pagerace test_order' test-thread "${tools_thread_flags[@]}"
	step 'tests under ThreadSanitizer' run_ctest test-thread -R '^sanitizers.(order|planted)|^corpus'
	step 'build with plain accesses' build_only 'pagerace page_cache_fuzzer test_plain' test-plain "${release_flags[@]}" "${tools_accesses_flags[@]}"
	step 'tests, plain accesses' plain_accesses test-plain release
	step 'build with gcc' env_gcc build_only pagerace test-gcc "${tools_plain_flags[@]}"
	step 'kept programs, gcc' run_ctest test-gcc -R '^corpus'
	step 'determinism: clang, ASan, MSan, UBSan, TSan, gcc' determinism release \
		test-asan test-msan test-ubsan test-thread test-gcc
	step 'every revert is found' every_revert
	step 'search gate: the founding race, 27 of 30 seeds' gate
	step 'README: hunt' readme_hunt
	afl_steps
}

summary() {
	together
	say "$passes passed, $failures failed, $SECONDS s"
	[ $failures = 0 ]
}

test_everything() {
	local chosen=${CC-}
	mkdir -p "$root/build"
	choose_compiler
	if [ -n "$chosen" ]; then
		steps_of_one_compiler
	else
		! linux_is_possible || beside linux_steps
		test_steps
		oss_fuzz_steps
	fi
	summary
}

# The core as it is, under each sanitizer: nobody has anything to say.
test_long() {
	local sanitizer
	mkdir -p "$root/build"
	choose_compiler
	for sanitizer in address undefined memory thread; do
		step "2,000,000 executions, $sanitizer" \
			oss_fuzz_build "$sanitizer" 2000000
	done
	say "$passes passed, $failures failed"
	[ $failures = 0 ]
}

# build_only TARGETS NAME [cmake option...]
build_only() {
	local build_targets=$1
	shift
	build "$@"
}

env_gcc() { CC=gcc CXX=g++ "$@"; }

# shellcheck source=fuzz/verbs/test_afl.sh
. "$root/fuzz/verbs/test_afl.sh"
# shellcheck source=fuzz/verbs/breaks.sh
. "$root/fuzz/verbs/breaks.sh"
