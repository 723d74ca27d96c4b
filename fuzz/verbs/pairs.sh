# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# pairs.sh: what ./build.sh pairs, and fuzz --systematic, do; read by build.sh,
# whose functions it uses. They build, and hand over to the pagerace command.

# enumerate COMMAND [option...], of the variables of its caller: $target, $revert,
# $count, $limit, $dir.
enumerate() {
	choose_variant "${verb}"
	build_target "$target" pagerace
	: "${dir:=$root/findings/$variant/$1}"
	say "$1 on $target, revert $revert: ${limit:+$limit s, }${dir#"$root"/}"
	"$root/build/$built/pagerace" "$1" --target "$target" --revert "$revert" \
		${count:+--jobs "$count"} ${limit:+--time "$limit"} -o "$dir" "${@:2}"
}

pairs() {
	local target=core revert=none count='' limit='' dir='' built=release variant
	while [ $# -gt 0 ]; do
		case $1 in
		-h | --help) usage; return 0 ;;
		--jobs | --time | --target | --revert | --dir | --tree | --version)
			[ -n "${2-}" ] || die "pairs: $1 takes a value"
			;;
		*) die "pairs: no option $1; try: ./build.sh --help" ;;
		esac
		case $1 in
		--jobs) whole_number "$@"; count=$2 ;;
		--time) whole_number "$@"; limit=$2 ;;
		--target) target=$2 ;;
		--revert) revert=$2 ;;
		--dir) dir=$2 ;;
		*) linux_option "$1" "$2" ;;
		esac
		shift 2
	done
	enumerate pairs
}
