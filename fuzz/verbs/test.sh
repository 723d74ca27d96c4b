# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# test.sh: what ./build.sh test does: the tests that somebody runs who has just come,
# or has just changed a line; read by build.sh, whose functions it uses. All that a
# change has to pass is check.sh's.

# shellcheck source=fuzz/verbs/steps.sh
. "$root/fuzz/verbs/steps.sh"

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

# Every checker's prey: each revert and the example, from an empty corpus; as many
# at once as there are CPUs.
every_revert() {
	local fuzzer dir=$root/build/prey
	rm -rf "$dir"
	mkdir -p "$dir"
	for fuzzer in "$root"/build/release/page_cache_fuzzer_*; do
		[ "$(jobs -pr | wc -l)" -lt "$jobs" ] || wait -n || true
		# shellcheck disable=SC2046 # flags are words
		"$fuzzer" $(fuzzer_flags) -seed=1 -runs=1500000 \
			-artifact_prefix="$dir/" >"$dir/$(basename "$fuzzer").log" 2>&1 &
	done
	wait
	for fuzzer in "$dir"/*.log; do
		echo "$(basename "$fuzzer" .log)"
		grep -a '^ASSERTION FAILED: ' "$fuzzer" || return 1
	done
}

# ------------------------------------------------------------------------ all

# What a test of files says, whatever the build, and what waits, is check's.
test_steps() {
	step "build with $CC" build release "${release_flags[@]}"
	step 'unit tests, kept programs' run_ctest release -LE 'source|long'
	step 'every revert is found' every_revert
	step 'search gate: the founding race, 27 of 30 seeds' gate
	step 'build with AddressSanitizer and UBSan' build_only pagerace test-asan "${tools_asan_flags[@]}"
	step 'kept programs under AddressSanitizer and UBSan' run_ctest test-asan -R '^corpus'
}

# The compiler that the caller chose.
test_steps_of_one_compiler() {
	local name=test-${CC##*/}
	# shellcheck source=fuzz/verbs/determinism.sh
	. "$root/fuzz/verbs/determinism.sh"
	step "build with $CC" build "$name" "${tools_plain_flags[@]}"
	step "tests, $CC" run_ctest "$name"
	step 'determinism' determinism "$name"
}

test_everything() {
	local chosen=${CC-}
	mkdir -p "$root/build"
	SECONDS=0
	choose_compiler
	if [ -n "$chosen" ]; then
		test_steps_of_one_compiler
	else
		test_steps
		[ $failures != 0 ] || say 'all that a change has to pass: ./build.sh check'
	fi
	summary
}

# shellcheck source=fuzz/verbs/breaks.sh
. "$root/fuzz/verbs/breaks.sh"
