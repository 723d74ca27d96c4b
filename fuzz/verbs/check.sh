# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# check.sh: what ./build.sh check does: everything that continuous integration
# asks of a change; read by build.sh, whose functions it uses. The tests come
# first, and what comes then has their builds.

# campaign_on REVERT SECONDS: a campaign of its own, of one worker. Returns: 0 if
# it found something, 1 if not, 2 for trouble.
campaign_on() {
	rm -rf "$root/build/smoke-$1"
	"$root/build.sh" fuzz --revert "$1" --time "$2" --jobs 1 \
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

# campaign_killed KILLS SECONDS: of a real fuzzer.
campaign_killed() {
	cd "$root" && sh fuzz/findings/test/campaign.sh "$root/build/release/pagerace" \
		"$root/build/release/page_cache_fuzzer_core_free_without_tail" \
		"$1" "$2"
}

readme_commands() {
	cd "$root" && sh fuzz/verbs/test/readme.sh build/release/pagerace
}

check_steps() {
	step "a campaign, killed $1 times within $2 s" campaign_killed "$1" "$2"
	step 'a campaign as it is finds nothing, one without a fix finds it' smoke
	step 'README: its commands' readme_commands
}

# What needs nothing of the builds that the other steps make.
steps_beside() {
	[ "$1" = no ] || linux_steps
	step 'the OSS-Fuzz contract' bash "$root/fuzz/oss-fuzz/test/contract.sh"
}

check() {
	local kills=4 within=20 linux=yes
	case ${1-} in
	'') ;;
	--long) kills=10 within=600 ;;
	-h | --help) usage; return 0 ;;
	*) die "check: no option $1; try: ./build.sh --help" ;;
	esac
	[ -z "${CC-}" ] || die 'check: chooses compilers itself; unset CC'
	SECONDS=0
	install_missing < <(needed; echo clang-format-19 clang-format-19)
	# shellcheck source=fuzz/verbs/test.sh
	. "$root/fuzz/verbs/test.sh"
	mkdir -p "$root/build"
	choose_compiler
	linux_is_possible || linux=no
	beside steps_beside $linux
	test_steps
	check_steps "$kills" "$within"
	summary
}
