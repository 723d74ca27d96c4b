# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# bench.sh: what ./build.sh bench does; read by build.sh, whose functions it uses.
#
# On a shared machine only figures of one run mean much beside each other.

bench_program=$root/corpus/clean/two_cpus_four_operations_each.prog
bench_bytes=$root/build/bench.bin

bench_core() {
	deps
	build_release pagerace bench_fuzzer
	say 'building with AddressSanitizer ...'
	build_targets=bench_fuzzer build asan "${asan_flags[@]}"
	"$root/build/release/pagerace" encode "$bench_program" -o "$bench_bytes"
	"$root/build/release/pagerace" bench speed "$bench_program"
	row 'executions under libFuzzer' "$(fuzzer_rate release/bench_fuzzer 300000)"
	row 'executions under libFuzzer and ASan' "$(fuzzer_rate asan/bench_fuzzer 100000)"
	row 'an empty libFuzzer target' "$(fuzzer_rate release/bench_fuzzer 1000000 --empty)"
	row 'schedules, all up to 2 preemptions' "$(explore_rate --preemptions 2)"
	row 'schedules, one of each class' "$(explore_rate --all)"
	say_load
}

row() { printf '%-44s %10d /s\n' "$1" "$2"; }
say_load() { say "load: $(cut -d' ' -f1-3 /proc/loadavg) on $(nproc) cores"; }

# fuzzer_rate BINARY RUNS [option]: the best of three runs of it on the one
# program, per second. As libFuzzer knows nothing but that one program, all that it
# ever saw would be searched for what may be seen by a smaller one, again for each
# feature of each run: a fifth of the time here, a twentieth in a campaign.
fuzzer_rate() {
	local fuzzer=$root/build/$1 runs=$2 best=0 repeat start end rate
	shift 2
	for repeat in 1 2 3; do
		start=$(date +%s%N)
		# shellcheck disable=SC2046 # flags are words
		"$fuzzer" --program="$bench_bytes" "$@" \
			$(fuzzer_flags) -reduce_inputs=0 -seed=1 -runs="$runs" >/dev/null 2>"$root/build/bench.log" ||
			die "${fuzzer##*/} failed; see build/bench.log"
		end=$(date +%s%N)
		rate=$((runs * 1000 / ((end - start) / 1000000 + 1)))
		[ "$rate" -le "$best" ] || best=$rate
	done
	echo "$best"
}

# explore_rate [option...]: the best of three, of one process, per second.
explore_rate() {
	local best=0 repeat start end rate schedules
	for repeat in 1 2 3; do
		start=$(date +%s%N)
		schedules=$("$root/build/release/pagerace" explore "$@" --jobs 1 "$bench_program" 2>"$root/build/bench.log" |
			sed -n 's/^explored [a-z]* *\([0-9]*\) .*/\1/p') || true
		end=$(date +%s%N)
		[ "$schedules" ] || die "explore $* failed; see build/bench.log"
		rate=$((schedules * 1000 / ((end - start) / 1000000 + 1)))
		[ "$rate" -le "$best" ] || best=$rate
	done
	echo "$best"
}

# ---------------------------------------------------- the core beside Linux

# The figure of `bench speed` whose line begins with $2, in output $1.
figure() { sed -n "s/^$2  *\([0-9.]*\) .*/\1/p" <<<"$1"; }

beside() { printf '%-44s %12s %12s  %s\n' "$@"; }

# bench_target linux [--tree DIR | --version V]
bench_target() {
	[ "${1-}" = linux ] || die 'bench: --target linux'
	shift
	while [ $# -gt 0 ]; do
		linux_option "$1" "${2-}" || die "bench: no option $1"
		shift 2
	done
	linux_prepare
	say "building with $CC ..."
	linux_make 'pagerace bench_fuzzer bench_linux_fuzzer'
	say 'building with AddressSanitizer ...'
	linux_make 'bench_fuzzer bench_linux_fuzzer' asan
	local tool=$root/build/$linux_dir/pagerace core linux
	"$tool" encode "$bench_program" -o "$bench_bytes"
	core=$("$tool" bench speed --target core "$bench_bytes")
	linux=$("$tool" bench speed --target linux "$bench_bytes")
	beside '' core "$(cat "$root/build/$linux_dir/linux/version")" ''
	beside 'access points' "$(points "$core")" "$(points "$linux")" 'a run'
	for what in 'reset: target from its snapshot' \
		'execution of an empty program' 'execution'; do
		beside "$what" "$(figure "$core" "$what")" \
			"$(figure "$linux" "$what")" ns
	done
	beside 'executions, plain' "$(figure "$core" 'executions, plain')" \
		"$(figure "$linux" 'executions, plain')" /s
	fuzzers_beside 'executions under libFuzzer' "$linux_dir" 300000 60000
	fuzzers_beside 'executions under libFuzzer and ASan' "$linux_dir-asan" 100000 30000
	say_load
}

points() { sed -n 's/^program: .* \([0-9]*\) access points.*/\1/p' <<<"$1"; }

fuzzers_beside() {
	beside "$1" "$(fuzzer_rate "$2/bench_fuzzer" "$3")" \
		"$(fuzzer_rate "$2/bench_linux_fuzzer" "$4")" /s
}
