#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# real.sh PAGERACE_CC DIR [LIBRARY...]: libraries that nobody here wrote, compiled as
# they are by the wrapper PAGERACE_CC, with the small programs of LIBRARY/ as their tests.
#
# Sources are Debian's, in DIR, where they are fetched (fetch.sh). As it is, each program
# has to be silent, or to end in what its line "Judged:" says, which is the library's
# own; and silent in all schedules if it has a line "Explore:". With a step of a protocol taken out (LIBRARY/*.cocci) the program that the patch
# names has to find something, with each of two seeds.
#
# Prints a line each. Exit: 0; 1 if one of them is otherwise; 77 with a reason if nothing
# could be tried.
set -euo pipefail

[ $# -ge 2 ] || { echo 'usage: real.sh PAGERACE_CC DIR [LIBRARY...]' >&2; exit 2; }
cc=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
shift 2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
status=0 tried=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ $# -gt 0 ] || set -- ck mimalloc

# Value of the line $1: of file $2.
header() { sed -n "s,^\(//\| \*\) $1: ,,p" "$2"; }

fail() {
	echo "$*"
	status=1
}

# build PROGRAM TREE OUT: the program with what of the library it names.
build() {
	local sources=()
	for file in $(header Sources "$1"); do sources+=("$2/$file"); done
	# shellcheck disable=SC2046 # flags are words
	"$cc" -O2 -w $(flags "$2") -o "$3" "$1" "${sources[@]}" >"$work/said" 2>&1 ||
		{ fail "$1 is not built: $(cat "$work/said")"; return 1; }
}

# hunt COMMAND SEED SOURCE: prints what it says last; its exit code.
hunt() {
	local code=0 runs
	runs=$(header Runs "$3")
	(cd "$work" && "$1" hunt --seed "$2" --runs "${runs:-10000}" --findings "$work/findings") \
		>"$work/said" 2>&1 || code=$?
	tail -n 1 "$work/said"
	return $code
}

as_it_is() {
	local program=$1 name said code=0
	name=$(basename "$program" .c)
	build "$program" "$2" "$work/$name" || return 0
	judged=$(header Judged "$program")
	said=$(hunt "$work/$name" 1 "$program") || code=$?
	case $code:${judged%%:*} in
	1:) ;;
	0:?*) [[ $said = "found ${judged%%:*} after "* ]] || fail "$name: $said" ;;
	*) fail "$name: $said" ;;
	esac
	echo "$library/$name: $said"
	[ "$(header Explore "$program")" ] || return 0
	said=$(cd "$work" && timeout 600 "./$name" explore --all --jobs 1 --target "$name" 2>&1 |
		tail -n 1) || true
	[[ $said = "explored all "*": 0 findings" ]] || fail "$name: $said"
	echo "$library/$name: $said"
}

# The step taken out of a copy of the tree.
without() {
	local patch=$1 tree=$2 name program file seed said
	name=$(basename "$patch" .cocci) program=$(header Program "$patch")
	file=$(header File "$patch")
	rm -rf "$work/tree"
	cp -r "$tree" "$work/tree"
	spatch --very-quiet --no-includes --no-show-diff --in-place \
		--macro-file "$here/$library/macros.h" --sp-file "$patch" \
		"$work/tree/$file" >"$work/said" 2>&1 ||
		{ fail "$name: $(cat "$work/said")"; return 0; }
	! cmp -s "$tree/$file" "$work/tree/$file" ||
		{ fail "$name: there is nothing to take out of $file"; return 0; }
	build "$here/$library/$program.c" "$work/tree" "$work/$program" || return 0
	for seed in 1 2; do
		if said=$(hunt "$work/$program" $seed "$here/$library/$program.c"); then
			echo "$library/$program, $name: $said"
		else
			fail "$library/$program, $name: not found: $said"
		fi
	done
}

for library; do
	tree=$(bash "$here/fetch.sh" "$library" "$dir") || continue
	# What the library has to have, and flags: of its own.
	# shellcheck source=/dev/null
	. "$here/$library/library.sh"
	prepare "$tree"
	for program in "$here/$library"/*.c; do as_it_is "$program" "$tree"; done
	if command -v spatch >/dev/null; then
		for patch in "$here/$library"/*.cocci; do without "$patch" "$tree"; done
	else
		echo "$library: nothing taken out: no spatch; install coccinelle"
	fi
	tried=$((tried + 1))
done
[ $tried -gt 0 ] || exit 77
exit $status
