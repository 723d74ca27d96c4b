# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# check.sh: what ./build.sh check does: everything that continuous integration
# asks of a change; read by build.sh, whose functions it uses. What `test` does
# comes first, and what comes then has its builds.

# shellcheck source=fuzz/verbs/test.sh
. "$root/fuzz/verbs/test.sh"
# shellcheck source=fuzz/verbs/determinism.sh
. "$root/fuzz/verbs/determinism.sh"
# shellcheck source=fuzz/verbs/test_afl.sh
. "$root/fuzz/verbs/test_afl.sh"

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

# What the README says that a hunt printed is what it prints, but for seconds.
readme_hunt() {
	local seconds='s/[0-9.]+ s\b/N s/g'
	grep '^    ./build.sh hunt ' "$root/README.md" >/dev/null || return 1
	"$root/build.sh" hunt --seed 119 >"$root/build/hunt.out" || return 1
	awk '/^    core, revert /, /^    found / { sub(/^    /, ""); print }' \
		"$root/README.md" | sed -E "$seconds" >"$root/build/hunt.want"
	sed -n '/^core, revert /,$p' "$root/build/hunt.out" | sed -E "$seconds" |
		diff "$root/build/hunt.want" -
}

# ------------------------------------------------------------------ campaigns

# campaign_on REVERT SECONDS: a campaign of its own, of one worker. Returns: 0 if
# it found something, 1 if not, 2 for trouble.
campaign_on() {
	rm -rf "$root/build/smoke-$1"
	"$root/build.sh" fuzz --revert "$1" --time "$2" --jobs 1 --builds release \
		--dir "$root/build/smoke-$1"
}

# The core as it is has nothing to find, and the campaign does play programs.
smoke_clean() {
	local status=0
	campaign_on none 25 || status=$?
	[ $status = 1 ] || return 1
	grep -q '^new ' "$root/build/smoke-none/log"
}

smoke_revert() {
	campaign_on late-head-read 25 &&
		grep -q ' late-head-read ' "$root/build/smoke-late-head-read/triage.txt"
}

# Both at once.
smoke() {
	local other status=0
	smoke_clean &
	other=$!
	smoke_revert || { echo 'the fix is out, and nothing was found'; status=1; }
	wait $other || { echo 'a campaign on the core as it is'; status=1; }
	return $status
}

# The core as it is, by processes of every build: all of them play, none has anything
# to say.
smoke_builds() {
	local name status=0 out=$root/build/smoke-builds
	for name in $(build_names core); do
		build_one core "$name" pagerace page_cache_fuzzer || return 1
	done
	rm -rf "$out"
	"$root/build.sh" fuzz --time 90 --dir "$out" | tee "$out.said" || status=$?
	[ $status = 1 ] || return 1
	for name in $(build_names core); do
		grep -Eq "^  $name +[1-9][0-9,]* " "$out.said" || return 1
	done
}

# campaign_killed KILLS SECONDS: of a real fuzzer.
campaign_killed() {
	cd "$root" && sh fuzz/findings/test/campaign.sh "$root/build/release/pagerace" \
		"$root/build/release/page_cache_fuzzer_core_free_without_tail" \
		"$1" "$2"
}

readme_commands() {
	cd "$root" && sh fuzz/verbs/test/readme.sh build/release/pagerace
}

# ------------------------------------------------------------------------ all

# What reads freed memory dies of a sanitizer before a checker speaks, and where tasks go
# round in loops stacks tell the rounds apart, which compilers lay out: other classes, so
# that orders and counts of these tables are those of the release build.
of_release='^trace.bugs.(no-grace-period|unwound-at-once|section-in-two|usurper-ignored)|^command.deciding$'

# The same tests by other builds. The brute force tests of explore are slow, and no
# other code than the others: they run once.
check_builds() {
	step 'tests of files, and those that wait' run_ctest release -L 'source|long' -E '^examples.real$'
	step 'build the tests with AddressSanitizer and UBSan' build test-asan "${tools_asan_flags[@]}"
	step 'tests under AddressSanitizer and UBSan' run_ctest test-asan -LE 'source|long' -E "$of_release"
	step 'crashes under AddressSanitizer and UBSan' run_ctest test-asan -R '^command.crash$'
	step 'build with MemorySanitizer' build test-msan "${tools_msan_flags[@]}"
	step 'tests under MemorySanitizer' run_ctest test-msan -LE 'source|long' -E "^command|$of_release"
	step 'build with UBSan alone' build_only pagerace test-ubsan "${tools_ubsan_flags[@]}"
	step 'kept programs under UBSan alone' run_ctest test-ubsan -R '^corpus'
	step 'build with ThreadSanitizer' build_only 'pagerace test_order' test-thread "${tools_thread_flags[@]}"
	step 'tests under ThreadSanitizer' run_ctest test-thread -R '^sanitizers.(order|planted)|^corpus'
	step 'build with plain accesses' build_only 'pagerace page_cache_fuzzer test_plain' test-plain "${release_flags[@]}" "${tools_accesses_flags[@]}"
	step 'tests, plain accesses' plain_accesses test-plain release
	step 'build with gcc, each source for itself' env_gcc build_only pagerace test-gcc "${tools_plain_flags[@]}" -DPAGERACE_UNITS=ON
	step 'kept programs, gcc' run_ctest test-gcc -R '^corpus'
	step 'determinism: clang, ASan, MSan, UBSan, TSan, gcc' determinism release \
		test-asan test-msan test-ubsan test-thread test-gcc
}

# check_steps KILLS SECONDS
check_steps() {
	step 'README: hunt' readme_hunt
	afl_steps
	step "a campaign, killed $1 times within $2 s" campaign_killed "$1" "$2"
	step 'a campaign as it is finds nothing, one without a fix finds it' smoke
	step 'README: its commands' readme_commands
}

# pairs_end_with STATUS TARGET REVERT [option...]
pairs_end_with() {
	local status=0
	"$root/build/release/pagerace" pairs --target "$2" --revert "$3" "${@:4}" || status=$?
	[ $status = "$1" ]
}

# On a packaged kernel, in a virtual machine; skipped where a package cannot be had.
prove_step() {
	local log=$root/build/prove-step.log status=0
	{
		"$root/build.sh" prove isolation-ended-by-another --trials 2 --controls 2 &&
			(cd "$root" && bash target/linux/test/words.sh)
	} >"$log" 2>&1 || status=$?
	cat "$log"
	[ $status != 77 ] || echo "skipped: $(tail -n 1 "$log")" >&4
	[ $status = 0 ] || [ $status = 77 ]
}

# The core as it is, under each sanitizer: nobody has anything to say.
long_steps() {
	local sanitizer revert version
	[ "$1" = no ] || linux_long_steps
	for version in $linux_versions; do
		[ "$1" = no ] || [ "$version" = "$linux_version" ] ||
			step "Linux $version" "$root/build.sh" linux --version "$version" --test
	done
	[ "$1" = no ] || step 'a finding on a packaged kernel' prove_step
	step 'libraries that nobody here wrote' run_ctest release -R '^examples.real$'
	step 'a sample of mutants is killed' "$root/build.sh" mutants --sample
	step 'every pair of operations on the core, all schedules' pairs_end_with 1 core none
	step 'pairs find the example' pairs_end_with 0 treiber none --time 60
	for revert in $("$root/build/release/pagerace" list reverts --target core | awk '{ print $1 }'); do
		step "pairs find $revert" pairs_end_with 0 core "$revert" --time 300
	done
	step 'tests that wait, under AddressSanitizer and UBSan' run_ctest test-asan -L long -E 'brute|^examples.real$'
	step 'commands under MemorySanitizer' run_ctest test-msan -R '^command' -E 'crash'
	step 'a campaign of every build finds nothing on the core' smoke_builds
	step 'the OSS-Fuzz contract: crash states' bash "$root/fuzz/oss-fuzz/test/contract.sh" --long reverts
	for sanitizer in address undefined memory thread; do
		step "2,000,000 executions, $sanitizer" \
			oss_fuzz_build "$sanitizer" 2000000
	done
}

# What needs nothing of the builds that the other steps make.
steps_beside() {
	[ "$1" = no ] || linux_steps
	step 'the OSS-Fuzz contract' bash "$root/fuzz/oss-fuzz/test/contract.sh"
}

check() {
	local kills=4 within=20 linux=yes long=no version=''
	while [ $# -gt 0 ]; do
		case $1 in
		--long) kills=10 within=600 long=yes; shift ;;
		--version)
			version=${2:?--version takes one of $linux_versions}
			[[ " $linux_versions " == *" $version "* ]] ||
				die "check: --version $version: those that are tested are $linux_versions"
			shift 2
			;;
		-h | --help) usage; return 0 ;;
		*) die "check: no option $1; try: ./build.sh --help" ;;
		esac
	done
	[ -z "${CC-}" ] || die 'check: chooses compilers itself; unset CC'
	SECONDS=0
	install_missing < <(needed; echo clang-format-19 clang-format-19)
	mkdir -p "$root/build"
	choose_compiler
	if [ -n "$version" ]; then
		linux_version=$version
		linux_is_possible || linux=no
	else
		linux_take_turn || linux=no
	fi
	beside steps_beside $linux
	test_steps
	check_builds
	check_steps "$kills" "$within"
	[ $long = no ] || long_steps $linux
	summary
}
