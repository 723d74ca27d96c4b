#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# mutate.sh: all mutants of a target: each rule, at each place that it matches.
#
#   mutate.sh RULES OUT FILE...
#
# Applies each rule RULES/RULE.cocci to the FILEs, all of its places at
# once, and takes what came out apart: OUT/RULE-FUNCTION-K.patch is one place, to
# be applied by patch -p1; OUT/list has a line for each, "NAME RULE FILE FUNCTION
# LINE". The FILEs, named from the current folder, are not changed. A rule that
# matches nowhere is an error: it is stale.
#
# Exit: 0, or 2 with a message.
set -euo pipefail

die() { printf 'mutate.sh: %s\n' "$*" >&2; exit 2; }

[ $# -ge 3 ] || die 'usage: mutate.sh RULES OUT FILE...'
rules=$1 out=$2
shift 2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
command -v spatch >/dev/null ||
	die 'no spatch; install the package coccinelle'
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for rule in "$rules"/*.cocci; do
	name=$(basename "$rule" .cocci)
	scope=$(sed -n 's/^\/\/ Scope: //p' "$rule")
	spatch --very-quiet --no-includes --iso-file /dev/null -U 0 \
		--sp-file "$rule" "$@" >"$work/diff" 2>"$work/log" ||
		die "$name: spatch failed: $(cat "$work/log")"
	awk -v rule="$name" -v scope="${scope:-place}" -v out="$out" \
		-f "$here/mutants.awk" "$work/diff" "$@" >"$work/list"
	[ -s "$work/list" ] || die "$name: it matches nowhere"
	cat "$work/list"
done >"$work/all"
sort -k3,3 -k5,5n -k1,1 "$work/all" >"$out/list"
