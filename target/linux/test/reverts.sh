#!/bin/sh
# SPDX-License-Identifier: MIT
#
# reverts.sh TREE...: each revert, and each barrier that is taken out, has its reasons,
# and applies to each tree in the place that it names, and only there; and edit.sh
# says so if not.
linux=$(cd "$(dirname "$0")/.." && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
status=0
fail() { echo "$*"; status=1; }

# Header $2 of revert $1.
header() { sed -n "s/^$2: *//p" "$linux"/*/"$1.cocci" | head -n 1; }

barrier_reasons() {
	head -n 1 "$linux/barriers/$1.cocci" | grep -q 'SPDX.*GPL-2.0' ||
		fail "$1: no SPDX line"
	[ "$(header "$1" Barrier)" = "$1" ] || fail "$1: calls itself otherwise"
	[ "$(header "$1" Sanitizer)" = weak-memory ] || fail "$1: a revert"
	for key in About File Function; do
		[ -n "$(header "$1" "$key")" ] || fail "$1: no $key"
	done
	grep -q "^| .$1. |" "$linux/barriers/README.md" ||
		fail "$1: not in the table"
}

reasons() {
	head -n 1 "$linux/reverts/$1.cocci" | grep -q 'SPDX.*GPL-2.0' ||
		fail "$1: no SPDX line"
	[ "$(header "$1" Revert)" = "$1" ] || fail "$1: calls itself otherwise"
	for key in About Fix File Function Catches Preemptions Operations; do
		[ -n "$(header "$1" "$key")" ] || fail "$1: no $key"
	done
	case $(header "$1" About) in
	MUTATION:*)
		grep -q '^Not a known historical bug' "$linux/reverts/$1.cocci" ||
			fail "$1: a mutation that does not say what it is"
		[ -z "$(header "$1" Alias)" ] || fail "$1: a mutation of a commit" ;;
	OPEN:* | OPEN,*)
		header "$1" Fix | grep -q '^none in ' || fail "$1: open, and fixed"
		[ -z "$(header "$1" Alias)" ] || fail "$1: open, and a commit" ;;
	*)
		header "$1" Alias | grep -Eqx '[0-9a-f]{12}|CVE-[0-9]+-[0-9]+' || fail "$1: no Alias"
		# Of some nobody here knows the commit: they have its title.
		case $(header "$1" Alias):$(header "$1" Fix) in
		CVE-*:\"* | "$(header "$1" Alias):$(header "$1" Alias) \""*) ;;
		*) fail "$1: Fix is not Alias" ;;
		esac ;;
	esac
}

# Files of revert $1, by the names that tree $2 has.
files() {
	for names in $(header "$1" File); do
		for name in $(echo "$names" | tr '|' ' '); do
			[ -f "$2/$name" ] || [ -f "$linux/$name" ] && echo "$name" && break
		done
	done
}

# Lines that were taken out and put in, of all files of revert $1.
size() {
	for file in $(files "$1" "$2"); do
		from=$2/$file
		[ -f "$from" ] || from=$linux/$file
		diff "$from" "$dir/$1/$file"
	done | grep -c '^[<>]'
}

# applies REVERT TREE
applies() {
	"$linux/edit.sh" "$1" "$2" "$dir/$1" >"$dir/out" 2>"$dir/err"
	case $?,$(header "$1" Until)$(header "$1" Since) in
	0,*)
		for file in $(files "$1" "$2"); do
			echo "$dir/$1/$file"
		done >"$dir/want"
		cmp -s "$dir/want" "$dir/out" || fail "$1: prints other files"
		[ "$(size "$1" "$2")" -le 20 ] || fail "$1: over 20 lines" ;;
	3,*.*) return 3 ;; # the code is gone, or not there yet
	*) fail "$1 on $2: $(cat "$dir/err")" ;;
	esac
}

# complains MESSAGE edit.sh argument...: exit 2, and says so.
complains() {
	message=$1
	shift
	"$@" >"$dir/out" 2>&1
	[ $? = 2 ] || fail "not 2: $*"
	grep -q "$message" "$dir/out" || fail "$message? $(cat "$dir/out")"
}

# A stale revert, one that does more than it says, and bad arguments.
trouble() {
	revert=free-without-tail file=mm/page_alloc.c
	mkdir -p "$dir/stale/mm"
	cp "$1/Makefile" "$dir/stale"
	cp "$dir/$revert/$file" "$dir/stale/mm"
	complains "nothing to take out of _?__free_pages()" \
		"$linux/edit.sh" $revert "$dir/stale" "$dir/o"
	[ ! -e "$dir/o" ] || fail 'a stale revert leaves something behind'
	complains 'usage' "$linux/edit.sh" $revert
	complains 'no revert none' "$linux/edit.sh" none "$1" "$dir/o"
	complains "no kernel tree" "$linux/edit.sh" $revert "$dir" "$dir/o"

	mkdir "$dir/copy"
	cp -r "$linux/edit.sh" "$linux/reverts" "$dir/copy"
	edit=$dir/copy/edit.sh
	mine=$dir/copy/reverts/no-recheck.cocci
	sed -i 's/ find_get_entry / /' "$mine"
	complains 'changed find_get_entry(), which it does not name' \
		"$edit" no-recheck "$1" "$dir/o"
	sed -i 's/^Function:.*/& find_get_entry folio_unlock/' "$mine"
	complains 'nothing to take out of folio_unlock()' \
		"$edit" no-recheck "$1" "$dir/o"
	sed -i 's/^Until:.*/Until: 5.10/' "$dir/copy/reverts/isolate-stale-order.cocci"
	"$edit" isolate-stale-order "$1" "$dir/o" 2>/dev/null
	[ $? = 3 ] || fail 'a revert applies beyond its last version'
	sed -i 's/^Since:.*/Since: 99.1/' "$dir/copy/reverts/freed-under-a-lookup.cocci"
	"$edit" freed-under-a-lookup "$1" "$dir/o" 2>/dev/null
	[ $? = 3 ] || fail 'a revert applies before its first version'
	sed -i 's/^File: /&mm\/none.c|/' "$mine"
	sed -i 's/ folio_unlock$//' "$mine"
	sed -i 's/^Function:.*/& find_get_entry/' "$mine"
	"$edit" no-recheck "$1" "$dir/o" >"$dir/out" 2>&1
	[ "$(cat "$dir/out")" = "$dir/o/mm/filemap.c" ] ||
		fail "a file by its other name? $(cat "$dir/out")"
	sed -i 's/^File:.*/File: mm\/none.c/' "$mine"
	complains 'no mm/none.c in' "$edit" no-recheck "$1" "$dir/o"
	mkdir "$dir/bin"
	for tool in bash dirname sed head; do
		ln -s "$(command -v $tool)" "$dir/bin"
	done
	complains 'install the package coccinelle' \
		env PATH="$dir/bin" "$edit" $revert "$1" "$dir/o"
}

[ $# -gt 0 ] || { echo "usage: reverts.sh TREE..."; exit 2; }
for patch in "$linux"/reverts/*.cocci "$linux"/barriers/*.cocci; do
	name=$(basename "$patch" .cocci)
	case $patch in
	*/barriers/*) barrier_reasons "$name" ;;
	*) reasons "$name" ;;
	esac
	applied=
	for tree; do
		applies "$name" "$tree" && applied=yes
	done
	[ -n "$applied" ] || echo "$name: on none of these trees"
done
trouble "$1"
exit $status
