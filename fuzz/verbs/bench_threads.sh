# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# bench_threads.sh: what ./build.sh bench threads does; read by build.sh, whose
# functions it uses, after bench.sh.
#
# How many schedules a second, on one CPU, of three threads on one stack
# (fuzz/threads/test/bench/). A stress loop's runs are no schedules: most of them are the
# same, for a thread is over before the next one begins.

# threads_rate RUNS COMMAND...: the best of three, per second; starting up counts.
threads_rate() {
	local runs=$1 best=0 repeat start end rate
	shift
	for repeat in 1 2 3; do
		start=$(date +%s%N)
		taskset -c 0 "$@" >/dev/null 2>"$root/build/bench.log" ||
			die "${1##*/} failed; see build/bench.log"
		end=$(date +%s%N)
		rate=$((runs * 1000 / ((end - start) / 1000000 + 1)))
		[ "$rate" -le "$best" ] || best=$rate
	done
	echo "$best"
}

# schedules_rate RUNS [argument of run...]
schedules_rate() {
	threads_rate "$1" "$root/build/release/bench_threads" run --policy random-walk \
		--runs "$@"
}

threads_bench() {
	[ $# = 0 ] || die 'bench: threads takes no argument'
	deps
	build_release bench_threads bench_threads_native
	local three=$root/fuzz/threads/test/bench/three.prog
	row 'schedules: the program as it is' "$(schedules_rate 300000 --target stack)"
	row 'the same, each in a process of its own' "$(schedules_rate 2000 --target stack --fork)"
	row 'schedules: its operation as a target, c11.h' "$(schedules_rate 300000 "$three")"
	row 'runs of a stress loop, native threads' \
		"$(threads_rate 5000 "$root/build/release/bench_threads_native" 5000)"
	say_load
}
