# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# states.sh: what ClusterFuzz would call the findings: each core revert's fuzz
# target on the crashers of its stories, ten times; read by contract.sh.

crash_runs=10

core_reverts() { (cd "$root/target/reverts" && ls -- *.patch) | sed 's/\.patch$//'; }

# story_files: REVERT STORY FILE of each.
story_files() {
	local revert file
	for revert in $(core_reverts); do
		for file in "$root/corpus/bugs/$revert"/*.prog; do
			echo "$revert $(basename "$file" .prog) $file"
		done
	done
}

# The reverts, in the environment of a build of OSS-Fuzz's; and, the first time,
# what makes bytes of stories: those are the same for all.
build_the_reverts() {
	local revert story file targets=()
	mapfile -t targets < <(core_reverts | sed 's/-/_/g; s/^/page_cache_fuzzer_core_/')
	[ -d "$dir/crashers" ] || targets+=(pagerace)
	rm -rf "$dir/reverts"
	cmake -S "$root" -B "$dir/reverts" -DPAGERACE_MISTAKES=OFF \
		-DCMAKE_C_COMPILER="$CC" -DCMAKE_CXX_COMPILER="$CXX" \
		-DCMAKE_C_FLAGS="$CFLAGS" -DCMAKE_CXX_FLAGS="$CXXFLAGS" \
		-DLIB_FUZZING_ENGINE="$LIB_FUZZING_ENGINE" &&
		cmake --build "$dir/reverts" -j "$(nproc)" --target "${targets[@]}" ||
		return 1
	[ ! -d "$dir/crashers" ] || return 0
	mkdir -p "$dir/crashers"
	story_files | while read -r revert story file; do
		"$dir/reverts/pagerace" encode "$file" \
			-o "$dir/crashers/$revert-$story" || exit 1
	done
}

# crash REVERT STORY RUN: into $dir/crashes/SANITIZER/REVERT/STORY/RUN.log. Options
# are ClusterFuzz's. Stacks of the C library have no symbols there.
crash() {
	local options="stack_trace_format=DEFAULT:symbolize=1:external_symbolizer_path=$symbolizer:handle_abort=1"
	local logs=$dir/crashes/$SANITIZER/$1/$2
	mkdir -p "$logs"
	! ASAN_OPTIONS=$options MSAN_OPTIONS=$options \
		UBSAN_OPTIONS=silence_unsigned_overflow=1:print_stacktrace=1:$options \
		"$dir/reverts/page_cache_fuzzer_core_${1//-/_}" "$dir/crashers/$1-$2" \
		>"$logs/$3.log" 2>&1 || { echo "$1: $2: no crash"; return 1; }
}

# As many at once as there are CPUs.
crash_all() {
	export -f crash
	export dir symbolizer
	story_files | while read -r revert story _; do
		for run in $(seq "$crash_runs"); do
			echo "$revert $story $run"
		done
	done | xargs -P "$(nproc)" -L 1 bash -c 'crash "$@"' crash
}

build_reverts() {
	local sanitizer which=(address)
	[ "$long" = no ] || which=(address undefined memory)
	symbolizer=$(command -v llvm-symbolizer-19 || command -v llvm-symbolizer)
	for sanitizer in "${which[@]}"; do
		compilers "$clang" "$clangxx"
		begin "reverts-$sanitizer" "$sanitizer" libfuzzer || continue
		[ -n "$symbolizer" ] || { lacks llvm-symbolizer; continue; }
		item "reverts: $sanitizer: build" build_the_reverts
		item "reverts: $sanitizer: crash states: $crash_runs runs alike, any two checkers unlike" \
			crash_states
	done
}

crash_states() {
	crash_all && python3 -B "$here/contract/crash_states.py" "$dir/crashes/$SANITIZER"
}
