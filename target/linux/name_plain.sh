#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# name_plain.sh: where in the source the plain accesses of a variant stand.
#
#   name_plain.sh OBJECT ENTRY PREFIX... >PLACES.c
#
# OBJECT and ENTRY are as in name_sites.sh, and so is the function, with its
# file and line, that a place is given. In front of each plain access of a build
# with PAGERACE_PLAIN the compiler has put a call: what a throw-away image still
# knows of the calls is how they are found. Written is an array `plain_places`,
# one row for each that is not of dead code: the symbol of the binary that it
# lies in and how far behind the symbol the call returns to, neither of which
# later links change; without such calls it is empty.
# $LLVM_SUFFIX (-19, say) chooses the tools.
set -euo pipefail
export LC_ALL=C

if [ $# -lt 3 ]; then
	echo "usage: ${0##*/} OBJECT ENTRY PREFIX..." >&2
	exit 2
fi
object=$1 entry=$2
shift 2
suffix=${LLVM_SUFFIX-} here=$(dirname "${BASH_SOURCE[0]}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'echo "${0##*/}: $object: its plain accesses cannot be named" >&2; exit 2' ERR
# Most builds have no such calls, and there is no need to look for where they are.
"llvm-nm$suffix" -u "$object" >"$work/undefined"
if ! grep -qE '__sanitizer_cov_(load|store)[0-9]+$' "$work/undefined"; then
	printf '#include "machine_point.h"\n\nconst struct plain_place plain_places[] = { { 0 } };\n'
	exit
fi

"ld.lld$suffix" --gc-sections --emit-relocs -e "$entry" \
	--unresolved-symbols=ignore-all --noinhibit-exec -o "$work/image" \
	"$object" 2>"$work/log" || { cat "$work/log" >&2; false; }
"llvm-readelf$suffix" -sW "$work/image" | awk '$4 == "FUNC" && $3 { print $2, $3, $8 }' |
	sort -u >"$work/functions"
# What the displacement of a call stands at is four bytes before its return.
"llvm-readelf$suffix" -rW "$work/image" |
	awk '$5 ~ /^__sanitizer_cov_(load|store)[0-9]+$/ { print $1 }' |
	sort >"$work/calls"

# Number of the place, address of its call; beside it what the binary knows.
awk '
	function hex(text,    i, value) {
		for (i = 1; i <= length(text); i++)
			value = value * 16 + index("123456789abcdef", substr(text, i, 1))
		return value
	}
	FNR == NR { start[++nr] = hex($1); size[nr] = $2; name[nr] = $3; next }
	{
		at = hex($1) + 4
		while (now < nr && start[now + 1] < at)
			now++
		if (now && at <= start[now] + size[now])
			printf("%d %.0f %s %d\n", places++, at - 1, name[now],
			       at - start[now])
	}' "$work/functions" "$work/calls" >"$work/places"

cut -d' ' -f2 "$work/places" |
	"llvm-symbolizer$suffix" --obj="$work/image" --functions=short --inlines |
	awk -v layer='^$' -v prefixes="$*" -v alive="$work/places" \
		-f "$here/site_frames.awk" |
	awk -F '\t' -v places="$work/places" '
	BEGIN {
		print "/* Written by name_plain.sh. */"
		print "#include \"machine_point.h\"\n"
		print "const struct plain_place plain_places[] = {"
		while ((getline text <places) > 0) {
			split(text, part, " ")
			symbol[part[1]] = part[3]
			offset[part[1]] = part[4]
		}
	}
	{
		printf("{ \"%s\", %d, %d, \"%s\", \"%s\" },\n", symbol[$4],
		       offset[$4], $2, $5, $1)
	}
	END { print "{ 0 } };" }'
