# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# hunt.sh: what ./build.sh hunt does; read by build.sh, whose functions it uses.
# It builds; pagerace hunt does the rest.

# Targets, and what of $1 may be taken out ("NAME ALIAS"), as the source has them.
source_targets() {
	sed -n 's/^pagerace_target(\([a-z]*\).*/\1/p' "$root/target/targets.cmake"
	echo linux
}

source_reverts() {
	local patch
	for patch in "$root"/target/reverts/*.patch "$root"/target/linux/reverts/*.cocci; do
		case $1,$patch in
		core,*.patch | linux,*.cocci)
			echo "$(basename "${patch%.*}") $(sed -n 's/^.*Alias: *//p' "$patch" | head -n 1)"
			;;
		esac
	done
}

# nearest NAME: of the names of stdin, those that have most of its pairs of
# letters; if there are none, all.
nearest() {
	awk -v want="$1" '
		NF {
			common = 0
			for (i = 1; i < length(want); i++)
				common += index($1, substr(want, i, 2)) > 0
			if (common * 2 > length(want))
				near = near ", " $1
			all = all ", " $1
		}
		END {
			print near ? "; nearest: " substr(near, 3) : \
				all ? "; there are: " substr(all, 3) : ": it has none"
		}'
}

# check_names VERB: $target and $revert are there; said before anything is built.
check_names() {
	local known
	known=$(source_targets)
	grep -qx -e "$target" <<<"$known" ||
		die "$1: no target $target; there are: $(echo $known)"
	[ "$revert" != none ] || return 0
	known=$(source_reverts "$target")
	awk -v want="$revert" '$1 == want || $2 == want { found = 1 }
		END { exit !found }' <<<"$known" ||
		die "$1: no revert $revert of $target$(nearest "$revert" <<<"$known")"
}

hunt() {
	local revert='' target=core built=release options=() variant
	while [ $# -gt 0 ]; do
		case $1 in
		--seed | --time | --runs)
			[[ ${2-} =~ ^[0-9]+$ ]] || die "hunt: $1 takes a whole number"
			options+=("$1" "$2")
			shift 2
			;;
		--target) target=${2:?}; shift 2 ;;
		--tree | --version) linux_option "$1" "${2-}"; shift 2 ;;
		-h | --help) usage; return 0 ;;
		-*) die "hunt: no option $1; try: ./build.sh --help" ;;
		*) revert=$1; shift ;;
		esac
	done
	[ -n "$revert" ] || case $target in
	core) revert=free-without-tail ;;
	*) revert=none ;;
	esac
	check_names hunt
	build_target "$target"
	choose_variant hunt
	[ "$target" != linux ] || linux_make "$(fuzzer_of "$variant")"
	cd "$root"
	"build/$built/pagerace" hunt --target "$target" --revert "$revert" "${options[@]}"
}
