#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# edit.sh: take one repair out of a kernel tree, into copies of the files.
#
#   edit.sh REVERT TREE OUTDIR
#
# Applies reverts/REVERT.cocci to the files that its header names, of the tree
# or (glue/...) of this folder, and writes what came out under OUTDIR, at the
# same relative paths, which it prints.
# TREE is not changed. It fails if a function that the header names was left
# as it is (the revert is stale), or if one that it does not name was changed.
#
# Exit: 0; 3 if the kernel of TREE is newer than the header's Until, the last
# version that has the code in this form, or older than its Since, the first; or 2
# with a message.
set -euo pipefail

die() { printf 'edit.sh: %s\n' "$*" >&2; exit 2; }

# Value of header line $1.
header() { sed -n "/^$1: */{ s///p; q; }" "$patch"; }

# Functions in which files $1 and $2 differ. A function begins at the left
# margin; its name stands before the first parenthesis.
changed() {
	{ diff -U0 "$1" "$2" || true; } | sed -n 's/^@@ -\([0-9]*\).*/\1/p' |
		awk 'FNR == NR { hit[$1]; next }
		     /^[a-z_].*\(/ {
			name = substr($0, 1, index($0, "(") - 1)
			sub(/.*[^A-Za-z0-9_]/, "", name)
		     }
		     FNR in hit { print name }' - "$1" | sort -u
}

# Files of the header, by the name that this tree has: of a|b|c the first that is there.
find_files() {
	local names name found
	for names in $(header File); do
		found=
		for name in ${names//|/ }; do
			if [ -f "$tree/$name" ] || [ -f "$here/$name" ]; then
				found=$name
				break
			fi
		done
		[ -n "$found" ] || die "$revert: no $names in $tree"
		echo "$found"
	done
}

[ $# -eq 3 ] || die 'usage: edit.sh REVERT TREE OUTDIR'
revert=$1 tree=$2 out=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
patch=$here/reverts/$revert.cocci
[ -f "$patch" ] || patch=$here/barriers/$revert.cocci
[ -f "$patch" ] || die "no revert $revert"
command -v spatch >/dev/null ||
	die 'no spatch; install the package coccinelle'

# The kernel's version as "6.1".
version=$(awk '$1 == "VERSION" { v = $3 } $1 == "PATCHLEVEL" { print v "." $3 }' \
	"$tree/Makefile" 2>/dev/null) || die "no kernel tree: $tree"
until=$(header Until)
if [ -n "$until" ] &&
	[ "$(printf '%s\n' "$version" "$until" | sort -V | tail -n 1)" != "$until" ]; then
	echo "edit.sh: $revert: only up to $until, this is $version" >&2
	exit 3
fi
since=$(header Since)
if [ -n "$since" ] &&
	[ "$(printf '%s\n' "$version" "$since" | sort -V | sed -n 1p)" != "$since" ]; then
	echo "edit.sh: $revert: only from $since on, this is $version" >&2
	exit 3
fi

expected=$(header Function)
[ -n "$expected" ] || die "$revert: its header names no Function"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

files=$(find_files)
functions=
for file in $files; do
	from=$tree/$file
	[ -f "$from" ] || from=$here/$file
	mkdir -p "$work/$(dirname "$file")"
	cp "$from" "$work/$file"
	log=$(spatch --very-quiet --no-includes --no-show-diff --in-place \
		--sp-file "$patch" "$work/$file" 2>&1) ||
		die "$revert: spatch failed on $file: $log"
	functions+=" $(changed "$from" "$work/$file")"
done

for want in $expected; do
	grep -qwE "$want" <<<"$functions" ||
		die "$revert: nothing to take out of $want()"
done
for name in $functions; do
	grep -qxE "${expected// /|}" <<<"$name" ||
		die "$revert: changed $name(), which it does not name"
done

# Only what is right gets there: a build would take a leftover for the result.
for file in $files; do
	mkdir -p "$out/$(dirname "$file")"
	cp "$work/$file" "$out/$file"
	echo "$out/$file"
done
