# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# afl.sh: AFL++ on the fuzz target, with the harness's own mutator; read by
# build.sh, whose functions it uses.
#
#   afl_campaign VARIANT DIR JOBS [SECONDS]
#                       that many afl-fuzz processes on DIR/afl, until the time is
#                       up or somebody interrupts; goes on where an earlier one
#                       was. Begins with the inputs in DIR/in, made by the caller,
#                       and in DIR/corpus, a campaign's of libFuzzer; if there are
#                       none, with a zero byte
#   afl_build VARIANT   in $afl_fuzzer, a fuzz target in persistent mode, and
#                       $afl_mutator
#   afl_fuzz DIR SEED [option of afl-fuzz...]
#                       one process; it takes the place of the shell
#   afl_to_libfuzzer FUZZER CORPUS DIR
#                       merges the queues in DIR/afl into a corpus of libFuzzer's,
#                       with a fuzz target of libFuzzer's
#   afl_from_libfuzzer CORPUS DIR
#                       adds that corpus to DIR/in
#
# Targets are instrumented by the compiler (trace-pc-guard), which is what AFL++
# numbers; the harness is not. Debian's afl++ brings the runtime and the driver.

afl_lib=${AFL_PATH:-/usr/lib/afl}
afl_flags=(-DCMAKE_C_FLAGS='-O3 -g' -DCMAKE_POSITION_INDEPENDENT_CODE=ON
	-DPAGERACE_AFL=ON -DPAGERACE_COVERAGE=-fsanitize-coverage=trace-pc-guard
	-DLIB_FUZZING_ENGINE="$afl_lib/libAFLDriver.a;$afl_lib/afl-compiler-rt.o")

with_commas() { sed ':a; s/\([0-9]\)\([0-9]\{3\}\)\($\|,\)/\1,\2\3/; ta' <<<"$1"; }

afl_deps() {
	install_missing <<-END
	afl-fuzz afl++
	$afl_lib/libAFLDriver.a afl++
	END
}

afl_build() {
	case $1 in
	linux*) die 'fuzz: --engine afl fuzzes the core and the example, not linux' ;;
	esac
	afl_deps
	choose_compiler
	# shellcheck disable=SC2034 # build() reads it
	local build_targets="$(fuzzer_of "$1") afl_mutator_${1//-/_} pagerace"
	build afl "${afl_flags[@]}"
	afl_fuzzer=$root/build/afl/$(fuzzer_of "$1")
	afl_mutator=$root/build/afl/afl_mutator_${1//-/_}.so
}

afl_fuzz() {
	local dir=$1 seed=$2
	shift 2
	if [ ! -d "$dir/in" ]; then
		mkdir -p "$dir/in"
		printf '\0' >"$dir/in/zero"
	fi
	exec env AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 \
		AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_CRASH_README=1 \
		AFL_DISABLE_TRIM=1 AFL_AUTORESUME=1 AFL_CUSTOM_MUTATOR_ONLY=1 \
		AFL_CUSTOM_MUTATOR_LIBRARY="$afl_mutator" \
		afl-fuzz -i "$dir/in" -o "$dir/afl" -s "$seed" -G 1024 "$@" -- \
		"$afl_fuzzer"
}

# afl_count DIR KIND: files of that kind that the processes have; a process that
# goes on puts the crashes it had into a folder crashes.DATE.
afl_count() { find "$1"/afl/*/"$2"* -maxdepth 1 -name 'id:*' 2>/dev/null | wc -l; }

afl_status() {
	printf '  %4d s  %s inputs kept, %s crashes\n' "$SECONDS" \
		"$(with_commas "$(afl_count "$1" queue)")" "$(afl_count "$1" crashes)"
}

# afl_sum FIELD FILE...: over the processes' statistics.
afl_sum() { awk -v field="$1" '$1 == field { sum += $3 } END { print sum + 0 }' "${@:2}"; }

# Ends the processes in $pids, and those alone.
afl_end() {
	kill -INT "${pids[@]}" 2>/dev/null
	wait "${pids[@]}"
}

afl_campaign() {
	local variant=$1 dir=$2 count=$3 limit=${4-} pids=() n role
	afl_build "$variant"
	mkdir -p "$dir"
	dir=$(cd "$dir" && pwd)
	[ ! -d "$dir/corpus" ] || afl_from_libfuzzer "$dir/corpus" "$dir"
	say "AFL++ on $variant: $count processes, ${limit:+$limit s, }${dir#"$root"/}/afl"
	trap afl_end INT TERM
	trap afl_end EXIT
	SECONDS=0
	for n in $(seq "$count"); do
		role=-S
		[ "$n" != 1 ] || role=-M
		afl_fuzz "$dir" "$n" $role "w$n" ${limit:+-V "$limit"} \
			>"$dir/afl-w$n.log" 2>&1 &
		pids+=($!)
		[ -d "$dir/in" ] || sleep 1
	done
	while kill -0 "${pids[@]}" 2>/dev/null; do
		sleep 10 || true
		afl_status "$dir"
	done
	trap - EXIT INT TERM
	afl_report "$variant" "$dir"
}

afl_report() {
	local revert=none stats status=0
	[ "${1#*-}" = "$1" ] || revert=${1#*-}
	stats=("$2"/afl/*/fuzzer_stats)
	if [ ! -e "${stats[0]}" ]; then
		tail -n 20 "$2"/afl-w*.log >&2
		die 'afl-fuzz did not start'
	fi
	say "$(with_commas "$(afl_sum execs_done "${stats[@]}")") executions, those of mutators aside; $(with_commas "$(afl_count "$2" queue)") inputs kept, $(afl_count "$2" crashes) crashes"
	[ "$(afl_count "$2" crashes)" -gt 0 ] || return 0
	"$root/build/afl/pagerace" triage --target "${1%%-*}" --revert "$revert" \
		-o "$2/triage" "$2"/afl/*/crashes* || status=$?
	[ $status -le 1 ] || die 'triage failed'
}

afl_to_libfuzzer() {
	mkdir -p "$2"
	"$1" -merge=1 -max_len=1024 "$2" "$3"/afl/*/queue
}

afl_from_libfuzzer() {
	mkdir -p "$2/in"
	find "$1" -maxdepth 1 -type f -size +0 -exec cp -t "$2/in" {} +
}
