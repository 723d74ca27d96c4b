# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# afl.sh: AFL++ on the fuzz target, with the harness's own mutator; read by
# build.sh, whose functions it uses.
#
#   afl_build VARIANT           builds both into build/afl: in $afl_fuzzer, a fuzz
#                               target in persistent mode, and $afl_mutator
#   afl_fuzz DIR SEED [option of afl-fuzz...]
#                               what was built last, from DIR/in (a zero byte if it
#                               is not there), queue and crashes in DIR/out
#   afl_campaign DIR VARIANT SEED SECONDS
#                               both, on an output folder that may be there already
#   afl_to_libfuzzer DIR CORPUS adds to a corpus of libFuzzer's what of the queues
#                               in DIR/out has features that the corpus has not
#   afl_from_libfuzzer CORPUS DIR   makes that corpus DIR/in
#
# Targets are instrumented by the compiler (trace-pc-guard), which is what AFL++
# numbers; the harness is not. Debian's afl++ brings the runtime and the driver.

afl_lib=${AFL_PATH:-/usr/lib/afl}
afl_flags=(-DCMAKE_C_FLAGS='-O3 -g' -DCMAKE_POSITION_INDEPENDENT_CODE=ON
	-DPAGERACE_AFL=ON -DPAGERACE_COVERAGE=-fsanitize-coverage=trace-pc-guard
	-DLIB_FUZZING_ENGINE="$afl_lib/libAFLDriver.a;$afl_lib/afl-compiler-rt.o")

afl_deps() {
	install_missing <<-END
	afl-fuzz afl++
	$afl_lib/libAFLDriver.a afl++
	END
}

afl_build() {
	local build_targets
	afl_deps
	choose_compiler
	build_targets="$(fuzzer_of "$1") afl_mutator_${1//-/_}"
	build afl "${afl_flags[@]}"
	afl_fuzzer=$root/build/afl/$(fuzzer_of "$1")
	afl_mutator=$root/build/afl/afl_mutator_${1//-/_}.so
}

afl_fuzz() {
	local dir=$1 seed=$2 in=$1/in
	shift 2
	if [ ! -d "$in" ]; then
		mkdir -p "$in"
		printf '\0' >"$in/zero"
	fi
	[ ! -d "$dir/out/default/queue" ] || in=-
	env AFL_NO_UI=1 AFL_NO_COLOR=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 \
		AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_DISABLE_TRIM=1 \
		AFL_CUSTOM_MUTATOR_ONLY=1 AFL_CUSTOM_MUTATOR_LIBRARY="$afl_mutator" \
		afl-fuzz -i "$in" -o "$dir/out" -s "$seed" -G 1024 "$@" -- \
		"$afl_fuzzer"
}

afl_campaign() {
	afl_build "$2"
	afl_fuzz "$1" "$3" -V "$4"
}

# The merge runs in a fuzz target of libFuzzer's, $fuzzer.
afl_to_libfuzzer() {
	mkdir -p "$2"
	"$fuzzer" -merge=1 "$2" "$1"/out/*/queue
}

afl_from_libfuzzer() {
	rm -rf "$2/in"
	mkdir -p "$2/in"
	cp "$1"/* "$2/in/"
}
