# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# test.sh: what ./build.sh test does: the tests that somebody runs who has just come,
# or has just changed a line; read by build.sh, whose functions it uses. All that a
# change has to pass is check.sh's.

# shellcheck source=fuzz/verbs/steps.sh
. "$root/fuzz/verbs/steps.sh"
# shellcheck source=fuzz/verbs/search_gate.sh
. "$root/fuzz/verbs/search_gate.sh"

tools_plain_flags=(-DCMAKE_C_FLAGS='-O2 -g1')
tools_asan_flags=(-DCMAKE_C_FLAGS='-O1 -g1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined'
	-DCMAKE_CXX_FLAGS='-fsanitize=address,undefined')
tools_msan_flags=(-DCMAKE_C_FLAGS='-O1 -g1 -fno-omit-frame-pointer -fsanitize=memory'
	-DCMAKE_CXX_FLAGS='-fsanitize=memory')
tools_ubsan_flags=(-DCMAKE_C_FLAGS='-O1 -g1 -fsanitize=undefined -fno-sanitize-recover=undefined'
	-DCMAKE_CXX_FLAGS='-fsanitize=undefined')
tools_thread_flags=(-DCMAKE_C_FLAGS='-O2 -g1 -fsanitize=thread'
	-DCMAKE_CXX_FLAGS='-fsanitize=thread')
tools_accesses_flags=(-DCMAKE_C_FLAGS='-O2 -g' -DPAGERACE_PLAIN=ON)

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
