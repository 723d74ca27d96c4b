# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# bench_search.sh: what ./build.sh bench search does; read by build.sh, whose
# functions it uses. It builds; pagerace bench search does the rest, and keeps what
# each search came to: a bench that was stopped goes on.

# The tree that was built.
say_commit() {
	local changed=''
	[ -z "$(git -C "$root" status --porcelain 2>/dev/null)" ] || changed=', and changes'
	say "commit $(git -C "$root" log -1 --format='%h of %cs' 2>/dev/null || echo unknown)$changed"
}

search_bench() {
	local target='' built=release options=() names=()
	while [ $# -gt 0 ]; do
		case $1 in
		--seeds | --seed | --limit | --jobs)
			[[ ${2-} =~ ^[0-9]*[1-9][0-9]*$ ]] || die "bench search: $1 takes a number from 1"
			options+=("$1" "$2")
			shift 2
			;;
		--target) target=${2:?}; shift 2 ;;
		--tree | --version) linux_option "$1" "${2-}"; shift 2 ;;
		-*) die "bench search: no option $1; try: ./build.sh --help" ;;
		*) names+=("$1"); shift ;;
		esac
	done
	if [ -n "$target" ]; then
		grep -qx -e "$target" <<<"$(source_targets)" ||
			die "bench search: no target $target; there are: $(source_targets | tr '\n' ' ')"
		options+=(--target "$target")
	fi
	if [ "$target" = linux ]; then
		build_target linux pagerace linux_fuzzers
	else
		build_target core pagerace fuzzers
	fi
	cd "$root"
	say_commit
	"build/$built/pagerace" bench search -o build/bench-search "${options[@]}" "${names[@]}"
}
