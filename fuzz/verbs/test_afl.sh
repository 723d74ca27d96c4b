# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# afl.sh: steps of ./build.sh test about AFL++; read by test.sh.

afl_prey=core-free-without-tail

# From a zero byte, at most 600,000 executions: seeds 1 to 10 took 25,193 to
# 366,885. AFL++ looks at the clock, so equal seeds need not run alike: one of
# three has to find it.
afl_finds() {
	local dir=$root/build/afl-test seed
	afl_build $afl_prey
	for seed in 1 2 3; do
		rm -rf "$dir"
		mkdir -p "$dir"
		(export AFL_BENCH_UNTIL_CRASH=1
			afl_fuzz "$dir" $seed -E 600000) >"$dir.log" 2>&1 || true
		echo "seed $seed: $(afl_sum execs_done "$dir"/afl/*/fuzzer_stats) executions, $(LC_ALL=C sed -n 's/.*pagerace: executions of the mutator //p' "$dir.log") of the mutator"
		[ "$(afl_count "$dir" crashes)" = 0 ] || break
	done
	afl_report $afl_prey "$dir" | tee "$dir.out"
	grep -Eq '^ +1 +[0-9]+ +page-loss +free-without-tail ' "$dir.out"
}

# Started once more on that folder it goes on, and what it had is there.
afl_goes_on() {
	local dir=$root/build/afl-test queue crashes
	afl_build $afl_prey
	queue=$(afl_count "$dir" queue) crashes=$(afl_count "$dir" crashes)
	(afl_fuzz "$dir" 1 -V 1) >"$dir-on.log" 2>&1 || true
	grep -a 'All set and ready to roll' "$dir-on.log" || return 1
	echo "$queue inputs, $crashes crashes; then $(afl_count "$dir" queue), $(afl_count "$dir" crashes)"
	[ "$crashes" -gt 0 ] && [ "$(afl_count "$dir" crashes)" -ge "$crashes" ] &&
		[ "$(afl_count "$dir" queue)" -ge "$queue" ]
}

# The queue of that run as a corpus of libFuzzer's, and back: AFL++ takes in every
# file of it. There is more in both than in what they began with.
afl_exchanges() {
	local dir=$root/build/afl-test corpus=$root/build/afl-test-corpus kept
	local fuzzer=$root/build/release/page_cache_fuzzer_core_free_without_tail
	[ "$(afl_count "$dir" queue)" -gt 100 ] || return 1
	rm -rf "$corpus" "$dir-back"
	afl_to_libfuzzer "$fuzzer" "$corpus" "$dir" || return 1
	kept=$(find "$corpus" -type f | wc -l)
	echo "$(afl_count "$dir" queue) inputs of AFL++'s, of which $kept are new to libFuzzer"
	[ "$kept" -gt 50 ] || return 1
	afl_build $afl_prey
	afl_from_libfuzzer "$corpus" "$dir-back"
	(afl_fuzz "$dir-back" 1 -E 1000) >"$dir-back.log" 2>&1 || true
	grep -a 'All set and ready to roll' "$dir-back.log" || return 1
	[ "$(find "$dir-back/afl/default/queue" -maxdepth 1 -name 'id:*orig:*' | wc -l)" = "$kept" ]
}

afl_steps() {
	if ! (afl_deps) >"$root/build/afl-deps.log" 2>&1; then
		say "skipped: AFL++: $(tail -n 1 "$root/build/afl-deps.log")"
		return
	fi
	step 'AFL++ finds the founding race' afl_finds
	step 'AFL++ goes on where it was' afl_goes_on
	step 'corpora go from AFL++ to libFuzzer and back' afl_exchanges
}
