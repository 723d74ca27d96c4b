# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# states.sh: what ClusterFuzz would call the findings: each core revert's fuzz
# target on the crashers of its stories, ten times; read by contract.sh.

crash_runs=10

core_reverts() { (cd "$root/target/reverts" && ls -- *.patch) | sed 's/\.patch$//'; }

# The reverts, in the environment of a build of OSS-Fuzz's.
build_the_reverts() {
	rm -rf "$dir/reverts"
	cmake -S "$root" -B "$dir/reverts" -DPAGERACE_MISTAKES=OFF \
		-DCMAKE_C_COMPILER="$CC" -DCMAKE_CXX_COMPILER="$CXX" \
		-DCMAKE_C_FLAGS="$CFLAGS" -DCMAKE_CXX_FLAGS="$CXXFLAGS" \
		-DLIB_FUZZING_ENGINE="$LIB_FUZZING_ENGINE" &&
		cmake --build "$dir/reverts" -j "$(nproc)" --target pagerace \
			$(core_reverts | sed 's/-/_/g; s/^/page_cache_fuzzer_core_/')
}

# Options of ClusterFuzz's. Stacks of the C library have no symbols there.
crash() {
	local options="stack_trace_format=DEFAULT:symbolize=1:external_symbolizer_path=$symbolizer:handle_abort=1"
	ASAN_OPTIONS=$options MSAN_OPTIONS=$options \
		UBSAN_OPTIONS=silence_unsigned_overflow=1:print_stacktrace=1:$options "$@"
}

# Each story's crasher: $dir/crashes/SANITIZER/REVERT/STORY/N.log
crash_all() {
	local story revert name fuzzer run logs
	for story in $(core_reverts | sed "s,.*,$root/corpus/bugs/&/*.prog,"); do
		revert=$(basename "$(dirname "$story")")
		name=$(basename "$story" .prog)
		logs=$dir/crashes/$SANITIZER/$revert/$name
		fuzzer=$dir/reverts/page_cache_fuzzer_core_${revert//-/_}
		mkdir -p "$logs"
		"$dir/reverts/pagerace" encode "$story" -o "$logs/crasher" || return 1
		for run in $(seq "$crash_runs"); do
			! crash "$fuzzer" "$logs/crasher" >"$logs/$run.log" 2>&1 ||
				{ echo "$story: no crash"; return 1; }
		done
	done
}

build_reverts() {
	local sanitizer
	symbolizer=$(command -v llvm-symbolizer-19 || command -v llvm-symbolizer)
	for sanitizer in address undefined memory; do
		compilers "$clang" "$clangxx"
		begin "reverts-$sanitizer" "$sanitizer" libfuzzer || continue
		[ -n "$symbolizer" ] || { lacks llvm-symbolizer; continue; }
		item "reverts: $sanitizer: build" build_the_reverts
		item "reverts: $sanitizer: crash states: $crash_runs runs alike, any two reverts unlike" \
			crash_states
	done
}

crash_states() {
	crash_all && python3 -B "$here/contract/crash_states.py" "$dir/crashes/$SANITIZER"
}
