# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# hunt.sh: what ./build.sh hunt does; read by build.sh, whose functions it uses.
# It builds; pagerace hunt does the rest.

hunt() {
	local revert='' target=core built=release options=() variant
	while [ $# -gt 0 ]; do
		case $1 in
		--seed | --time | --runs)
			[[ ${2-} =~ ^[0-9]+$ ]] || die "hunt: $1 takes a whole number"
			[ "$1" = --seed ] || [[ $2 =~ [1-9] ]] || die "hunt: $1 takes a number from 1"
			options+=("$1" "$2")
			shift 2
			;;
		--memory)
			[[ ${2-} =~ ^(sc|weak)$ ]] || die "hunt: --memory takes sc or weak"
			options+=("$1" "$2")
			shift 2
			;;
		--target) target=${2:?}; shift 2 ;;
		--tree | --version) linux_option "$1" "${2-}"; shift 2 ;;
		-h | --help) usage; return 0 ;;
		-*) die "hunt: no option $1; try: ./build.sh --help" ;;
		*)
			[ -z "$revert" ] || die "hunt: one revert at a time: $revert or $1"
			revert=$1
			shift
			;;
		esac
	done
	[ -n "$revert" ] || case $target in
	core) revert=free-without-tail ;;
	*) revert=none ;;
	esac
	choose_variant hunt
	build_target "$target" pagerace "$(fuzzer_of "$variant")"
	cd "$root"
	"build/$built/pagerace" hunt --target "$target" --revert "$revert" "${options[@]}"
}
